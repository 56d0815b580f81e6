#include "handlers/rules/begin.hpp"

#include "handlers/rules/transitions.hpp"

#include <algorithm>

namespace countersign::rules {

Beginning beginning_of(const Request& request, bool is_frozen, TimePoint now)
{
    using Kind = Beginning::Kind;
    const TimePoint decided = request.decision->at;
    const TimePoint from = std::max(decided, request.change_from.value_or(decided));
    if (now < from) return {Kind::later, std::chrono::ceil<std::chrono::seconds>(from - now), "cooling"};
    if (now - from > approval_age_max)
        return {Kind::never, {}, {}, is_frozen ? Ending::frozen_too_long : Ending::approval_too_old};
    if (is_frozen) return {Kind::later, frozen_every, "frozen"};
    return {};
}

Stage stage_of(const Request& request) noexcept
{
    const bool was_sent = request.intent && request.intent->sends > 0;
    if (request.state == State::approved) return Stage::nothing_sent;
    if (request.state == State::executing) return was_sent ? Stage::perhaps_sent : Stage::nothing_sent;
    return request.state == State::checking ? Stage::answer_lost : Stage::over;
}

void add_send(Transaction& change, Request request)
{
    Intent& intent = *request.intent;
    // Known never to have been sent: the time in which it is settled begins now.
    if (intent.sends == 0) intent.started_at = change.at;
    intent.sends += 1;
    intent.sent_at = change.at;
    if (request.state == State::executing)
    {
        change.update.emplace(std::move(request));
        return;
    }
    const Event event = request.state == State::approved ? Event::start : Event::resend;
    advance(change, std::move(request), event, system_actor);
}

bool is_definite(const Problem& problem) noexcept
{
    switch (problem.code)
    {
    case Errc::rate_limited:
    case Errc::unreachable:
    case Errc::unavailable:
    case Errc::answer_lost: return false;
    default: return true;
    }
}

}  // namespace countersign::rules
