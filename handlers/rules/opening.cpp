#include "handlers/rules/opening.hpp"

#include <algorithm>

namespace countersign::rules {

OpeningEnd shown() { return {HandoverEvent::show, {}}; }

OpeningEnd given_back(std::string why) { return {HandoverEvent::give_back, std::move(why)}; }

OpeningEnd held_back(const Refusal& freeze)
{
    OpeningEnd end = given_back(freeze.code);
    end.freeze = freeze.words;
    return end;
}

OpeningEnd taken_away(const Handover& handover, std::string why)
{
    const bool was_shown = handover.state == HandoverState::reopening;
    return {was_shown ? HandoverEvent::close : HandoverEvent::destroy, std::move(why)};
}

OpeningEnd withheld(const Handover& handover, Denial denial)
{
    std::string why{name_of(denial)};
    // Slack may tell the address in time.
    const bool may_pass = denial == Denial::own_account_unknown;
    OpeningEnd end = may_pass ? given_back(std::move(why)) : taken_away(handover, std::move(why));
    end.denial = denial;
    return end;
}

bool is_replaced(const Request& request, const std::optional<Request>& last)
{
    if (handed_over_by(request) != HandedOver::password) return false;
    return last && last->id != request.id && handed_over_by(*last) == HandedOver::password;
}

TimePoint filled_until(const Handover& handover) noexcept
{
    const TimePoint last = pressed_at(handover) + filled_within;
    if (handover.state != HandoverState::reopening) return last;
    return std::min(last, handover.until - filled_before_end);
}

std::optional<OpeningEnd> lateness(const Handover& handover, TimePoint now)
{
    const bool is_again = handover.state == HandoverState::reopening;
    if (is_again && now >= handover.until - filled_before_end) return given_back("nearly_over");
    if (now >= filled_until(handover)) return given_back("too_late");
    return std::nullopt;
}

int former_window(const Handover& handover) noexcept
{
    return handover.window == handover.windows ? 0 : handover.window;
}

bool may_have_arrived(const Problem& problem) noexcept
{
    return problem.code == Errc::unavailable || problem.code == Errc::answer_lost;
}

OpeningEnd unfilled(bool may_be_there, std::string why)
{
    return {may_be_there ? HandoverEvent::lose : HandoverEvent::give_back, std::move(why)};
}

std::optional<HandoverEvent> recorded_event(
    const Request& latest, int window, const OpeningEnd& end, TimePoint now) noexcept
{
    if (!latest.handover || !is_opening(*latest.handover) || latest.handover->windows != window) return std::nullopt;
    const bool is_late = latest.handover->state == HandoverState::opening && now >= latest.handover->until;
    const bool is_expired = end.event == HandoverEvent::give_back && is_late;
    return is_expired ? HandoverEvent::expire : end.event;
}

Aftermath aftermath(const Handover& latest, int window, const OpeningEnd& end, bool is_recorded, TimePoint now) noexcept
{
    const bool is_over = latest.is_closed || now >= latest.until;
    // Closed for good, or over, while it was being opened.
    if (end.is_shown()) return {is_over ? window : 0};
    const bool is_given_back = end.event == HandoverEvent::give_back;
    Aftermath due;
    if (end.event == HandoverEvent::close && latest.window != window) due.emptied = latest.window;
    const bool has_ended = !is_recorded || (latest.is_closed && is_given_back);
    due.words = has_ended ? Aftermath::Words::over : Aftermath::Words::why;
    // What was taken away the person's message tells.
    due.may_be_noted = !has_ended && is_given_back;
    return due;
}

}  // namespace countersign::rules
