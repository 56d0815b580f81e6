#include "tests/standins/auth0/tenant.hpp"

#include "tests/standins/auth0/api.hpp"
#include "tests/standins/http_date.hpp"

#include <algorithm>

namespace standins::auth0 {

namespace {

constexpr std::size_t body_bytes_max = 1'000'000;

std::string issuer(const TenantState& state) { return "https://" + state.options.domain + "/"; }
std::string audience(const TenantState& state) { return issuer(state) + "api/v2/"; }

std::optional<Response> refuse_token(const TenantState& state, const Request& request, TimeMs now, Claims& claims)
{
    const std::string_view authorization = request.header("authorization");
    if (authorization.empty()) return error_answer(401, "Missing authentication");
    constexpr std::string_view scheme = "bearer ";
    if (to_lower(authorization.substr(0, scheme.size())) != scheme)
        return error_answer(400, "Bad HTTP authentication header format", "Bearer");

    TokenCheck check =
        check_token(authorization.substr(scheme.size()), state.signing_key, issuer(state), audience(state), now);
    claims = std::move(check.claims);
    switch (check.fault)
    {
    case TokenFault::none: return std::nullopt;
    case TokenFault::not_a_jwt: return error_answer(400, "Bad HTTP authentication header format", "Bearer");
    case TokenFault::bad_signature:
        return error_answer(401, "Invalid signature received for JSON Web Token validation");
    case TokenFault::wrong_issuer: return error_answer(401, "Invalid token");
    case TokenFault::wrong_audience: return error_answer(401, "Bad audience: " + claims.audience);
    case TokenFault::expired: return error_answer(401, "Expired token received for JSON Web Token validation");
    }
    return error_answer(401, "Invalid token");
}

std::optional<Response> refuse_scope(const Route& route, const Claims& claims)
{
    std::string wanted;
    for (const std::string& scope : split(route.scopes, ' '))
    {
        if (contains(claims.scopes, scope)) return std::nullopt;
        wanted += (wanted.empty() ? "" : ",") + scope;
    }
    return error_answer(403, "Insufficient scope, expected any of: " + wanted, "insufficient_scope");
}

Response over_limit(const TenantState& state, const Route& route, const Admission& admission, TimeMs now)
{
    Response response = route.group == RateGroup::authentication
        ? oauth_error(429, "too_many_requests", "Too Many Requests")
        : error_answer(429, "Global limit has been reached", "too_many_requests");
    if (state.options.sends_retry_after)
        response.headers.emplace_back(
            "retry-after", std::to_string(std::max<std::int64_t>(1, admission.reset_s - now / 1000)));
    return response;
}

void add_limit_headers(Response& response, const Admission& admission)
{
    if (!admission.limited) return;
    response.headers.emplace_back("x-ratelimit-limit", std::to_string(admission.limit));
    response.headers.emplace_back("x-ratelimit-remaining", std::to_string(admission.remaining));
    response.headers.emplace_back("x-ratelimit-reset", std::to_string(admission.reset_s));
}

std::optional<Response> read_body(const Route& route, Call& call)
{
    if (route.body == Body::none || route.body == Body::raw) return std::nullopt;
    const std::string& text = call.request.body;
    if (text.empty() && route.body == Body::optional_object) return std::nullopt;
    if (call.request.header("content-type").substr(0, 16) != "application/json")
        return error_answer(415, "Unsupported Media Type");
    json::error_code failure;
    json::value value = json::parse(text, failure);
    if (failure) return error_answer(400, "Invalid request payload JSON format");
    if (!value.is_object())
        return error_answer(
            400, "Payload validation error: 'Expected type object but found another type'.", "invalid_body");
    call.body = std::move(value.get_object());
    return std::nullopt;
}

Response dispatch(TenantState& state, const Request& request, TimeMs now)
{
    Call call{request, now};
    const Route* route = find_route(request.method, request.path(), call.path);
    if (route == nullptr) return error_answer(404, "Not Found");
    if (request.body.size() > body_bytes_max) return error_answer(413, "Payload content length greater than maximum");

    auto query = parse_form(request.query());
    if (!query) return error_answer(400, "Invalid request query string", "invalid_query_string");
    call.query = std::move(*query);
    if (!route->scopes.empty())
    {
        if (auto refused = refuse_token(state, request, now, call.claims)) return std::move(*refused);
        if (auto refused = refuse_scope(*route, call.claims)) return std::move(*refused);
    }

    const Admission admission = state.limiter.admit(route->group, now);
    Response response;
    if (!admission.admitted)
        response = over_limit(state, *route, admission, now);
    else if (auto refused = read_body(*route, call))
        response = std::move(*refused);
    else
        response = route->handler(state, call);
    add_limit_headers(response, admission);
    if (!route->title.empty() && response.status < 300) log_write(state, call, *route, response);
    return response;
}

ReceivedCall describe(const Request& request, TimeMs now, int status)
{
    ReceivedCall call;
    call.at = now;
    call.method = request.method;
    call.path = std::string{request.path()};
    call.correlation_id = std::string{request.header("x-correlation-id")};
    call.status = status;
    json::error_code failure;
    const json::value body = json::parse(request.body, failure);
    if (!failure && body.is_object())
    {
        for (const auto& member : body.get_object()) call.fields.emplace_back(member.key().data(), member.key().size());
        call.masked_body = json::serialize(masked(body.get_object()));
    }
    else if (const auto form = parse_form(request.body))
        for (const auto& field : *form) call.fields.push_back(field.first);
    return call;
}

void remember(TenantState& state, ReceivedCall call)
{
    constexpr std::size_t calls_max = 10'000;
    if (state.calls.size() >= calls_max) state.calls.erase(state.calls.begin());
    state.calls.push_back(std::move(call));
    ++state.revision;
}

}  // namespace

std::vector<std::string> all_bot_scopes()
{
    return {"read:users",          "update:users",          "update:users_app_metadata",
            "create:users",        "read:connections",      "read:connections_options",
            "create:user_tickets", "read:sessions",         "delete:sessions",
            "read:refresh_tokens", "delete:refresh_tokens", "read:logs",
            "read:logs_users"};
}

ClientApp default_action_app()
{
    ClientApp app;
    app.client_id = "PostLoginAction1";
    app.secrets = {"fake-post-login-action-secret"};
    app.scopes = {"create:user_tickets"};
    return app;
}

Tenant::Tenant(Options options) : state_{std::make_unique<TenantState>(std::move(options))}
{
    if (state_->options.has_action) state_->options.clients.push_back(state_->options.action_app);
}

Tenant::~Tenant() = default;

Response Tenant::handle(const Request& request, TimeMs now)
{
    Response response = dispatch(*state_, request, now);
    remember(*state_, describe(request, now, response.status));
    return response;
}

Exchange Tenant::exchange(const Request& request, TimeMs now) { return exchange(request, now, From::outside); }

Exchange Tenant::exchange(const Request& request, TimeMs now, From from)
{
    const PlannedFault planned = faults_.take(request.method + ' ' + std::string{request.path()});
    const bool is_kept_away = planned.fault == Fault::rate_limit || planned.fault == Fault::error_before ||
        planned.fault == Fault::reset_before;
    if (is_kept_away && from == From::outside)
    {
        const int status = planned.fault == Fault::rate_limit ? 429 : planned.fault == Fault::error_before ? 500 : 0;
        remember(*state_, describe(request, now, status));
    }
    const bool is_management = request.path().substr(0, 8) == "/api/v2/";
    Response limited = is_management ? error_answer(429, "Global limit has been reached", "too_many_requests")
                                     : oauth_error(429, "too_many_requests", "Too Many Requests");
    limited.headers.emplace_back("x-ratelimit-limit", "10");
    limited.headers.emplace_back("x-ratelimit-remaining", "0");
    limited.headers.emplace_back("x-ratelimit-reset", std::to_string(now / 1000 + planned.retry_after_s));
    Exchange served = carry_out(planned, std::move(limited), [&]() {
        return from == From::outside ? handle(request, now) : dispatch(*state_, request, now);
    });
    put_date(served.response, now);
    return served;
}

}  // namespace standins::auth0
