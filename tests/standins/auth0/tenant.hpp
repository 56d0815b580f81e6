#pragma once

#include "tests/standins/auth0/rate_limits.hpp"
#include "tests/standins/faults.hpp"
#include "tests/standins/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace standins::auth0 {

struct ClientApp
{
    std::string client_id;
    std::vector<std::string> secrets;  // several while one is being rotated
    std::vector<std::string> scopes;   // of its grant for the Management API
    bool has_grant = true;             // a client grant for the Management API exists
    bool may_use_client_credentials = true;
};

// The application of deploy/auth0-actions/require-password-change.js, which makes links and nothing else.
ClientApp default_action_app();

// The scopes that a bot needs which looks up, resets, creates, makes links, revokes and reads logs.
std::vector<std::string> all_bot_scopes();

struct Options
{
    std::string domain = "acme.eu.auth0.com";  // issuer https://DOMAIN/, audience https://DOMAIN/api/v2/
    std::vector<ClientApp> clients;
    bool has_action = true;                       // that Action is installed at post-login
    ClientApp action_app = default_action_app();  // its own client, one more than `clients`
    std::int64_t token_lifetime_s = 86400;
    Plan plan = Plan::unlimited;
    bool revocation_in_plan = true;    // false: ending sessions and refresh tokens answers 403, as below Enterprise
    bool sends_retry_after = false;    // on 429, besides x-ratelimit-reset
    int token_quota = 0;               // tokens a client may fetch in all; 0: no quota
    bool closes_open_schemas = true;   // refuse unknown properties in a PATCH too, where OpenAPI says nothing
    bool logs_scp = false;             // a PATCH of a password writes `scp` besides `sapi` (unconfirmed in Auth0)
    bool wants_custom_domain = false;  // several custom domains, no default: writes need auth0-custom-domain
    std::size_t profile_bytes_max =
        102'400;              // of a whole profile as JSON: above, it is neither written nor signed in to
    TimeMs log_delay_ms = 0;  // from a write to its record in the log
    TimeMs log_retention_ms = 30LL * 24 * 3600 * 1000;
    TimeMs search_delay_ms = 0;      // staleness of GET /api/v2/users
    TimeMs revocation_delay_ms = 0;  // from the 202 to the end of sessions and refresh tokens
    std::uint64_t seed = 1;
};

struct ConnectionSpec
{
    std::string name = "Username-Password-Authentication";
    std::string strategy = "auth0";                        // "auth0" is a database
    std::string options = R"({"passwordPolicy":"good"})";  // JSON, merged over a database's defaults
    bool enabled = true;                                   // for at least one application
    bool requires_username = false;
    bool unique_emails = true;
    std::string id;  // "con_" and 16 characters; empty: made up
};

struct LinkedIdentity
{
    std::string connection;
    std::string email;
    std::string password;  // databases only
};

struct UserSpec
{
    std::string connection = "Username-Password-Authentication";
    std::string email;
    std::string password;    // databases only; empty: one that nobody knows
    std::string given_name;  // empty texts: the field is absent, or Auth0's default
    std::string family_name;
    std::string name;
    std::string nickname;
    std::string username;
    std::string id;  // without the provider; empty: made up
    bool email_verified = true;
    bool blocked = false;
    int logins_count = 0;
    std::optional<TimeMs> last_login;
    std::optional<TimeMs> last_password_reset;
    std::string app_metadata;  // JSON object, or empty
    std::string user_metadata;
    std::vector<LinkedIdentity> linked;  // secondary identities
};

// One call as it arrived. No secret in it: of a body only the names of its fields are kept.
struct ReceivedCall
{
    TimeMs at = 0;
    std::string method;
    std::string path;                 // still percent-encoded
    std::vector<std::string> fields;  // top-level names of the JSON or form body
    std::string masked_body;          // JSON bodies; password, secrets and tokens shown as *****
    std::string correlation_id;
    int status = 0;  // 0: never reached the tenant, see Fault::reset_before
};

enum class Login
{
    done,
    must_change_password,  // the post-login Action leads to the page where the owner chooses a password
    denied,                // by that Action, or because the profile is too large
    wrong_password,
    blocked,  // by an administrator
    locked,   // by brute-force protection
};

enum class Flow
{
    page,     // in a browser, which can be led elsewhere
    no_page,  // a refresh token, the password grant, prompt=none
};

// How a log-in went on.
struct Visit
{
    Login outcome = Login::wrong_password;
    std::string page;   // of must_change_password: the link at which a password is chosen
    std::string state;  // of must_change_password: the log-in that waits at /continue
    std::string words;  // of denied: what the application is told
};

// What of a PATCH with a password and metadata is stored before the call fails with a 500.
enum class PartialCommit
{
    none,
    password_only,
    metadata_only,
};

