#pragma once

#include "handlers/actions/perform.hpp"
#include "handlers/model/draft.hpp"
#include "handlers/model/settings.hpp"

#include <optional>
#include <string>

// What all ways to make a request share: command, shortcut, form and button.
namespace countersign::actions {

// Why this person has no right to ask for this; nullopt: they have. Without an address it judges the roles alone.
std::optional<Refusal> no_right(
    const Action& action, Purpose purpose, const std::optional<Email>& email, const Snapshot& seen,
    const Settings& settings);

// Why this person cannot ask for this now: no right, everything frozen, a limit reached, or their own account, in this
// order. Takes a snapshot with what the limits count (Performance::may_begin).
std::optional<Refusal> refusal_to_ask(
    const Action& action, Purpose purpose, const std::optional<Email>& email, const Snapshot& seen,
    const Settings& settings);

// Stores only that the person was turned away. The caller adds how they are told.
Verdict turned_away(const Action& action, const Refusal& refusal, TimePoint now);

// The request of a draft whose address was parsed. Texts are cut to their limits.
Request request_of(RequestId id, const SlackUserId& requester, Email email, const Draft& draft, TimePoint now);

// Stores a new request: its audit row and its look-up. The caller adds the answer and the window.
Verdict accepted(const Action& action, Request request, const Snapshot& seen);

}  // namespace countersign::actions
