#include "tests/standins/auth0/api.hpp"
#include "tests/standins/auth0/schema.hpp"

#include <algorithm>

// User blocks, sessions, refresh tokens (auth0/CONTRACT.md, "Accounts").
namespace standins::auth0 {

namespace {

json::object shown_session(const Grant& grant)
{
    const std::string created = to_iso(grant.created_at);
    const std::string expires = to_iso(grant.created_at + 7LL * 24 * 3600 * 1000);
    return json::object{
        {"id", grant.id},
        {"user_id", grant.user_id},
        {"created_at", created},
        {"updated_at", created},
        {"authenticated_at", created},
        {"idle_expires_at", expires},
        {"expires_at", expires},
        {"last_interacted_at", created},
        {"device",
         json::object{
             {"initial_user_agent", "Mozilla/5.0"},
             {"initial_ip", "192.0.2.10"},
             {"initial_asn", "64496"},
             {"last_user_agent", "Mozilla/5.0"},
             {"last_ip", "192.0.2.10"},
             {"last_asn", "64496"}}},
        {"clients", json::array{json::object{{"client_id", "DemoApplication1"}}}},
        {"authentication",
         json::object{
             {"methods", json::array{json::object{{"name", "pwd"}, {"timestamp", created}, {"type", "password"}}}}}}};
}

json::object shown_refresh_token(const Grant& grant, const TenantState& state)
{
    return json::object{
        {"id", grant.id},
        {"user_id", grant.user_id},
        {"created_at", to_iso(grant.created_at)},
        {"idle_expires_at", nullptr},
        {"expires_at", nullptr},
        {"client_id", "DemoApplication1"},
        {"session_id", nullptr},
        {"rotating", false},
        {"resource_servers",
         json::array{json::object{
             {"audience", "https://" + state.options.domain + "/api/v2/"},
             {"scopes", "openid profile offline_access"}}}}};
}

std::vector<Grant> living(const std::vector<Grant>& grants, std::string_view user_id, TimeMs now)
{
    std::vector<Grant> found;
    for (const Grant& grant : grants)
        if (grant.user_id == user_id && grant.ends_at > now) found.push_back(grant);
    return found;
}

Grant* find_grant(std::vector<Grant>& grants, std::string_view id, TimeMs now)
{
    for (Grant& grant : grants)
        if (grant.id == id && grant.ends_at > now) return &grant;
    return nullptr;
}

std::optional<Response> refuse_user(TenantState& state, const Call& call)
{
    if (auto refused = bad_user_id(call.path[0], "ID of the user")) return refused;
    if (find_user(state, call.path[0]) == nullptr) return no_such_user();
    return std::nullopt;
}

std::optional<Response> refuse_plan(const TenantState& state, const std::string& what)
{
    if (state.options.revocation_in_plan) return std::nullopt;
    return error_answer(403, "Please upgrade your subscription to use " + what, "insufficient_entitlement");
}

Response list_grants(
    TenantState& state, const Call& call, const std::vector<Grant>& grants, std::string_view name,
    json::object (*show)(const Grant&, const TenantState&))
{
    if (auto refused = refuse_user(state, call)) return std::move(*refused);
    const auto all = living(grants, call.path[0], call.now);
    const int take =
        to_int(find(call.query, "take").value_or(find(call.query, "per_page").value_or("50"))).value_or(50);
    const std::string from = find(call.query, "from").value_or("");
    const auto size = static_cast<std::size_t>(std::clamp(take, 1, 100));
    json::array page;
    bool is_reached = from.empty();
    for (const Grant& grant : all)
    {
        if (is_reached && page.size() < size) page.push_back(show(grant, state));
        if (grant.id == from) is_reached = true;
    }
    json::object body;
    // Recorded: `next` is there on a last page too, as long as the page is not empty.
    if (!page.empty()) body["next"] = text_at(page.back().get_object(), "id");
    body[name] = std::move(page);
    if (find(call.query, "include_totals").value_or("false") == "true") body["total"] = all.size();
    return json_answer(200, std::move(body));
}

Response accepted() { return json_answer(202, json::object{}); }

bool is_blocked_identifier(const User& user, std::string_view identifier)
{
    return text_at(user.profile, "email") == identifier || text_at(user.profile, "username") == identifier;
}

json::array shown_blocks(const User& user)
{
    json::array blocks;
    for (const BruteForceBlock& block : user.blocks)
        blocks.push_back(
            json::object{{"identifier", block.identifier}, {"ip", block.ip}, {"connection", block.connection}});
    return blocks;
}

}  // namespace

Response get_user_blocks(TenantState& state, const Call& call)
{
    if (auto refused = refuse_user(state, call)) return std::move(*refused);
    return json_answer(200, json::object{{"blocked_for", shown_blocks(*find_user(state, call.path[0]))}});
}

Response delete_user_blocks(TenantState& state, const Call& call)
{
    if (auto refused = refuse_user(state, call)) return std::move(*refused);
    User* user = find_user(state, call.path[0]);
    user->blocks.clear();
    user->failed_logins = 0;
    return empty_answer(204);
}

Response get_blocks_by_identifier(TenantState& state, const Call& call)
{
    const std::string identifier = find(call.query, "identifier").value_or("");
    if (identifier.empty())
        return error_answer(
            400, "Query validation error: 'Missing required property: identifier'.", "invalid_query_string");
    json::array blocks;
    for (const User& user : state.users)
        if (is_blocked_identifier(user, identifier))
            for (auto& block : shown_blocks(user)) blocks.push_back(std::move(block));
    return json_answer(200, json::object{{"blocked_for", std::move(blocks)}});
}

Response delete_blocks_by_identifier(TenantState& state, const Call& call)
{
    const std::string identifier = find(call.query, "identifier").value_or("");
    for (User& user : state.users)
        if (is_blocked_identifier(user, identifier))
        {
            user.blocks.clear();
            user.failed_logins = 0;
        }
    return empty_answer(204);
}

Response get_user_sessions(TenantState& state, const Call& call)
{
    return list_grants(state, call, state.sessions, "sessions", [](const Grant& grant, const TenantState&) {
        return shown_session(grant);
    });
}

Response delete_user_sessions(TenantState& state, const Call& call)
{
    if (auto refused = refuse_plan(state, "session management")) return std::move(*refused);
    if (auto refused = refuse_user(state, call)) return std::move(*refused);
    end_grants(state.sessions, call.path[0], call.now + state.options.revocation_delay_ms);
    return accepted();
}

Response get_user_refresh_tokens(TenantState& state, const Call& call)
{
    return list_grants(state, call, state.refresh_tokens, "tokens", shown_refresh_token);
}

Response delete_user_refresh_tokens(TenantState& state, const Call& call)
{
    if (auto refused = refuse_plan(state, "refresh token management")) return std::move(*refused);
    if (auto refused = refuse_user(state, call)) return std::move(*refused);
    end_grants(state.refresh_tokens, call.path[0], call.now + state.options.revocation_delay_ms);
    return accepted();
}

Response post_revoke_access(TenantState& state, const Call& call)
{
    if (auto text = violation(call.body, revoke_access_schema(), true)) return error_answer(400, *text, "invalid_body");
    if (auto refused = bad_user_id(call.path[0], "ID of the user")) return std::move(*refused);
    if (auto refused = refuse_plan(state, "session management")) return std::move(*refused);
    const TimeMs at = call.now + state.options.revocation_delay_ms;
    const std::string session = text_at(call.body, "session_id");
    for (Grant& grant : state.sessions)
        if (grant.user_id == call.path[0] && (session.empty() || grant.id == session))
            grant.ends_at = std::min(grant.ends_at, at);
    if (!flag_at(call.body, "preserve_refresh_tokens")) end_grants(state.refresh_tokens, call.path[0], at);
    return accepted();
}

Response get_session(TenantState& state, const Call& call)
{
    const Grant* session = find_grant(state.sessions, call.path[0], call.now);
    return session ? json_answer(200, shown_session(*session)) : error_answer(404, "The session does not exist.");
}

Response revoke_session(TenantState& state, const Call& call)
{
    if (auto refused = refuse_plan(state, "session management")) return std::move(*refused);
    Grant* session = find_grant(state.sessions, call.path[0], call.now);
    if (session == nullptr && call.request.method == "POST") return error_answer(404, "The session does not exist.");
    if (session != nullptr) session->ends_at = call.now + state.options.revocation_delay_ms;
    return accepted();
}

Response get_refresh_token(TenantState& state, const Call& call)
{
    const Grant* token = find_grant(state.refresh_tokens, call.path[0], call.now);
    return token ? json_answer(200, shown_refresh_token(*token, state))
                 : error_answer(404, "The refresh token does not exist.");
}

Response delete_refresh_token(TenantState& state, const Call& call)
{
    if (auto refused = refuse_plan(state, "refresh token management")) return std::move(*refused);
    if (Grant* token = find_grant(state.refresh_tokens, call.path[0], call.now))
        token->ends_at = call.now + state.options.revocation_delay_ms;
    return accepted();
}

}  // namespace standins::auth0
