#include "tests/standins/auth0/api.hpp"

#include <array>

namespace standins::auth0 {

namespace {

constexpr std::array routes{
    Route{"POST", "/oauth/token", "", "", RateGroup::authentication, Body::raw, post_token},
    Route{
        "POST", "/dbconnections/change_password", "", "", RateGroup::authentication, Body::json_object,
        post_change_password},
    Route{"GET", "/api/v2/users-by-email", "read:users", "", RateGroup::read_users, Body::none, get_users_by_email},
    Route{"GET", "/api/v2/users", "read:users", "", RateGroup::read_users, Body::none, get_users},
    Route{
        "POST", "/api/v2/users", "create:users", "Create a User", RateGroup::write_users, Body::json_object, post_user},
    Route{"GET", "/api/v2/users/{id}", "read:users", "", RateGroup::read_users, Body::none, get_user},
    Route{
        "PATCH", "/api/v2/users/{id}", "update:users update:users_app_metadata", "Update a User",
        RateGroup::write_users, Body::json_object, patch_user},
    Route{
        "DELETE", "/api/v2/users/{id}", "delete:users", "Delete a User", RateGroup::delete_users, Body::none,
        delete_user},
    Route{
        "GET", "/api/v2/users/{id}/logs", "read:logs read:logs_users", "", RateGroup::read_logs, Body::none,
        get_user_logs},
    Route{
        "GET", "/api/v2/users/{id}/sessions", "read:sessions", "", RateGroup::management, Body::none,
        get_user_sessions},
    Route{
        "DELETE", "/api/v2/users/{id}/sessions", "delete:sessions", "Delete sessions for user", RateGroup::management,
        Body::none, delete_user_sessions},
    Route{
        "GET", "/api/v2/users/{id}/refresh-tokens", "read:refresh_tokens", "", RateGroup::management, Body::none,
        get_user_refresh_tokens},
    Route{
        "DELETE", "/api/v2/users/{id}/refresh-tokens", "delete:refresh_tokens", "Delete refresh tokens for a user",
        RateGroup::management, Body::none, delete_user_refresh_tokens},
    Route{
        "POST", "/api/v2/users/{id}/revoke-access", "delete:sessions delete:refresh_tokens",
        "Revokes selected resources from a user", RateGroup::management, Body::optional_object, post_revoke_access},
    Route{"GET", "/api/v2/user-blocks", "read:users", "", RateGroup::management, Body::none, get_blocks_by_identifier},
    Route{
        "DELETE", "/api/v2/user-blocks", "update:users", "Unblock by identifier", RateGroup::management, Body::none,
        delete_blocks_by_identifier},
    Route{"GET", "/api/v2/user-blocks/{id}", "read:users", "", RateGroup::management, Body::none, get_user_blocks},
    Route{
        "DELETE", "/api/v2/user-blocks/{id}", "update:users", "Unblock a user", RateGroup::management, Body::none,
        delete_user_blocks},
    Route{
        "POST", "/api/v2/tickets/password-change", "create:user_tickets", "Create a password change ticket",
        RateGroup::management, Body::json_object, post_password_ticket},
    Route{
        "GET", "/api/v2/connections", "read:connections", "", RateGroup::read_connections, Body::none, get_connections},
    Route{
        "GET", "/api/v2/connections/{id}", "read:connections", "", RateGroup::read_connections, Body::none,
        get_connection},
    Route{"GET", "/api/v2/sessions/{id}", "read:sessions", "", RateGroup::management, Body::none, get_session},
    Route{
        "DELETE", "/api/v2/sessions/{id}", "delete:sessions", "Delete session", RateGroup::management, Body::none,
        revoke_session},
    Route{
        "POST", "/api/v2/sessions/{id}/revoke", "delete:sessions delete:refresh_tokens", "Revokes a session",
        RateGroup::management, Body::optional_object, revoke_session},
    Route{
        "GET", "/api/v2/refresh-tokens/{id}", "read:refresh_tokens", "", RateGroup::management, Body::none,
        get_refresh_token},
    Route{
        "DELETE", "/api/v2/refresh-tokens/{id}", "delete:refresh_tokens", "Delete a refresh token",
        RateGroup::management, Body::none, delete_refresh_token},
    Route{"GET", "/api/v2/logs", "read:logs read:logs_users", "", RateGroup::read_logs, Body::none, get_logs},
    Route{"GET", "/api/v2/logs/{id}", "read:logs read:logs_users", "", RateGroup::read_logs, Body::none, get_log}};

bool path_fits(std::string_view pattern, const std::vector<std::string>& segments, std::vector<std::string>& parameters)
{
    const auto wanted = split(pattern, '/');
    if (wanted.size() != segments.size()) return false;
    parameters.clear();
    for (std::size_t i = 0; i < wanted.size(); ++i)
    {
        if (wanted[i].empty() || wanted[i][0] != '{')
        {
            if (wanted[i] != segments[i]) return false;
            continue;
        }
        auto value = percent_decode(segments[i], false);
        if (!value || value->empty()) return false;
        parameters.push_back(std::move(*value));
    }
    return true;
}

std::string_view reason(int status)
{
    switch (status)
    {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 409: return "Conflict";
    case 413: return "Request Entity Too Large";
    case 415: return "Unsupported Media Type";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}

}  // namespace

const Route* find_route(std::string_view method, std::string_view path, std::vector<std::string>& parameters)
{
    const auto segments = split(path, '/');
    for (const Route& route : routes)
        if (route.method == method && path_fits(route.pattern, segments, parameters)) return &route;
    return nullptr;
}

Response json_answer(int status, const json::value& body)
{
    Response response;
    response.status = status;
    response.headers = {
        {"content-type", "application/json; charset=utf-8"},
        {"cache-control", "private, no-store, no-cache, must-revalidate, post-check=0, pre-check=0"},
        {"vary", "origin,accept-encoding"}};
    response.body = json::serialize(body);
    return response;
}

Response empty_answer(int status)
{
    Response response = json_answer(status, nullptr);
    response.body.clear();
    return response;
}

Response error_answer(int status, std::string_view message, std::string_view code)
{
    json::object body{{"statusCode", status}, {"error", reason(status)}, {"message", message}};
    if (!code.empty()) body["errorCode"] = code;
    if (status == 401) body["attributes"] = json::object{{"error", message}};
    return json_answer(status, std::move(body));
}

Response oauth_error(int status, std::string_view error, std::string_view description)
{
    Response response = json_answer(status, json::object{{"error", error}, {"error_description", description}});
    response.headers[0].second = "application/json";
    return response;
}

Response no_such_user() { return error_answer(404, "The user does not exist.", "inexistent_user"); }

Response no_such_connection() { return error_answer(400, "The connection does not exist.", "inexistent_connection"); }

std::optional<Response> custom_domain_conflict(const TenantState& state, const Call& call)
{
    if (!state.options.wants_custom_domain || !call.request.header("auth0-custom-domain").empty()) return std::nullopt;
    return error_answer(409, "The tenant has multiple verified custom domains.", "custom_domain_conflict");
}

}  // namespace standins::auth0
