#pragma once

#include "auth0/config.hpp"
#include "auth0/management_api.hpp"
#include "auth0/policy_cache.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/http_client.hpp"
#include "handlers/ports/identity_provider.hpp"
#include "handlers/ports/sleeper.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace countersign {

// The IdentityProvider for one Auth0 tenant (auth0/CONTRACT.md has the facts). Besides the port's reasons, `forbidden`
// says why: auth0_credentials_refused, auth0_client_grant_missing, auth0_grant_type_not_allowed,
// auth0_token_request_refused (the token endpoint); auth0_token_refused, auth0_audience_misconfigured,
// auth0_scope_missing, auth0_plan_missing, auth0_options_scope_missing, custom_domain_conflict (the Management API).
// Call from one executor; the client, the clock and the sleeper outlive it.
class Auth0IdentityProvider final : public IdentityProvider
{
public:
    Auth0IdentityProvider(Auth0Settings settings, http::Client& client, const Clock& clock, Sleeper& sleeper);

    boost::asio::awaitable<Outcome<std::vector<Account>>> find_by_email(Email email) override;
    boost::asio::awaitable<Outcome<Account>> read(Auth0UserId id) override;
    boost::asio::awaitable<Outcome<Account>> change_password(PasswordChange change, Secret password) override;
    boost::asio::awaitable<Outcome<Account>> set_blocked(Auth0UserId id, bool blocked, RequestId request) override;
    // Reads back to the first send, but at most log_pages_max pages: where that is not enough, nothing is ruled out.
    boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(SentChange change) override;
    boost::asio::awaitable<Outcome<ConnectionPolicy>> read_policy(std::string connection, Freshness freshness) override;
    boost::asio::awaitable<Outcome<Account>> create_account(NewAccount account, Secret password) override;
    boost::asio::awaitable<Outcome<Secret>> create_link(
        Auth0UserId id, std::chrono::seconds ttl, RequestId request) override;
    boost::asio::awaitable<Outcome<void>> end_sessions(Auth0UserId id, RequestId request) override;
    boost::asio::awaitable<Outcome<void>> revoke_refresh_tokens(Auth0UserId id, RequestId request) override;
    boost::asio::awaitable<Outcome<void>> mark_must_change(MustChange mark) override;
    boost::asio::awaitable<Outcome<void>> send_change_mail(Email email, std::string connection) override;

    // Gets the token that the first call needs, if there is none; no harm when it cannot be had.
    boost::asio::awaitable<void> prepare() { return api_.prepare(); }

    // False: the calls of the last half minute, or longer, had no answer.
    bool answers() const { return !api_.reach().is_away(clock_.steady()); }

    static constexpr std::size_t log_pages_max = 5;

private:
    auth0::TimeBudget budget() const { return auth0::TimeBudget{clock_.steady()}; }

    Auth0Settings settings_;
    http::Client& client_;
    const Clock& clock_;
    auth0::ManagementApi api_;
    auth0::PolicyCache policies_;
};

}  // namespace countersign
