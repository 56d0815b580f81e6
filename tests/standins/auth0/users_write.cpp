#include "tests/standins/auth0/schema.hpp"
#include "tests/standins/auth0/user_rules.hpp"

#include <array>
#include <utility>

namespace standins::auth0 {

namespace {

constexpr std::array federated_fields{
    std::string_view{"family_name"}, std::string_view{"given_name"}, std::string_view{"name"},
    std::string_view{"nickname"}, std::string_view{"picture"}};

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

// First level only: a nested object replaces, null deletes, an empty object clears.
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

bool is_text_or_flag(std::string_view field)
{
    return contains(
        {"blocked", "email_verified", "phone_number", "phone_verified", "given_name", "family_name", "name", "nickname",
         "picture", "username"},
        field);
}

// Whether the profile would be over the tenant's limit once all of this was written.
std::optional<Response> refuse_growth(TenantState& state, const User& user, const Call& call)
{
    User after = user;
    for (const auto& member : call.body)
    {
        const std::string field{member.key().data(), member.key().size()};
        if (field == "app_metadata" || field == "user_metadata")
            merge_metadata(after.profile, field, member.value().get_object());
        else if (is_text_or_flag(field) || field == "email")
            after.profile[field] = member.value();
        else if (field == "password")
            after.profile["last_password_reset"] = to_iso(call.now);
    }
    return refuse_size(state, after, call.now);
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
        else if (is_text_or_flag(field))
        {
            if (member.value().is_null())
                user.profile.erase(field);
            else
                user.profile[field] = member.value();
        }
    }
    user.profile["updated_at"] = to_iso(now + (body.contains("password") ? 4 : 0));
}

}  // namespace

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
    if (auto refused = refuse_growth(state, *user, call)) return std::move(*refused);

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
