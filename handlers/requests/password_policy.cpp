#include "handlers/requests/password_policy.hpp"

#include <algorithm>

namespace countersign {

namespace {

PasswordLevel level_of(StrengthLevel level)
{
    switch (level)
    {
    case StrengthLevel::none: return PasswordLevel::none;
    case StrengthLevel::low: return PasswordLevel::low;
    case StrengthLevel::fair: return PasswordLevel::fair;
    case StrengthLevel::good: return PasswordLevel::good;
    case StrengthLevel::excellent: return PasswordLevel::excellent;
    }
    return PasswordLevel::excellent;
}

std::optional<std::size_t> length_of(const std::optional<int>& length)
{
    if (!length) return std::nullopt;
    return static_cast<std::size_t>(std::max(*length, 1));
}

PasswordPolicy flexible(const PasswordComplexity& complexity)
{
    PasswordPolicy policy;
    policy.length_min = length_of(complexity.length_min).value_or(1);
    policy.type_rule = complexity.type_rule == PasswordComplexity::TypeRule::all
        ? PasswordPolicy::TypeRule::all
        : PasswordPolicy::TypeRule::three_of_four;
    policy.wanted = CharacterTypes{
        complexity.wants_lower, complexity.wants_upper, complexity.wants_number, complexity.wants_special};
    policy.blocks_identical = complexity.blocks_identical;
    policy.blocks_sequential = complexity.blocks_sequential;
    policy.refuses_overlong = complexity.overlong == PasswordComplexity::Overlong::error;
    return policy;
}

}  // namespace

PasswordPolicy password_policy_of(const ConnectionPolicy& connection)
{
    PasswordPolicy policy = connection.complexity
        ? flexible(*connection.complexity)
        : password_policy_of(level_of(connection.level), length_of(connection.length_min));
    policy.keeps_history = connection.history.active && connection.history.size != 0;
    policy.has_dictionary = connection.dictionary.active;
    if (connection.dictionary.active) policy.dictionary = connection.dictionary.words;
    if (connection.personal_data.active)
        policy.blocked_fields =
            connection.personal_data.fields.empty() ? legacy_blocked_fields() : connection.personal_data.fields;
    return policy;
}

PersonalData personal_data_of(const Request& request)
{
    PersonalData person;
    person.values["email"] = request.email.str();
    person.values["given_name"] = request.given_name();
    person.values["family_name"] = request.family_name();
    if (!request.account) return person;
    const Account& account = *request.account;
    if (!account.email.empty()) person.values["email"] = account.email;
    person.values["given_name"] = account.given_name;
    person.values["family_name"] = account.family_name;
    person.values["name"] = account.name;
    person.values["nickname"] = account.nickname;
    person.values["username"] = account.username;
    person.values["phone_number"] = account.phone_number;
    person.values["user_metadata.name"] = account.metadata_name;
    person.values["user_metadata.first"] = account.metadata_first;
    person.values["user_metadata.last"] = account.metadata_last;
    return person;
}

}  // namespace countersign
