#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/rules/settle.hpp"

#include <optional>

// Settles a change of an account, or its creation, by reading back.
namespace countersign::effects {

struct Settled : rules::Settlement
{
    std::optional<Account> account;  // for proved: as read
};

// What the rules make of `trace`, of which `account` was read. Asks the tenant's log where they need it.
boost::asio::awaitable<Settled> settle_by(
    const Services& services, Request request, rules::Trace trace, std::optional<Account> account);

// What looking again says of a change whose answer was lost.
boost::asio::awaitable<Settled> settle_change(const Services& services, Request request);

// The same of a creation: an account with our marker is ours.
boost::asio::awaitable<Settled> settle_creation(const Services& services, Request request);

// The answer was a 2xx: reads back, and ends as changed when answer or read-back shows the change.
boost::asio::awaitable<JobResult> confirm(Running running, Account answered);

}  // namespace countersign::effects
