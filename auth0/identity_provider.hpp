#pragma once

#include "auth0/config.hpp"
#include "auth0/http_client.hpp"
#include "auth0/management_api.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/identity_provider.hpp"

#include <string>
#include <vector>

namespace countersign {

// The IdentityProvider for one Auth0 tenant (contract/auth0.md). Besides the port's reasons, `forbidden` says why:
// auth0_credentials_refused, auth0_client_grant_missing, auth0_grant_type_not_allowed, auth0_token_request_refused
// (the token endpoint); auth0_token_refused, auth0_audience_misconfigured, auth0_scope_missing, auth0_plan_missing
// (the Management API). Call from one executor; the client and the clock outlive it.
class Auth0IdentityProvider final : public IdentityProvider
{
public:
    Auth0IdentityProvider(Auth0Settings settings, http::Client& client, const Clock& clock);

    // By address, which is exact and consistent, then by search, which also sees other spellings but lags and may
    // fail: what only the search has seen is read by id before it counts, and a search that fails is done without.
    boost::asio::awaitable<Outcome<std::vector<Account>>> find_by_email(Email email) override;
    boost::asio::awaitable<Outcome<Account>> read(Auth0UserId id) override;
    boost::asio::awaitable<Outcome<Account>> change_password(PasswordChange change, Secret password) override;
    // Its correlation id is that of the request with ".block" behind, so that it is no evidence of the change.
    boost::asio::awaitable<Outcome<Account>> set_blocked(Auth0UserId id, bool blocked, RequestId request) override;
    // Reads back to `since`, but at most log_pages_max pages: absent proves nothing anyway.
    boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(
        Auth0UserId id, RequestId request, TimePoint since) override;

    static constexpr std::size_t log_pages_max = 5;

private:
    boost::asio::awaitable<Outcome<std::vector<Account>>> list(
        std::string operation, std::string target, auth0::TimeBudget budget);
    boost::asio::awaitable<Outcome<Account>> read_within(Auth0UserId id, auth0::TimeBudget budget);
    boost::asio::awaitable<Outcome<Account>> patch(Auth0UserId id, std::string operation, auth0::Write write);

    Auth0Settings settings_;
    const Clock& clock_;
    auth0::ManagementApi api_;
};

}  // namespace countersign
