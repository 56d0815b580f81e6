#include "tests/standins/auth0/user_rules.hpp"

#include "tests/standins/auth0/password_policy.hpp"

#include <algorithm>

namespace standins::auth0 {

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

std::optional<Response> refuse_size(TenantState& state, const User& after, TimeMs now)
{
    if (!is_too_large(state, after)) return std::nullopt;
    LogEntry entry;
    entry.type = "user_profile_size_exceeded";
    entry.user_id = after.user_id;
    write_log(state, now, std::move(entry));
    return error_answer(400, "The user profile size exceeds the limit.", "user_profile_size_exceeded");
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

}  // namespace standins::auth0
