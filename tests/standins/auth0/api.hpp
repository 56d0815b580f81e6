#pragma once

#include "tests/standins/auth0/state.hpp"
#include "tests/standins/auth0/tokens.hpp"
#include "tests/standins/http.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The endpoints, one function each, and the table that leads to them. Inside only.
namespace standins::auth0 {

// One call on its way through the tenant.
struct Call
{
    Call(const Request& request_, TimeMs now_) : request{request_}, now{now_} {}

    const Request& request;
    TimeMs now;
    std::vector<std::string> path;  // decoded values of the pattern's {parameters}
    Pairs query;
    json::object body;  // empty when the call has none
    Claims claims;      // of the bearer token

    bool may(std::string_view scope) const { return contains(claims.scopes, scope); }
};

using Handler = Response (*)(TenantState&, const Call&);

enum class Body
{
    none,
    json_object,
    optional_object,
    raw,  // the endpoint reads it itself
};

struct Route
{
    std::string_view method;
    std::string_view pattern;  // segments in braces are parameters
    std::string_view scopes;   // any of these, space-separated; empty: no bearer token wanted
    std::string_view title;    // of a write, as `sapi` records it
    RateGroup group = RateGroup::management;
    Body body = Body::none;
    Handler handler = nullptr;
};

// The route of a path and the values of its parameters; nullptr when there is none.
const Route* find_route(std::string_view method, std::string_view path, std::vector<std::string>& parameters);

Response json_answer(int status, const json::value& body);
Response empty_answer(int status);
// Management API: {"statusCode","error","message"[,"errorCode"]}
Response error_answer(int status, std::string_view message, std::string_view code = {});
// Authentication API: {"error","error_description"}
Response oauth_error(int status, std::string_view error, std::string_view description);

// Refuses a path parameter that is no user id, a user that does not exist; nullopt: go on.
std::optional<Response> bad_user_id(const std::string& id, std::string_view purpose);
Response no_such_user();
Response no_such_connection();
// 409 on a tenant with several custom domains and none named in the call.
std::optional<Response> custom_domain_conflict(const TenantState& state, const Call& call);

struct Page
{
    int number = 0;
    int size = 50;
    bool with_totals = false;
};
// page, per_page, include_totals; or the 400 that they earn.
std::optional<Response> read_page(const Pairs& query, int size_min, Page& page);

// `fields` and `include_fields` applied to a user; or the 400 that an unknown field earns.
std::optional<Response> bad_fields(const Pairs& query);
json::object selected(const json::object& object, const Pairs& query);

// Tenant log.
struct LogEntry
{
    std::string type;
    std::string description;
    std::string client_id;
    std::string connection;
    std::string user_id;
    std::string user_name;
    std::string correlation_id;
    json::object details;
};
void write_log(TenantState& state, TimeMs now, LogEntry entry);
void log_password_change(TenantState& state, TimeMs now, const User& user, const Identity& identity);
// The `sapi` record of a write that succeeded.
void log_write(TenantState& state, const Call& call, const Route& route, const Response& response);
// password, secrets and tokens shown as *****
json::object masked(json::object body);

// A Lucene-like query on the objects the API shows: field:value, field:"value", value*, field:[a TO b], AND, OR, NOT.
// nullopt: the query cannot be read.
using Matcher = std::function<bool(const json::object&)>;
std::optional<Matcher> parse_query(std::string_view query, const std::vector<std::string>& case_insensitive_fields);

Response post_token(TenantState& state, const Call& call);
Response post_change_password(TenantState& state, const Call& call);
Response get_users_by_email(TenantState& state, const Call& call);
Response get_users(TenantState& state, const Call& call);
Response get_user(TenantState& state, const Call& call);
Response post_user(TenantState& state, const Call& call);
Response patch_user(TenantState& state, const Call& call);
Response delete_user(TenantState& state, const Call& call);
Response get_connections(TenantState& state, const Call& call);
Response get_connection(TenantState& state, const Call& call);
Response post_password_ticket(TenantState& state, const Call& call);
Response get_user_blocks(TenantState& state, const Call& call);
Response delete_user_blocks(TenantState& state, const Call& call);
Response get_blocks_by_identifier(TenantState& state, const Call& call);
Response delete_blocks_by_identifier(TenantState& state, const Call& call);
Response get_user_sessions(TenantState& state, const Call& call);
Response delete_user_sessions(TenantState& state, const Call& call);
Response get_user_refresh_tokens(TenantState& state, const Call& call);
Response delete_user_refresh_tokens(TenantState& state, const Call& call);
Response post_revoke_access(TenantState& state, const Call& call);
Response get_session(TenantState& state, const Call& call);
Response revoke_session(TenantState& state, const Call& call);
Response get_refresh_token(TenantState& state, const Call& call);
Response delete_refresh_token(TenantState& state, const Call& call);
Response get_logs(TenantState& state, const Call& call);
Response get_log(TenantState& state, const Call& call);
Response get_user_logs(TenantState& state, const Call& call);

}  // namespace standins::auth0
