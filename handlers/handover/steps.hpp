#pragma once

#include "handlers/ports/store.hpp"
#include "handlers/requests/request.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace countersign {

inline constexpr std::chrono::minutes shown_for{5};     // from the press until the modal is emptied
inline constexpr std::chrono::minutes spelled_for{4};   // no later, so that no answer refills an emptied modal
inline constexpr std::chrono::hours told_within{2};     // so long a password waits for its message to arrive
inline constexpr std::chrono::seconds trigger_life{3};  // of a press (contract/slack.md section 5)
inline constexpr std::chrono::seconds opening_settled_after{90};  // longer than an opening can take

enum class HandoverEvent
{
    press,      // the requester wants to see it
    show,       // Slack has opened the modal
    lose,       // it may have: nobody knows
    give_back,  // it definitely has not
    expire,     // nobody pressed in time
    destroy,    // it must not be shown any more
    close,      // the modal was closed, or is being emptied
};

struct HandoverTransition
{
    HandoverState from;
    HandoverEvent event;
    HandoverState to;
};

// The whole life of a credential after the change. Nothing leads from `shown` to where it could be shown again.
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
    HandoverTransition{HandoverState::shown, HandoverEvent::close, HandoverState::shown},
};

constexpr std::optional<HandoverState> next(HandoverState from, HandoverEvent event)
{
    for (const HandoverTransition& row : handover_transitions)
        if (row.from == from && row.event == event) return row.to;
    return std::nullopt;
}

static_assert(
    !next(HandoverState::shown, HandoverEvent::press) && !next(HandoverState::shown, HandoverEvent::give_back));
static_assert(
    !next(HandoverState::expired, HandoverEvent::press) && !next(HandoverState::destroyed, HandoverEvent::press));

// Moves the hand-over of `request` by `event` within `change`: its new state, the audit row, the jobs that follow (the
// requester's message is redrawn, the deadline is watched), and the end of the credential once it is not needed.
// `why`: a code for the audit row, may be empty. Errc::conflict when the table does not list the move, or there is
// nothing to hand over: then `change` is untouched.
Result<HandoverState> step(
    Change& change, Request request, HandoverEvent event, const std::string& actor, const std::string& why = {});

// What a changed request begins with: ready until then, and the job that ends it.
void make_ready(Change& change, Request& request, TimePoint until);

// external_id of the modal: only one is ever open for a request.
std::string handover_view_id(const RequestId& request);

}  // namespace countersign
