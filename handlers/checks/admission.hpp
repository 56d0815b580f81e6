#pragma once

#include "handlers/model/refusal.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/rules/limits.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>

// Asks the store whether a request may begin, or go on, at the moment.
namespace countersign::checks {

// Counts what rules::reached_limit needs, for a request that this person would begin now.
boost::asio::awaitable<rules::EarlierRequests> earlier_requests(const Services& services, SlackUserId who);

// The freeze alone: asked at every step that leads to a password (decision, execution, hand-over).
boost::asio::awaitable<std::optional<Refusal>> frozen(const Services& services);

// The limits of the person and of everybody, for a request that is stored already. Requests that began at the same
// moment did not see each other when they began; here each counts those before it.
boost::asio::awaitable<std::optional<Refusal>> limits_passed(const Services& services, Request request);

// The limit of the account that a request is about, or would create: requests about which approvers were asked.
boost::asio::awaitable<std::optional<Refusal>> account_limit(const Services& services, Request request);

}  // namespace countersign::checks
