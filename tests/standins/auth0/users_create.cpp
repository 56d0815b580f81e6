#include "tests/standins/auth0/password_policy.hpp"
#include "tests/standins/auth0/schema.hpp"
#include "tests/standins/auth0/user_rules.hpp"

namespace standins::auth0 {

namespace {

json::object new_profile(const json::object& body, const Connection& connection, TimeMs now)
{
    json::object profile;
    profile["created_at"] = to_iso(now);
    profile["updated_at"] = to_iso(now);
    profile["email_verified"] = flag_at(body, "email_verified");
    for (const auto& member : body)
    {
        const std::string field{member.key().data(), member.key().size()};
        if (!contains({"connection", "password", "verify_email", "user_id"}, field)) profile[field] = member.value();
    }
    if (connection.is_database() && profile.contains("email")) profile["email"] = to_lower(text_at(profile, "email"));
    add_profile_defaults(profile);
    return profile;
}

std::optional<Response> refuse_new_user(
    const TenantState& state, const json::object& body, const Connection* connection)
{
    if (connection == nullptr) return no_such_connection();
    if (!connection->enabled) return error_answer(400, "Connection is disabled.");
    if (!connection->is_database())
        return error_answer(400, "Connection is not supported for this operation.", "operation_not_supported");
    for (const char* field : {"email", "password"})
        if (!body.contains(field))
            return invalid_body(std::string{"Payload validation error: 'Missing required property: "} + field + "'.");
    if (body.contains("username") && !connection->requires_username)
        return error_answer(400, "Cannot set username for connection without requires_username.");
    const std::string email = to_lower(text_at(body, "email"));
    const std::string username = text_at(body, "username");
    const std::string id = text_at(body, "user_id");
    const bool is_duplicate = (connection->unique_emails && is_taken(state, *connection, "email", email, "")) ||
        (!username.empty() && is_taken(state, *connection, "username", username, "")) ||
        (!id.empty() && find_user(state, "auth0|" + id) != nullptr);
    if (is_duplicate) return error_answer(409, "The user already exists.", "auth0_idp_error");
    return std::nullopt;
}

}  // namespace

Response post_user(TenantState& state, const Call& call)
{
    if (auto text = violation(call.body, create_user_schema(), true)) return invalid_body(*text);
    if (auto refused = bad_metadata(call.body)) return std::move(*refused);
    if (auto refused = custom_domain_conflict(state, call)) return std::move(*refused);
    const Connection* connection = find_connection(state, text_at(call.body, "connection"));
    if (auto refused = refuse_new_user(state, call.body, connection)) return std::move(*refused);

    User user;
    user.profile = new_profile(call.body, *connection, call.now);
    Identity identity = make_identity(state, *connection, text_at(call.body, "user_id"));
    const std::string password = text_at(call.body, "password");
    if (auto refused = refuse_password(identity, *connection, user.profile, password)) return std::move(*refused);
    store_password(state, identity, effective_password(password, policy_of(connection->options)));
    user.user_id = user_id_of(identity);
    user.identities.push_back(std::move(identity));
    if (auto refused = refuse_size(state, user, call.now)) return std::move(*refused);
    state.users.push_back(std::move(user));

    const User& created = state.users.back();
    LogEntry entry;
    entry.type = "ss";
    entry.client_id = call.claims.client_id;
    entry.connection = connection->name;
    entry.user_id = created.user_id;
    entry.user_name = text_at(created.profile, "email");
    entry.details["body"] = masked(call.body);
    write_log(state, call.now, std::move(entry));
    index_later(state, created.user_id, call.now);
    return json_answer(201, shown(created));
}

}  // namespace standins::auth0
