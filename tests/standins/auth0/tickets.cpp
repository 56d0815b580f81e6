#include "tests/standins/auth0/schema.hpp"
#include "tests/standins/auth0/user_rules.hpp"

namespace standins::auth0 {

namespace {

constexpr std::int64_t default_ttl_s = 432'000;

std::optional<Response> contradiction(const json::object& body)
{
    const bool by_id = body.contains("user_id");
    const bool by_email = body.contains("email") || body.contains("connection_id");
    if (by_id == by_email)
        return invalid_body("Payload validation error: 'Either user_id, or email and connection_id, must be given'.");
    if (by_email && (!body.contains("email") || !body.contains("connection_id")))
        return invalid_body("Payload validation error: 'email requires connection_id'.");
    if (body.contains("result_url") && body.contains("organization_id"))
        return invalid_body("Payload validation error: 'result_url cannot be used with organization_id'.");
    return std::nullopt;
}

// Database users only: the connection's name goes with an e-mail address, the user's own identity with an id.
User* find_recipient(TenantState& state, const json::object& body)
{
    if (body.contains("user_id")) return find_user(state, text_at(body, "user_id"));
    const std::string id = text_at(body, "connection_id");
    const std::string email = to_lower(text_at(body, "email"));
    for (const Connection& connection : state.connections)
        if (connection.id == id)
            for (User& user : state.users)
                if (text_at(user.profile, "email") == email && user.identities.front().connection == connection.name)
                    return &user;
    return nullptr;
}

void log_request(TenantState& state, TimeMs now, const User& user, std::string_view client_id)
{
    LogEntry entry;
    entry.type = "scpr";
    entry.client_id = client_id;
    entry.user_id = user.user_id;
    entry.user_name = text_at(user.profile, "email");
    entry.connection = user.identities.front().connection;
    entry.details["body"] = json::object{{"email", entry.user_name}};
    write_log(state, now, std::move(entry));
}

}  // namespace

Response post_password_ticket(TenantState& state, const Call& call)
{
    if (auto text = violation(call.body, password_ticket_schema(), true)) return invalid_body(*text);
    if (auto refused = contradiction(call.body)) return std::move(*refused);
    if (auto refused = custom_domain_conflict(state, call)) return std::move(*refused);
    User* user = find_recipient(state, call.body);
    if (user == nullptr) return no_such_user();
    if (user->identities.front().provider != "auth0" && !call.body.contains("identity"))
        return error_answer(
            400, "The user's main connection does not support this operation", "operation_not_supported");
    if (text_at(user->profile, "email").empty()) return error_answer(400, "The user does not have an email address.");
    const Identity* identity = database_identity(*user);
    if (identity == nullptr)
        return error_answer(
            400, "The user exists, but does not contain the given identity.", "operation_not_supported");

    const auto* ttl = call.body.if_contains("ttl_sec");
    const std::int64_t ttl_s = ttl != nullptr && ttl->get_int64() > 0 ? ttl->get_int64() : default_ttl_s;
    Ticket ticket;
    ticket.token = state.ids.alphanumeric(32);
    ticket.user_id = user->user_id;
    ticket.connection = identity->connection;
    ticket.expires_at = call.now + ttl_s * 1000;
    const std::string url = "https://" + state.options.domain + "/u/reset-password?ticket=" + ticket.token + "#";
    state.tickets.push_back(std::move(ticket));
    log_request(state, call.now, *user, call.claims.client_id);
    return json_answer(201, json::object{{"ticket", url}});
}

Response post_change_password(TenantState& state, const Call& call)
{
    for (const char* field : {"client_id", "email", "connection"})
        if (text_at(call.body, field).empty())
            return oauth_error(400, "invalid_request", std::string{field} + " is required");
    const std::string email = to_lower(text_at(call.body, "email"));
    const std::string connection = text_at(call.body, "connection");
    auto& bucket = state.mail_buckets.try_emplace(email, Bucket{10, 1 / 60.0}).first->second;
    if (!bucket.take(call.now).admitted) return oauth_error(429, "too_many_requests", "Too Many Requests");

    for (User& user : state.users)
        if (text_at(user.profile, "email") == email && database_identity(user, connection) != nullptr)
        {
            state.reset_mails.push_back(email);
            log_request(state, call.now, user, text_at(call.body, "client_id"));
        }
    // The same words for an address that nobody has: the answer must not tell who has an account.
    Response response;
    response.headers = {{"content-type", "text/html; charset=utf-8"}};
    response.body = "We've just sent you an email to reset your password.";
    return response;
}

}  // namespace standins::auth0
