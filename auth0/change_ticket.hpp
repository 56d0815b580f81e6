#pragma once

#include "auth0/config.hpp"
#include "auth0/management_api.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <string_view>

namespace countersign::auth0 {

inline constexpr std::chrono::seconds ticket_life_min{60};
inline constexpr std::chrono::seconds ticket_life_max{86'400};

// A link at which the account's owner sets a password (auth0/CONTRACT.md, "Links and mails"). Never asks Auth0 to take
// the address for verified: our agents hand the link out, so using it proves nothing about a mailbox. corrupt
// (foreign_ticket) for a link that does not lead to the tenant.
boost::asio::awaitable<Outcome<Secret>> post_ticket(
    ManagementApi& api, const Auth0Settings& settings, Auth0UserId id, std::chrono::seconds ttl, RequestId request,
    TimeBudget budget);

// Whether a link may be handed to a customer: https on the tenant's canonical host; where calls go to loopback, also
// what is served there.
bool leads_to_tenant(std::string_view url, const Auth0Settings& settings);

}  // namespace countersign::auth0
