#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/transaction.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::rules {

inline constexpr std::chrono::minutes shown_for{5};             // from the press that first showed it to the end
inline constexpr std::chrono::minutes spelling_shown_for{4};    // no later, so that no answer refills an emptied window
inline constexpr std::chrono::hours message_arrives_within{2};  // how long a password waits for its message to arrive
// From a press: how long Slack is asked whether the person may see it, how long the window is filled, when all is over.
inline constexpr std::chrono::seconds rights_within{30};
inline constexpr std::chrono::seconds filled_within{45};
inline constexpr std::chrono::seconds opening_settled_after{90};
// No window is filled later than this before the end, so that no answer refills an emptied one.
inline constexpr std::chrono::seconds filled_before_end{15};

enum class HandoverEvent
{
    press,      // the requester wants to see it
    show,       // the window shows it
    lose,       // the window may show it: the answer was lost
    give_back,  // the window definitely does not show it
    expire,     // nobody pressed in time
    destroy,    // it must not be shown any more, and never was
    close,      // for good: by the person, by time, or because it must not be shown any more
};

struct HandoverTransition
{
    HandoverState from;
    HandoverEvent event;
    HandoverState to;
};

// The whole life of a credential after the change. What was shown, or may have been, stays shown; the only way from
// there is another opening, as long as its time lasts and it is not closed.
inline constexpr std::array handover_transitions = {
    HandoverTransition{HandoverState::ready, HandoverEvent::press, HandoverState::opening},
    HandoverTransition{HandoverState::ready, HandoverEvent::expire, HandoverState::expired},
    HandoverTransition{HandoverState::ready, HandoverEvent::destroy, HandoverState::destroyed},
    HandoverTransition{HandoverState::opening, HandoverEvent::show, HandoverState::shown},
    HandoverTransition{HandoverState::opening, HandoverEvent::lose, HandoverState::shown},
    HandoverTransition{HandoverState::opening, HandoverEvent::give_back, HandoverState::ready},
    HandoverTransition{HandoverState::opening, HandoverEvent::expire, HandoverState::expired},
    HandoverTransition{HandoverState::opening, HandoverEvent::destroy, HandoverState::destroyed},
    HandoverTransition{HandoverState::opening, HandoverEvent::close, HandoverState::shown},
    HandoverTransition{HandoverState::shown, HandoverEvent::press, HandoverState::reopening},
    HandoverTransition{HandoverState::shown, HandoverEvent::close, HandoverState::shown},
    HandoverTransition{HandoverState::reopening, HandoverEvent::show, HandoverState::shown},
    HandoverTransition{HandoverState::reopening, HandoverEvent::lose, HandoverState::shown},
    HandoverTransition{HandoverState::reopening, HandoverEvent::give_back, HandoverState::shown},
    HandoverTransition{HandoverState::reopening, HandoverEvent::close, HandoverState::shown},
};

constexpr std::optional<HandoverState> next(HandoverState from, HandoverEvent event)
{
    for (const HandoverTransition& row : handover_transitions)
        if (row.from == from && row.event == event) return row.to;
    return std::nullopt;
}

// Nothing that was shown becomes ready again: it would get its five minutes a second time.
constexpr bool stays_shown()
{
    for (const HandoverTransition& row : handover_transitions)
    {
        const bool was_shown = row.from == HandoverState::shown || row.from == HandoverState::reopening;
        const bool is_shown = row.to == HandoverState::shown || row.to == HandoverState::reopening;
        if (was_shown && !is_shown) return false;
    }
    return true;
}

constexpr bool leads_nowhere(HandoverState state)
{
    for (const HandoverTransition& row : handover_transitions)
        if (row.from == state) return false;
    return true;
}

static_assert(stays_shown());
static_assert(leads_nowhere(HandoverState::expired) && leads_nowhere(HandoverState::destroyed));

// Moves the hand-over of `request` by `event` within `change`: its new state, the audit row, the jobs that follow (the
// requester's message is redrawn, the deadline is watched), and the end of the credential once it is not needed.
// `why`: a code for the audit row, may be empty. Gives back the request as `change` will store it. Throws
// std::logic_error where may_advance() says no.
const Request& advance(
    Transaction& change, Request request, HandoverEvent event, const std::string& actor, const std::string& why = {});

// False when the table does not list the move, when a press or a closing comes after the end or after it was closed,
// and when there is nothing to hand over.
bool may_advance(const Request& request, HandoverEvent event, TimePoint now) noexcept;

// For callers who cannot know the state beforehand: false where may_advance() says no; then `change` is untouched.
bool try_advance(
    Transaction& change, Request request, HandoverEvent event, const std::string& actor, const std::string& why = {});

// Records that the person has closed one of the windows, which ends nothing. Errc::conflict when that is recorded
// already, when there is no such window, or when all is over.
Result<void> leave(Transaction& change, Request request, int window, const std::string& actor);

// Begins the hand-over of a changed request: ready until `until`, and the job that ends it then.
void make_ready(Transaction& change, Request& request, TimePoint until);

// Whether a press waits for its window.
bool is_opening(const Handover& handover) noexcept;
// Whether it was shown before and may be shown again: its time is not over and it is not closed.
bool may_open_again(const Handover& handover, TimePoint now) noexcept;
// The time of the newest press. Ledgers of older versions know one press only.
TimePoint pressed_at(const Handover& handover) noexcept;
// When what is shown is over; of what was not shown yet, if it were shown by the newest press.
TimePoint over_at(const Handover& handover) noexcept;

// external_id of a window. The first one's has no number.
std::string handover_view_id(const RequestId& request, int window);

// Which window of which request, as its private_metadata has it: only we can have written that.
struct HandoverWindow
{
    RequestId request;
    int window = 1;
};
std::string handover_mark(const RequestId& request, int window);
HandoverWindow handover_window(std::string_view mark);

}  // namespace countersign::rules
