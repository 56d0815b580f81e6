#include "tests/standins/auth0/api.hpp"
#include "tests/standins/auth0/password_policy.hpp"
#include "tests/standins/auth0/schema.hpp"

#include <algorithm>
#include <array>

namespace standins::auth0 {

namespace {

constexpr std::array federated_fields{
    std::string_view{"family_name"}, std::string_view{"given_name"}, std::string_view{"name"},
    std::string_view{"nickname"}, std::string_view{"picture"}};

Response invalid_body(std::string_view message) { return error_answer(400, message, "invalid_body"); }

std::optional<Response> bad_metadata(const json::object& body)
{
    for (const char* field : {"app_metadata", "user_metadata"})
    {
        const auto* value = body.if_contains(field);
        if (value == nullptr || !value->is_object()) continue;
        for (const auto& member : value->get_object())
            if (member.key().find_first_of(".$") != json::string_view::npos)
                return invalid_body(
                    std::string{"Payload validation error: 'Invalid property name' on property "} + field + ".");
    }
    return std::nullopt;
}

std::optional<Response> refuse_password(
    const Identity& identity, const Connection& connection, const json::object& profile, std::string_view password)
{
    const PasswordPolicy policy = policy_of(connection.options);
    const std::string_view reason = refusal(password, policy, profile, [&](std::string_view candidate) {
        return had_password(identity, candidate, policy.history_size);
    });
    if (reason.empty()) return std::nullopt;
    return error_answer(400, reason);
}

// [O]: these may not travel together.
std::optional<Response> forbidden_pair(const json::object& body)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> pairs{{
        {"password", "email"},
        {"password", "email_verified"},
        {"username", "email"},
        {"username", "email_verified"},
        {"username", "password"},
    }};
    for (const auto& pair : pairs)
        if (body.contains(pair.first) && body.contains(pair.second))
            return invalid_body(
                "Cannot update " + std::string{pair.first} + " and " + std::string{pair.second} + " simultaneously.");
    return std::nullopt;
}

std::optional<Response> refuse_fields(const Call& call)
{
    if (call.may("update:users")) return std::nullopt;
    std::string beyond;
    for (const auto& member : call.body)
        if (member.key() != "app_metadata")
            beyond += (beyond.empty() ? "" : ", ") + std::string{member.key().data(), member.key().size()};
    if (beyond.empty()) return std::nullopt;
    return error_answer(403, "You cannot update the following fields: " + beyond, "insufficient_scope");
}

bool is_taken(
    const TenantState& state, const Connection& connection, std::string_view field, std::string_view value,
    std::string_view except_user)
{
    return std::any_of(state.users.begin(), state.users.end(), [&](const User& user) {
        return user.user_id != except_user && text_at(user.profile, field) == value &&
            std::any_of(user.identities.begin(), user.identities.end(), [&](const Identity& identity) {
                   return identity.connection == connection.name;
               });
    });
}

// The identity that the call means; or why it means none.
std::optional<Response> find_target(User& user, const json::object& body, Identity*& target)
{
    const std::string named = text_at(body, "connection");
    target = nullptr;
    if (named.empty())
    {
        target = &user.identities.front();
        return std::nullopt;
    }
    for (Identity& identity : user.identities)
        if (identity.connection == named) target = &identity;
    if (target == nullptr) return no_such_connection();
    return std::nullopt;
}

std::optional<Response> refuse_credentials(
    const TenantState& state, const User& user, const Identity& target, const json::object& body)
{
    const Connection* connection = find_connection(state, target.connection);
    const bool is_database = connection != nullptr && connection->is_database();
    const bool touches_login = body.contains("password") || body.contains("email") || body.contains("username");
    if (!touches_login) return std::nullopt;
    if (!is_database)
    {
        if (body.contains("email")) return error_answer(400, "Cannot update email for non-database user.");
        return error_answer(
            400, "The user's main connection does not support this operation.", "operation_not_supported");
    }
    if (!connection->enabled)
        return error_answer(400, "Cannot change email or password for users in a disabled connection.");
    if (const auto* password = body.if_contains("password"))
    {
        if (password->is_null())
            return error_answer(400, "Connection is not supported for this operation.", "operation_not_supported");
        if (auto refused = refuse_password(target, *connection, user.profile, password->get_string())) return refused;
    }
    if (body.contains("username") && !connection->requires_username)
        return error_answer(400, "Cannot set username for connection without requires_username.");
    const std::string email = to_lower(text_at(body, "email"));
    if (!email.empty() && connection->unique_emails && is_taken(state, *connection, "email", email, user.user_id))
        return error_answer(400, "The specified new email already exists", "auth0_idp_error");
    return std::nullopt;
}

std::optional<Response> refuse_federated(const Identity& target, const json::object& body)
{
    if (target.provider == "auth0" || target.provider == "email" || target.provider == "sms") return std::nullopt;
    std::string touched;
    for (const std::string_view field : federated_fields)
        if (body.contains(field)) touched += (touched.empty() ? "" : ", ") + std::string{field};
    if (touched.empty()) return std::nullopt;
    return error_answer(
        400,
        "The following user attributes cannot be updated: " + touched +
            ". The connection must either be a database connection (using the Auth0 store), a passwordless connection "
            "(email or sms) or has disabled 'Sync user profile attributes at each login'.",
        "operation_not_supported");
}

// First level only: a nested object replaces, null deletes, an empty object clears (section 6.1).
void merge_metadata(json::object& profile, std::string_view field, const json::object& change)
{
    if (change.empty())
    {
        // A cleared app_metadata is not shown at all, a cleared user_metadata is shown empty (recorded).
        profile.erase(field);
        if (field == "user_metadata") profile[field] = json::object{};
        return;
    }
    json::value& stored = profile[field];
    if (!stored.is_object()) stored = json::object{};
    for (const auto& member : change)
        if (member.value().is_null())
            stored.get_object().erase(member.key());
        else
            stored.get_object()[member.key()] = member.value();
}

void apply_profile(TenantState& state, User& user, const Identity& target, const json::object& body, TimeMs now)
{
    for (const auto& member : body)
    {
        const std::string field{member.key().data(), member.key().size()};
        if (field == "app_metadata" || field == "user_metadata")
            merge_metadata(user.profile, field, member.value().get_object());
        else if (field == "email" && member.value().is_string())
        {
            const std::string email = json::value_to<std::string>(member.value());
            user.profile["email"] = target.provider == "auth0" ? to_lower(email) : email;
            user.profile["email_verified"] = flag_at(body, "email_verified");
            end_grants(state.sessions, user.user_id, now);
        }
        else if (contains(
                     {"blocked", "email_verified", "phone_number", "phone_verified", "given_name", "family_name",
                      "name", "nickname", "picture", "username"},
                     field))
        {
            if (member.value().is_null())
                user.profile.erase(field);
            else
                user.profile[field] = member.value();
        }
    }
    user.profile["updated_at"] = to_iso(now + (body.contains("password") ? 4 : 0));
}

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

Response patch_user(TenantState& state, const Call& call)
{
    if (auto refused = bad_user_id(call.path[0], "The user_id of the user to update")) return std::move(*refused);
    if (auto text = violation(call.body, update_user_schema(), state.options.closes_open_schemas))
        return invalid_body(*text);
    if (auto refused = bad_metadata(call.body)) return std::move(*refused);
    if (auto refused = refuse_fields(call)) return std::move(*refused);
    if (auto refused = forbidden_pair(call.body)) return std::move(*refused);
    if (auto refused = custom_domain_conflict(state, call)) return std::move(*refused);
    User* user = find_user(state, call.path[0]);
    if (user == nullptr) return no_such_user();
    Identity* target = nullptr;
    if (auto refused = find_target(*user, call.body, target)) return std::move(*refused);
    if (auto refused = refuse_credentials(state, *user, *target, call.body)) return std::move(*refused);
    if (auto refused = refuse_federated(*target, call.body)) return std::move(*refused);

    const PartialCommit partial = std::exchange(state.partial, PartialCommit::none);
    const bool has_password = call.body.contains("password");
    if (has_password && partial != PartialCommit::metadata_only)
    {
        change_password(state, *user, *target, text_at(call.body, "password"), call.now, true);
        if (state.options.logs_scp) log_password_change(state, call.now, *user, *target);
    }
    if (partial != PartialCommit::password_only) apply_profile(state, *user, *target, call.body, call.now);
    index_later(state, user->user_id, call.now);
    if (partial != PartialCommit::none) return error_answer(500, "An internal server error occurred");
    return json_answer(200, shown(*user));
}

Response delete_user(TenantState& state, const Call& call)
{
    if (auto refused = bad_user_id(call.path[0], "The user_id of the user to delete")) return std::move(*refused);
    if (erase_user(state, call.path[0], call.now))
    {
        LogEntry entry;
        entry.type = "sdu";
        entry.description = "user_id: " + call.path[0];
        write_log(state, call.now, std::move(entry));
    }
    return empty_answer(204);
}

}  // namespace standins::auth0
