#pragma once

#include "tests/standins/auth0/fields.hpp"
#include "tests/standins/auth0/rate_limits.hpp"
#include "tests/standins/auth0/tenant_data.hpp"
#include "tests/standins/auth0/text.hpp"

#include <boost/json.hpp>

#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

// What a tenant remembers. Inside only: tests see tenant.hpp and tenant_data.hpp.
namespace standins::auth0 {

namespace json = boost::json;

struct Credential
{
    std::string salt;
    std::string hash;  // SHA-256 of salt and password
};

struct Identity
{
    std::string connection;
    std::string provider;
    std::string user_id;  // without the provider
    bool is_social = false;
    json::object profile;               // of a secondary identity
    std::vector<Credential> passwords;  // the newest last; databases only
};

struct BruteForceBlock
{
    std::string identifier;
    std::string ip;
    std::string connection;
};

struct User
{
    std::string user_id;
    json::object profile;              // everything that the API shows but user_id and identities
    std::vector<Identity> identities;  // the primary one first
    std::vector<BruteForceBlock> blocks;
    int failed_logins = 0;
};

struct Connection
{
    std::string id;
    std::string name;
    std::string strategy;
    json::object options;
    json::object shown;  // further properties of the read-back
    bool enabled = true;
    bool requires_username = false;
    bool unique_emails = true;

    bool is_database() const { return strategy == "auth0"; }
};

constexpr TimeMs never = std::numeric_limits<TimeMs>::max();

// A session or a refresh token.
struct Grant
{
    std::string id;
    std::string user_id;
    TimeMs created_at = 0;
    TimeMs ends_at = never;
};

struct Ticket
{
    std::string token;
    std::string user_id;
    std::string connection;
    TimeMs expires_at = 0;
    bool is_used = false;
};

// A log-in that waits at /continue.
struct Waiting
{
    std::string user_id;
    std::string connection;
};

struct LogRecord
{
    std::string id;
    TimeMs visible_at = 0;
    json::object shown;
};

// A change that the search index has yet to see; `shown` is empty for a deletion.
struct IndexUpdate
{
    TimeMs at = 0;
    std::string user_id;
    std::optional<json::object> shown;
};

struct TenantState
{
    explicit TenantState(Options options_)
        : options{std::move(options_)},
          ids{options.seed},
          limiter{options.plan},
          signing_key{ids.hex(64)}
    {}

    Options options;
    Ids ids;
    RateLimiter limiter;
    std::string signing_key;
    std::vector<Connection> connections;
    std::vector<User> users;  // in the order of creation
    std::vector<Grant> sessions;
    std::vector<Grant> refresh_tokens;
    std::vector<Ticket> tickets;
    std::vector<LogRecord> log;
    std::vector<ReceivedCall> calls;
    std::vector<std::string> reset_mails;
    std::map<std::string, json::object> search_index;
    std::deque<IndexUpdate> index_updates;
    std::map<std::string, int> tokens_fetched;  // by client
    std::map<std::string, Waiting> waiting;     // log-ins that were led elsewhere, by their state
    std::string action_token;                   // as the post-login Action caches it
    TimeMs action_token_ends = 0;
    std::map<std::string, Bucket> mail_buckets;  // by address
    std::uint64_t revision = 1;
    std::uint64_t log_count = 0;
    bool searches_time_out = false;
    PartialCommit partial = PartialCommit::none;
};

User* find_user(TenantState& state, std::string_view user_id);
const User* find_user(const TenantState& state, std::string_view user_id);
Connection* find_connection(TenantState& state, std::string_view name);
const Connection* find_connection(const TenantState& state, std::string_view name);

// As the Management API shows it.
json::object shown(const User& user);
json::object shown(const Connection& connection);

// Whether Auth0 would neither write this profile nor let its owner in.
bool is_too_large(const TenantState& state, const User& user);

// To be called after each change of a user: what the search will find later.
void index_later(TenantState& state, const std::string& user_id, TimeMs now);

void store_password(TenantState& state, Identity& identity, std::string_view password);
bool had_password(const Identity& identity, std::string_view password, std::size_t history_size);
bool has_password(const Identity& identity, std::string_view password);
// A new password and what goes with it (auth0/CONTRACT.md, "What a change does besides"): times, sessions, blocks of
// both kinds.
void change_password(
    TenantState& state, User& user, Identity& identity, std::string_view password, TimeMs now, bool by_administrator);
void end_grants(std::vector<Grant>& grants, std::string_view user_id, TimeMs at);
Identity* database_identity(User& user, std::string_view connection = {});

// Removes the user and what belongs to it; false when there is none.
bool erase_user(TenantState& state, std::string_view user_id, TimeMs now);

// The provider part of user ids for a connection's strategy, and the id within it.
Identity make_identity(TenantState& state, const Connection& connection, std::string id);
std::string user_id_of(const Identity& identity);
// name, nickname and picture as Auth0 fills them in.
void add_profile_defaults(json::object& profile);

}  // namespace standins::auth0