struct TenantState;

// An Auth0 tenant as contract/auth0.md describes it: Authentication API (client credentials, reset mail) and the part
// of the Management API that a password-reset bot can meet. No socket, no clock, no thread: one call in, one answer
// out. Not safe for use by several threads.
class Tenant
{
public:
    explicit Tenant(Options options);
    ~Tenant();
    Tenant(const Tenant&) = delete;
    Tenant& operator=(const Tenant&) = delete;

    // The tenant's own answer, without faults.
    Response handle(const Request& request, TimeMs now);
    // The same under the fault plan, where a call's name is its method, a space and its path still percent-encoded:
    // "PATCH /api/v2/users/auth0%7C1", "PATCH /api/v2/users/*", "*" for the next call whatever it is.
    Exchange exchange(const Request& request, TimeMs now);
    FaultPlan& faults() noexcept { return faults_; }

    // Set-up. Both throw std::invalid_argument for a spec that contradicts itself.
    std::string add_connection(const ConnectionSpec& spec);  // its id
    std::string add_user(const UserSpec& spec, TimeMs now);  // its user_id
    // Objects exactly as the Management API shows them (JSON), for replaying recordings.
    void import_connection(std::string_view shown);
    void import_user(std::string_view shown, TimeMs now);
    void import_log(std::string_view shown);
    std::string add_session(const std::string& user_id, TimeMs now, std::string id = {});
    std::string add_refresh_token(const std::string& user_id, TimeMs now, std::string id = {});
    void add_brute_force_block(const std::string& user_id, const std::string& ip);

    // What others do to the tenant behind the bot's back.
    void set_password(const std::string& user_id, const std::string& password, TimeMs now);  // by its owner: scp
    void set_password_in_dashboard(
        const std::string& user_id, const std::string& password, const std::string& admin_email, TimeMs now);
    void set_blocked(const std::string& user_id, bool blocked, TimeMs now);
    void delete_user(const std::string& user_id, TimeMs now);
    void set_connection_enabled(const std::string& name, bool enabled);
    void replace_options(const std::string& connection, const std::string& options);
    void forget_tokens();  // a new signing key: every token issued so far is refused with 401
    void set_plan(Plan plan, bool revocation_in_plan);
    // Another application's calls of the Management API; how many the tenant admitted.
    int let_others_call(int calls, TimeMs now);
    void set_profile_limit(std::size_t bytes);  // of a whole profile as JSON
    void set_searches_time_out(bool time_out);  // GET /api/v2/users with q answers 503
    void commit_next_patch_partially(PartialCommit partial);
    // A database user at the log-in page, by the address of one of their database identities.
    Visit sign_in(const std::string& email, const std::string& password, TimeMs now, Flow flow = Flow::page);
    // GET /continue?state=...: the log-in that was led elsewhere goes on.
    Visit resume(const std::string& state, TimeMs now);
    Login log_in(const std::string& email, const std::string& password, TimeMs now)
    {
        return sign_in(email, password, now).outcome;
    }
    // Follows a ticket's URL to its page and sets a password there; false: no such ticket, used, expired or refused.
    bool redeem_ticket(const std::string& url, const std::string& password, TimeMs now);

    // What tests look at.
    bool exists(const std::string& user_id) const;
    bool accepts(const std::string& user_id, std::string_view password) const;
    std::string user_json(const std::string& user_id) const;  // as the Management API shows it; empty: no such user
    std::size_t session_count(const std::string& user_id, TimeMs now) const;
    std::size_t refresh_token_count(const std::string& user_id, TimeMs now) const;
    std::vector<std::string> reset_mails() const;  // addresses, in the order of sending
    const std::vector<ReceivedCall>& calls() const noexcept;
    std::string log_json() const;  // every record, also those that the log does not show yet

    // Grows with every change; a page redraws when it differs. No secret in the snapshot:
    // {"revision","domain","connections":[],"users":[],"log":[],"calls":[]}, log and calls newest first, at most 100.
    std::uint64_t revision() const noexcept;
    std::string snapshot(TimeMs now) const;

private:
    // The Action's own calls come from within the tenant: `calls` is of what arrived from outside.
    enum class From
    {
        outside,
        action,
    };
    Exchange exchange(const Request& request, TimeMs now, From from);
    std::string action_token(TimeMs now);
    std::string choosing_page(const std::string& user_id, const std::string& connection, TimeMs now);
    Visit let_in(const std::string& user_id, TimeMs now);
    Visit after_log_in(const std::string& user_id, const std::string& connection, Flow flow, TimeMs now);

    std::unique_ptr<TenantState> state_;
    FaultPlan faults_;
};

}  // namespace standins::auth0
