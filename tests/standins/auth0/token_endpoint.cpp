#include "tests/standins/auth0/api.hpp"

#include <algorithm>

namespace standins::auth0 {

namespace {

// The form and the JSON spelling of a token request, as pairs; nullopt when the body is neither.
std::optional<Pairs> read_fields(const Request& request)
{
    const std::string_view type = request.header("content-type");
    if (type.substr(0, 33) == "application/x-www-form-urlencoded") return parse_form(request.body);
    if (type.substr(0, 16) != "application/json") return std::nullopt;
    json::error_code failure;
    const json::value body = json::parse(request.body, failure);
    if (failure || !body.is_object()) return std::nullopt;
    Pairs fields;
    for (const auto& member : body.get_object())
        if (member.value().is_string())
            fields.emplace_back(
                std::string{member.key().data(), member.key().size()}, json::value_to<std::string>(member.value()));
    return fields;
}

const ClientApp* find_client(const TenantState& state, std::string_view client_id)
{
    for (const ClientApp& client : state.options.clients)
        if (client.client_id == client_id) return &client;
    return nullptr;
}

Response quota_exceeded(const TenantState& state)
{
    Response response = oauth_error(429, "too_many_requests", "Client quota exceeded");
    response.headers.emplace_back("retry-after", "60");
    response.headers.emplace_back(
        "auth0-client-quota-limit", "b=per_hour;q=" + std::to_string(state.options.token_quota) + ";r=0;t=60");
    return response;
}

void log_token(TenantState& state, const Call& call, const std::string& client_id, bool is_granted)
{
    LogEntry entry;
    entry.type = is_granted ? "seccft" : "feccft";
    entry.description = is_granted ? "" : "Unauthorized";
    entry.client_id = client_id;
    write_log(state, call.now, std::move(entry));
}

}  // namespace

Response post_token(TenantState& state, const Call& call)
{
    const auto fields = read_fields(call.request);
    if (!fields) return oauth_error(400, "invalid_request", "The request body could not be read");
    const std::string grant_type = find(*fields, "grant_type").value_or("");
    const std::string client_id = find(*fields, "client_id").value_or("");
    const std::string secret = find(*fields, "client_secret").value_or("");
    const std::string wanted = find(*fields, "audience").value_or("");
    if (grant_type.empty()) return oauth_error(400, "invalid_request", "Missing required parameter: grant_type");

    const ClientApp* client = find_client(state, client_id);
    if (client == nullptr || !contains(client->secrets, secret))
    {
        log_token(state, call, client_id, false);
        if (find(*fields, "client_assertion"))
            return oauth_error(401, "invalid_client", "Client authentication failed");
        return oauth_error(401, "access_denied", "Unauthorized");
    }
    if (grant_type != "client_credentials" || !client->may_use_client_credentials)
        return oauth_error(403, "unauthorized_client", "Grant type '" + grant_type + "' not allowed for the client.");
    const std::string issuer = "https://" + state.options.domain + "/";
    if (wanted.empty())
        return oauth_error(403, "access_denied", "No audience parameter was provided, and no default audience exists");
    if (wanted != issuer + "api/v2/")
        return oauth_error(403, "access_denied", "Service not enabled within domain: " + wanted);
    if (!client->has_grant)
    {
        log_token(state, call, client_id, false);
        return oauth_error(
            403, "access_denied",
            "Client is not authorized to access \"" + wanted +
                "\". You need to create a \"client-grant\" associated to this API. See: "
                "https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants");
    }
    if (state.options.token_quota > 0 && ++state.tokens_fetched[client_id] > state.options.token_quota)
        return quota_exceeded(state);

    Claims claims;
    claims.issuer = issuer;
    claims.audience = wanted;
    claims.client_id = client_id;
    claims.jti = state.ids.alphanumeric(22);
    claims.scopes = client->scopes;
    claims.issued_at = call.now;
    claims.expires_at = call.now + state.options.token_lifetime_s * 1000;
    std::string scope;
    for (const std::string& one : claims.scopes) scope += (scope.empty() ? "" : " ") + one;
    log_token(state, call, client_id, true);
    Response response = json_answer(
        200,
        json::object{
            {"access_token", sign_token(claims, state.signing_key)},
            {"scope", scope},
            {"expires_in", state.options.token_lifetime_s},
            {"token_type", "Bearer"}});
    response.headers[0].second = "application/json";
    return response;
}

}  // namespace standins::auth0
