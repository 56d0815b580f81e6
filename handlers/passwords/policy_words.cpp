#include "handlers/passwords/policy_words.hpp"

#include "handlers/core/text.hpp"

namespace countersign::passwords {

namespace {

// "a", "a and b", "a, b and c"
std::string joined(const std::vector<std::string>& parts, std::string_view last)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
    {
        if (i > 0) text += i + 1 == parts.size() ? last : std::string_view{", "};
        text += parts[i];
    }
    return text;
}

std::vector<std::string> words_of(const CharacterTypes& types, const std::string& before)
{
    std::vector<std::string> words;
    if (types.lower) words.push_back(before + "small letter (a-z)");
    if (types.upper) words.push_back(before + "capital letter (A-Z)");
    if (types.digit) words.push_back(before + "digit (0-9)");
    if (types.special) words.push_back(before + "special character (such as ! or -)");
    return words;
}

std::string too_short(std::size_t has, std::size_t needs)
{
    return "has " + std::to_string(has) + (has == 1 ? " character where " : " characters where ") +
        std::to_string(needs) + " are needed";
}

// Three of four are needed, so that one of those that are missing may stay so.
std::string too_few_types(const std::vector<std::string>& missing)
{
    const std::string_view number = missing.size() < 3 ? "" : missing.size() == 3 ? "two of: " : "three of: ";
    return "needs " + std::string{number} + joined(missing, " or ");
}

}  // namespace

std::string explain(PasswordFault fault, const PasswordPolicy& policy, const Secret& password)
{
    switch (fault)
    {
    case PasswordFault::empty: return "is empty";
    case PasswordFault::too_short: return too_short(utf16_units(password.expose()), policy.length_min);
    case PasswordFault::types_missing:
        return "has " + joined(words_of(missing_types(policy, password), "no "), " and ");
    case PasswordFault::types_too_few: return too_few_types(words_of(missing_types(policy, password), "a "));
    case PasswordFault::identical_run: return "has the same character three times in a row";
    case PasswordFault::sequential_run:
        return "has three letters or digits in a row that follow one another, as in abc or 321";
    case PasswordFault::overlong:
        return "is longer than 72 bytes (it has " + std::to_string(password.expose().size()) + ")";
    case PasswordFault::cut_off:
        return "is longer than 72 bytes (it has " + std::to_string(password.expose().size()) +
            "), and Auth0 would ignore the rest without a word";
    case PasswordFault::common: return "is a common or forbidden password";
    case PasswordFault::personal: return "contains personal data of the account";
    case PasswordFault::used_before: return "was used before";
    }
    return "has a fault that is not known here";
}

std::string explain(const std::vector<PasswordFault>& faults, const PasswordPolicy& policy, const Secret& password)
{
    if (password.empty() && !faults.empty()) return "is empty";  // which breaks every rule
    std::vector<std::string> parts;
    parts.reserve(faults.size());
    for (const PasswordFault fault : faults) parts.push_back(explain(fault, policy, password));
    return joined(parts, " and ");
}

}  // namespace countersign::passwords
