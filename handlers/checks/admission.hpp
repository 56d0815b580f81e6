#pragma once

#include "handlers/model/refusal.hpp"
#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string_view>

namespace countersign::checks {

// The code of the limit on look-ups: of many refusals by it within an hour one is written down.
inline constexpr std::string_view limit_look_ups = "limit_look_ups";

// Whether a request of this person may begin: the freeze, the person's limits and everybody's. nullopt: it may.
boost::asio::awaitable<std::optional<Refusal>> admission(const Services& services, SlackUserId who, Purpose purpose);

// The freeze alone: asked at every step that leads to a password (decision, execution, hand-over).
boost::asio::awaitable<std::optional<Refusal>> frozen(const Services& services);

// The limits of the person and of everybody, for a request that is stored already. Requests that began at the same
// moment did not see each other at their admission; here each counts those before it.
boost::asio::awaitable<std::optional<Refusal>> limits_passed(const Services& services, Request request);

// The limit of the account that a request is about, or would create: requests about which approvers were asked.
boost::asio::awaitable<std::optional<Refusal>> account_limit(const Services& services, Request request);

}  // namespace countersign::checks
