#pragma once

#include "handlers/actions/guards.hpp"
#include "handlers/checks/admission.hpp"
#include "handlers/model/draft.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

#include <optional>
#include <string>
#include <vector>

// How a request comes in, whichever way it takes: a command, a shortcut, a form.
namespace countersign::actions {

// Who asks, and by what ("/reset-password", "request.form", ...: for the audit log).
struct Asking
{
    slack::Actor actor;
    slack::Origin origin;
    std::string through;
};

// Why this person may not ask for this at all.
std::optional<Refusal> no_right(const Services& services, const Asking& asking, Purpose purpose);
// The same once the address is known: nobody asks for their own account.
std::optional<Refusal> no_right(const Services& services, const Asking& asking, Purpose purpose, const Email& email);
// Why this person cannot ask for this now: no right, everything frozen, a limit reached. nullopt: they can.
boost::asio::awaitable<std::optional<Refusal>> turned_away(const Services& services, Asking asking, Purpose purpose);

// A change that only records that somebody was turned away.
Transaction refusal_of(const Asking& asking, const Refusal& why, TimePoint now);

// The request of a draft whose address was parsed. Texts are cut to their limits.
Request request_of(const Services& services, const SlackUserId& requester, Email email, const Draft& draft);

// Stores a new request: its audit row and its look-up.
Transaction acceptance_of(const Services& services, const Asking& asking, Request request);

// attempt() of a change that comes in only once.
boost::asio::awaitable<Attempt> keep(const Services& services, Transaction change, ReplayMark replay);

}  // namespace countersign::actions
