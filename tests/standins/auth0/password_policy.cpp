#include "tests/standins/auth0/password_policy.hpp"

#include "tests/standins/auth0/text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace standins::auth0 {

namespace json = boost::json;

namespace {

constexpr std::size_t bytes_max = 72;

// The tenant's real list has 10 000 entries; these stand for it.
constexpr std::array<std::string_view, 20> common_passwords{
    "123456",   "12345678", "123456789", "1234567890", "password", "password1", "password123",
    "passw0rd", "p@ssw0rd", "qwerty",    "qwerty123",  "abc123",   "letmein",   "iloveyou",
    "admin123", "welcome1", "monkey",    "dragon",     "sunshine", "football1"};

std::u16string utf16_units(std::string_view text)
{
    std::u16string units;
    for (std::size_t i = 0; i < text.size();)
    {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80U ? 1 : lead < 0xe0U ? 2 : lead < 0xf0U ? 3 : 4;
        char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        i += length;
        if (point < 0x10000U)
            units += static_cast<char16_t>(point);
        else
        {
            units += static_cast<char16_t>(0xd800U + ((point - 0x10000U) >> 10U));
            units += static_cast<char16_t>(0xdc00U + ((point - 0x10000U) & 0x3ffU));
        }
    }
    return units;
}

bool is_lower(char16_t c) { return c >= u'a' && c <= u'z'; }
bool is_upper(char16_t c) { return c >= u'A' && c <= u'Z'; }
bool is_digit(char16_t c) { return c >= u'0' && c <= u'9'; }
bool is_alphanumeric(char16_t c) { return is_lower(c) || is_upper(c) || is_digit(c); }
bool is_special(char16_t c) { return c >= u' ' && c <= u'~' && !is_alphanumeric(c); }

bool has_identical_run(const std::u16string& units, std::size_t run_max)
{
    std::size_t run = 1;
    for (std::size_t i = 1; i < units.size(); ++i)
    {
        run = units[i] == units[i - 1] ? run + 1 : 1;
        if (run > run_max) return true;
    }
    return false;
}

bool has_sequential_run(const std::u16string& units, std::size_t run_max, int step)
{
    std::size_t run = 1;
    for (std::size_t i = 1; i < units.size(); ++i)
    {
        const bool follows = is_alphanumeric(units[i]) && is_alphanumeric(units[i - 1]) &&
            static_cast<int>(units[i]) - static_cast<int>(units[i - 1]) == step;
        run = follows ? run + 1 : 1;
        if (run > run_max) return true;
    }
    return false;
}

bool mix_holds(const std::u16string& units, const PasswordPolicy& policy)
{
    const bool lower = std::any_of(units.begin(), units.end(), is_lower);
    const bool upper = std::any_of(units.begin(), units.end(), is_upper);
    const bool digit = std::any_of(units.begin(), units.end(), is_digit);
    const bool special = std::any_of(units.begin(), units.end(), is_special);
    switch (policy.mix)
    {
    case PasswordPolicy::Mix::any: return true;
    case PasswordPolicy::Mix::all_of:
        return (lower || !policy.lower) && (upper || !policy.upper) && (digit || !policy.digit) &&
            (special || !policy.special);
    case PasswordPolicy::Mix::three_of_four: return int{lower} + int{upper} + int{digit} + int{special} >= 3;
    }
    return false;
}

bool is_common(std::string_view password, const PasswordPolicy& policy)
{
    const std::string lower = to_lower(password);
    if (std::find(common_passwords.begin(), common_passwords.end(), lower) != common_passwords.end()) return true;
    return std::any_of(policy.custom_words.begin(), policy.custom_words.end(), [&lower](const std::string& word) {
        return to_lower(word) == lower;
    });
}

const json::object* object_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value == nullptr ? nullptr : value->if_object();
}

bool is_set(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

bool has_text(const json::object& object, std::string_view key, std::string_view expected)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() && std::string_view{value->get_string()} == expected;
}

std::size_t size_at(const json::object& object, std::string_view key, std::size_t fallback)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? static_cast<std::size_t>(value->get_int64()) : fallback;
}

std::vector<std::string> texts_at(const json::object& object, std::string_view key)
{
    std::vector<std::string> texts;
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_array()) return texts;
    for (const json::value& item : value->get_array())
        if (item.is_string()) texts.emplace_back(std::string_view{item.get_string()});
    return texts;
}

void add_flexible_switches(PasswordPolicy& policy, const json::object& options)
{
    if (const auto* history = object_at(options, "history"); history && is_set(*history, "active"))
        policy.history_size = size_at(*history, "size", 5);
    if (const auto* dictionary = object_at(options, "dictionary"); dictionary && is_set(*dictionary, "active"))
    {
        policy.has_dictionary = true;
        policy.custom_words = texts_at(*dictionary, "custom");
    }
    if (const auto* profile = object_at(options, "profile_data"); profile && is_set(*profile, "active"))
    {
        policy.personal_fields = texts_at(*profile, "blocked_fields");
        if (policy.personal_fields.empty()) policy.personal_fields = default_personal_fields();
    }
}

}  // namespace

