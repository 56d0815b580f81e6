#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace countersign {

// A request's life. A request is `looking_up` from the commit that acknowledges it.
enum class State
{
    looking_up,  // the account is being looked up
    choosing,    // the requester has to choose an account, correct a name or fill in what is missing
    pending,     // waits for an approver
    approved,    // decided; nothing was sent to Auth0 yet
    executing,   // sealed password and correlation id are durable; the change may have been sent
    checking,    // the answer to the change was lost; being settled by reading back
    changed,     // proved
    denied,
    cancelled,
    expired,
    refused,  // no such account, not a database account, several accounts, no usable name
    failed,   // definitely not changed
    unknown,  // could not be settled; nothing is revealed
};

enum class Event
{
    ask,      // the requester has to say more
    resume,   // the requester has said it: the account is looked up again
    found,    // one account that can be changed, and all that is needed is known
    refuse,   // the look-up ends the request
    endorse,  // an approval, but one more is needed
    approve,  // the approval that completes it
    deny,
    cancel,
    expire,
    start,        // the intent is durable
    prove,        // a 2xx, or a read-back that proves it
    reject,       // a definite no
    lose_answer,  // sent, but no answer
    resend,       // proved not applied: the same password may be sent again
    give_up,      // not to be settled
};

struct Transition
{
    State from;
    Event event;
    State to;
};

// The whole life of a request. What is not listed is refused.
inline constexpr std::array transitions = {
    Transition{State::looking_up, Event::ask, State::choosing},
    Transition{State::looking_up, Event::found, State::pending},
    Transition{State::looking_up, Event::refuse, State::refused},
    Transition{State::looking_up, Event::reject, State::failed},
    Transition{State::looking_up, Event::cancel, State::cancelled},
    Transition{State::choosing, Event::resume, State::looking_up},
    Transition{State::choosing, Event::cancel, State::cancelled},
    Transition{State::choosing, Event::expire, State::expired},
    Transition{State::pending, Event::endorse, State::pending},
    Transition{State::pending, Event::approve, State::approved},
    Transition{State::pending, Event::deny, State::denied},
    Transition{State::pending, Event::cancel, State::cancelled},
    Transition{State::pending, Event::expire, State::expired},
    Transition{State::pending, Event::reject, State::failed},
    Transition{State::approved, Event::deny, State::denied},  // while it cools
    Transition{State::approved, Event::cancel, State::cancelled},
    Transition{State::approved, Event::start, State::executing},
    Transition{State::approved, Event::reject, State::failed},
    Transition{State::executing, Event::prove, State::changed},
    Transition{State::executing, Event::reject, State::failed},
    Transition{State::executing, Event::lose_answer, State::checking},
    Transition{State::checking, Event::prove, State::changed},
    Transition{State::checking, Event::reject, State::failed},
    Transition{State::checking, Event::resend, State::executing},
    Transition{State::checking, Event::give_up, State::unknown},
};

constexpr std::optional<State> next(State from, Event event)
{
    for (const Transition& row : transitions)
        if (row.from == from && row.event == event) return row.to;
    return std::nullopt;
}

constexpr bool is_final(State state)
{
    for (const Transition& row : transitions)
        if (row.from == state) return false;
    return true;
}

// Each (state, event) pair has one outcome.
constexpr bool is_deterministic()
{
    for (std::size_t i = 0; i < transitions.size(); ++i)
        for (std::size_t j = i + 1; j < transitions.size(); ++j)
            if (transitions[i].from == transitions[j].from && transitions[i].event == transitions[j].event)
                return false;
    return true;
}

static_assert(is_deterministic());
static_assert(is_final(State::changed) && is_final(State::denied) && is_final(State::failed));
static_assert(is_final(State::unknown) && is_final(State::refused) && is_final(State::expired));
static_assert(!next(State::denied, Event::approve));
static_assert(!next(State::looking_up, Event::approve));
static_assert(!next(State::choosing, Event::approve) && !next(State::executing, Event::cancel));
static_assert(!next(State::executing, Event::deny));

// The names under which states are stored: never change one.
std::string_view name_of(State state) noexcept;
std::optional<State> state_named(std::string_view name) noexcept;

}  // namespace countersign
