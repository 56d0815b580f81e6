#include "handlers/rules/handover_jobs.hpp"

namespace countersign::rules {

namespace {

// So often it is looked whether the person was told.
constexpr std::chrono::minutes told_every{1};

}  // namespace

std::optional<Later> expiry_waits(const Request& request, bool is_told, TimePoint now)
{
    if (request.handover)
    {
        // It may come back from there, and has to expire then.
        if (request.handover->state == HandoverState::opening) return Later{opening_settled_after, "opening"};
        // Its time began anew when the person could be told of it.
        const TimePoint until = request.handover->until;
        if (now < until) return Later{std::chrono::ceil<std::chrono::seconds>(until - now), "not_over_yet"};
    }
    // Nobody can press what they were not sent. A link dies by itself.
    if (is_told || handed_over_by(request) == HandedOver::link) return std::nullopt;
    if (now < request.updated_at + message_arrives_within) return Later{told_every, "not_told_yet"};
    return std::nullopt;
}

LostPress lost_press(const Request& request, TimePoint now) noexcept
{
    if (!request.handover || !is_opening(*request.handover)) return LostPress::none;
    if (now < pressed_at(*request.handover) + opening_settled_after) return LostPress::none;
    return request.handover->state == HandoverState::opening ? LostPress::may_be_seen : LostPress::was_seen;
}

Spelling spelling_of(const Request& request, TimePoint now) noexcept
{
    if (!request.handover || !request.handover->shown_at || request.handover->is_closed) return Spelling::too_late;
    if (now >= *request.handover->shown_at + spelling_shown_for) return Spelling::too_late;
    // A window that is being opened says nothing before the person is known to have the right.
    return is_opening(*request.handover) ? Spelling::not_yet : Spelling::now;
}

bool is_spelled_in_vain(const Request& latest, int window) noexcept
{
    if (!latest.handover) return false;
    const Handover& handover = *latest.handover;
    return handover.is_closed || is_opening(handover) || handover.window != window;
}

std::optional<HandoverEvent> event_of_lost_job(const Request& request, bool is_closing) noexcept
{
    if (!request.handover) return std::nullopt;
    switch (request.handover->state)
    {
    case HandoverState::ready: return HandoverEvent::destroy;
    case HandoverState::opening: return HandoverEvent::lose;
    case HandoverState::reopening: return is_closing ? HandoverEvent::close : HandoverEvent::give_back;
    case HandoverState::shown: break;
    case HandoverState::expired:
    case HandoverState::destroyed: return std::nullopt;
    }
    if (request.handover->is_closed) return std::nullopt;
    return HandoverEvent::close;
}

}  // namespace countersign::rules
