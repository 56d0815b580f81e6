#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/requests/account.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace countersign {

// One change of one password. Sent with the correlation id and the marker, so that a lost answer can be settled.
struct PasswordChange
{
    PasswordChange(Auth0UserId account_, std::string connection_, RequestId request_, TimePoint at_)
        : account{std::move(account_)},
          connection{std::move(connection_)},
          request{std::move(request_)},
          at{at_}
    {}

    Auth0UserId account;
    std::string connection;  // name of the database connection
    RequestId request;       // X-Correlation-ID, and app_metadata.countersign.request_id
    TimePoint at;            // app_metadata.countersign.reset_at
};

// What the tenant's log says of a change (contract/auth0.md section 14).
enum class LogEvidence
{
    found,   // a successful write to this account with our correlation id
    absent,  // nothing yet: the log lags, so this proves nothing
};

// The tenant that holds the accounts. Every call ends within 25 s.
// Problems: rate_limited (with retry_after), unreachable (nothing was sent or it was rejected before processing),
// answer_lost (a write may have been applied), forbidden (credentials, scope, plan), not_found,
// refused (reason: password_too_weak, password_used_before, password_too_common, password_has_personal_data,
// connection_disabled, not_a_database_account, or invalid_request), unavailable (a read that failed).
class IdentityProvider
{
public:
    virtual ~IdentityProvider() = default;

    // Every account with this address, in any connection; database accounts and others.
    virtual boost::asio::awaitable<Outcome<std::vector<Account>>> find_by_email(Email email) = 0;
    virtual boost::asio::awaitable<Outcome<Account>> read(Auth0UserId id) = 0;
    // PATCH of the password; the account as the answer shows it.
    virtual boost::asio::awaitable<Outcome<Account>> change_password(PasswordChange change, Secret password) = 0;
    virtual boost::asio::awaitable<Outcome<Account>> set_blocked(Auth0UserId id, bool blocked, RequestId request) = 0;
    virtual boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(
        Auth0UserId id, RequestId request, TimePoint since) = 0;
};

}  // namespace countersign