PasswordPolicy legacy_policy(std::string_view level)
{
    PasswordPolicy policy;
    if (level == "low") policy.length_min = 6;
    if (level == "fair")
    {
        policy.length_min = 8;
        policy.mix = PasswordPolicy::Mix::all_of;
        policy.lower = policy.upper = policy.digit = true;
    }
    if (level == "good" || level == "excellent")
    {
        policy.length_min = 8;
        policy.mix = PasswordPolicy::Mix::three_of_four;
    }
    if (level == "excellent")
    {
        policy.length_min = 10;
        policy.identical_max = 2;
    }
    return policy;
}

PasswordPolicy flexible_policy(const json::object& complexity)
{
    PasswordPolicy policy;
    policy.length_min = size_at(complexity, "min_length", 15);
    const auto types = texts_at(complexity, "character_types");
    policy.lower = contains(types, "lowercase");
    policy.upper = contains(types, "uppercase");
    policy.digit = contains(types, "number");
    policy.special = contains(types, "special");
    if (has_text(complexity, "character_type_rule", "three_of_four"))
        policy.mix = PasswordPolicy::Mix::three_of_four;
    else if (!types.empty())
        policy.mix = PasswordPolicy::Mix::all_of;
    if (has_text(complexity, "identical_characters", "block")) policy.identical_max = 2;
    if (has_text(complexity, "sequential_characters", "block")) policy.sequential_max = 2;
    policy.refuse_over_72_bytes = has_text(complexity, "max_length_exceeded", "error");
    return policy;
}

PasswordPolicy policy_of(const json::object& options)
{
    if (const auto* flexible = object_at(options, "password_options"))
    {
        const auto* complexity = object_at(*flexible, "complexity");
        PasswordPolicy policy = flexible_policy(complexity ? *complexity : json::object{});
        add_flexible_switches(policy, *flexible);
        return policy;
    }

    const auto* level = options.if_contains("passwordPolicy");
    PasswordPolicy policy =
        legacy_policy(level && level->is_string() ? std::string_view{level->get_string()} : std::string_view{"none"});
    if (const auto* length = object_at(options, "password_complexity_options"))
        policy.length_min = size_at(*length, "min_length", policy.length_min);
    if (const auto* history = object_at(options, "password_history"); history && is_set(*history, "enable"))
        policy.history_size = size_at(*history, "size", 5);
    if (const auto* dictionary = object_at(options, "password_dictionary"); dictionary && is_set(*dictionary, "enable"))
    {
        policy.has_dictionary = true;
        policy.custom_words = texts_at(*dictionary, "dictionary");
    }
    if (const auto* personal = object_at(options, "password_no_personal_info"); personal && is_set(*personal, "enable"))
        policy.personal_fields = default_personal_fields();
    return policy;
}

const std::vector<std::string>& default_personal_fields()
{
    static const std::vector<std::string> fields{
        "name", "username", "nickname", "user_metadata.name", "user_metadata.first", "user_metadata.last", "email"};
    return fields;
}

std::vector<std::string> broken_rules(std::string_view password, const PasswordPolicy& policy)
{
    const std::u16string units = utf16_units(password);
    std::vector<std::string> broken;
    if (policy.length_min == 0 && units.empty()) broken.emplace_back("nonEmpty");
    if (units.size() < policy.length_min) broken.emplace_back("lengthAtLeast");
    if (!mix_holds(units, policy))
        broken.emplace_back(policy.mix == PasswordPolicy::Mix::all_of ? "shouldContain" : "containsAtLeast");
    if (policy.identical_max > 0 && has_identical_run(units, policy.identical_max))
        broken.emplace_back("identicalChars");
    if (policy.sequential_max > 0 &&
        (has_sequential_run(units, policy.sequential_max, 1) || has_sequential_run(units, policy.sequential_max, -1)))
        broken.emplace_back("sequentialChars");
    if (policy.refuse_over_72_bytes && password.size() > bytes_max) broken.emplace_back("maxLength");
    return broken;
}

bool has_personal_data(std::string_view password, const std::vector<std::string>& fields, const json::object& user)
{
    const std::string lower = to_lower(password);
    for (const std::string& field : fields)
    {
        const auto dot = field.find('.');
        const json::object* holder = dot == std::string::npos ? &user : object_at(user, field.substr(0, dot));
        const auto* value =
            holder == nullptr ? nullptr : holder->if_contains(dot == std::string::npos ? field : field.substr(dot + 1));
        if (value == nullptr || !value->is_string()) continue;
        std::string text = to_lower(std::string_view{value->get_string()});
        if (field == "email") text = text.substr(0, text.find('@'));
        if (!text.empty() && lower.find(text) != std::string::npos) return true;
    }
    return false;
}

std::string_view effective_password(std::string_view password, const PasswordPolicy& policy)
{
    return policy.refuse_over_72_bytes ? password : password.substr(0, bytes_max);
}

std::string_view refusal(
    std::string_view password, const PasswordPolicy& policy, const json::object& user,
    const std::function<bool(std::string_view)>& was_used)
{
    if (!broken_rules(password, policy).empty()) return "PasswordStrengthError: Password is too weak";
    if (policy.has_dictionary && is_common(password, policy)) return "PasswordDictionaryError: Password is too common";
    if (has_personal_data(password, policy.personal_fields, user))
        return "PasswordNoUserInfoError: Password contains user information";
    if (policy.history_size > 0 && was_used(effective_password(password, policy)))
        return "PasswordHistoryError: Password has previously been used";
    return {};
}

}  // namespace standins::auth0
