#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/account.hpp"
#include "handlers/model/connection_policy.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>
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
    std::string connection;   // name of the database connection
    RequestId request;        // X-Correlation-ID, and app_metadata.countersign.request_id
    TimePoint at;             // app_metadata.countersign.reset_at
    bool must_change = true;  // app_metadata.countersign.must_change: the owner is to choose a password of their own
};

// An account to be made. Sent with the same marker and correlation id as a change: whether a lost answer made it is
// told by find_by_email and Account::marker.
struct NewAccount
{
    NewAccount(std::string connection_, Email email_, RequestId request_, TimePoint at_)
        : connection{std::move(connection_)},
          email{std::move(email_)},
          request{std::move(request_)},
          at{at_}
    {}

    std::string connection;  // name of the database connection
    Email email;
    std::string given_name;  // 1 to 150 characters, or empty: the account has none
    std::string family_name;
    bool email_verified = false;
    bool verify_email = false;  // Auth0 sends the owner a mail to verify the address
    RequestId request;
    TimePoint at;
    bool must_change = true;
};

// The second marker, once the time of the change is known (auth0/CONTRACT.md, "A password of one's own"). Only where
// that time moved: in a custom database it can stand still, and then the mark would keep the owner out for good.
struct MustChange
{
    MustChange(Auth0UserId account_, RequestId request_, TimePoint reset_at_, TimePoint admin_lpr_)
        : account{std::move(account_)},
          request{std::move(request_)},
          reset_at{reset_at_},
          admin_lpr{admin_lpr_}
    {}

    Auth0UserId account;
    RequestId request;
    TimePoint reset_at;   // as it was sent with the change
    TimePoint admin_lpr;  // Account::last_password_reset right after the change
};

// Which change the tenant's log is asked about.
struct SentChange
{
    SentChange(RequestId request_, TimePoint first_sent_, TimePoint last_sent_)
        : request{std::move(request_)},
          first_sent{first_sent_},
          last_sent{last_sent_}
    {}

    std::optional<Auth0UserId> account;  // absent: of an account that was to be made
    RequestId request;
    TimePoint first_sent;
    TimePoint last_sent;
};

// What the tenant's log says of a change (auth0/CONTRACT.md, "The tenant's log").
enum class LogEvidence
{
    found,      // a successful write to this account with our correlation id
    absent,     // nothing yet: the log lags, so this proves nothing
    ruled_out,  // nothing, though the log was read as far back as the first send and shows what is younger than the
                // last
};

enum class Freshness
{
    recent,  // up to ten minutes old
    now,     // asked for now
};

// The tenant that holds the accounts. Every call ends within 25 s, not counting the waiting until the tenant's limits
// admit it: up to 60 s, and up to 150 s for what needs several exchanges and has begun.
// Problems: rate_limited (with retry_after), unreachable (nothing was sent or it was rejected before processing),
// answer_lost (a write may have been applied), forbidden (credentials, scope, plan), not_found,
// refused (reason: password_too_weak, password_used_before, password_too_common, password_has_personal_data,
// connection_disabled, not_a_database_account, profile_full, or invalid_request), too_large (auth0_answer_too_large: an
// answer to a read is over what is taken), unavailable (a read, or a write that may be sent again without harm, whose
// outcome is not known). answer_lost with the reason http_500 or http_503: Auth0 itself said that it failed, so that
// nothing is under way any more.
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
    virtual boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(SentChange change) = 0;

    // What a connection demands of passwords, by its name. Besides: not_found (connection_unknown), refused
    // (not_a_database_account: its passwords are held elsewhere), unsupported (policy_unknown: it demands something
    // that nothing here knows), forbidden (auth0_options_scope_missing: it is shown without its demands).
    virtual boost::asio::awaitable<Outcome<ConnectionPolicy>> read_policy(
        std::string connection, Freshness freshness) = 0;
    // The account as the answer shows it. Besides: refused (account_exists, not_a_database_connection), forbidden
    // (custom_domain_conflict). Auth0 gives a new account no last_password_reset.
    virtual boost::asio::awaitable<Outcome<Account>> create_account(NewAccount account, Secret password) = 0;
    // A link that sets a password: its holder can use it once, for `ttl` (clamped to 60 s to 1 day). Sent again, it
    // makes another. Besides: refused (no_email_address), corrupt (foreign_ticket: the link leads to a host that is not
    // the tenant's).
    virtual boost::asio::awaitable<Outcome<Secret>> create_link(
        Auth0UserId id, std::chrono::seconds ttl, RequestId request) = 0;
    // Both end in the background, some time after the success. Besides: forbidden (auth0_plan_missing: not in the
    // tenant's plan; auth0_scope_missing).
    virtual boost::asio::awaitable<Outcome<void>> end_sessions(Auth0UserId id, RequestId request) = 0;
    virtual boost::asio::awaitable<Outcome<void>> revoke_refresh_tokens(Auth0UserId id, RequestId request) = 0;
    virtual boost::asio::awaitable<Outcome<void>> mark_must_change(MustChange mark) = 0;
    // Has the tenant mail a link for a new password. Succeeds for unknown addresses too; use it only for a
    // verified address, because its mail opens the account. answer_lost: a mail may be on its way. Besides: refused
    // (mail_refused).
    virtual boost::asio::awaitable<Outcome<void>> send_change_mail(Email email, std::string connection) = 0;
};

}  // namespace countersign
