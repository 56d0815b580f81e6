#include "handlers/rules/burials.hpp"

namespace countersign::rules {

namespace {

std::optional<Event> reject_in(const Request& request, State state) noexcept
{
    if (request.state != state) return std::nullopt;
    return Event::reject;
}

}  // namespace

std::optional<Event> after_lost_look_up(const Request& request) noexcept
{
    return reject_in(request, State::looking_up);
}

std::optional<Event> after_lost_card(const Request& request, bool has_card) noexcept
{
    if (has_card) return std::nullopt;
    return reject_in(request, State::pending);
}

std::optional<Event> after_lost_begin(const Request& request) noexcept { return reject_in(request, State::approved); }

std::optional<Event> after_lost_change(const Request& request) noexcept
{
    if (request.state == State::checking) return Event::give_up;
    if (request.state != State::executing) return reject_in(request, State::approved);
    // A link changes nothing, and has no intent.
    const bool was_sent = request.intent && request.intent->sends > 0;
    return was_sent ? Event::lose_answer : Event::reject;
}

}  // namespace countersign::rules
