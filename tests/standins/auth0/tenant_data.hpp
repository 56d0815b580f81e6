#pragma once

#include "tests/standins/auth0/rate_limits.hpp"
#include "tests/standins/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What a tenant is made of, as its users say it: plain data.
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

}  // namespace standins::auth0
