#include "handlers/passwords/password_policy.hpp"

#include "handlers/core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::passwords {

namespace {

constexpr std::array<std::pair<StrengthLevel, std::string_view>, 5> level_names = {{
    {StrengthLevel::none, "none"},
    {StrengthLevel::low, "low"},
    {StrengthLevel::fair, "fair"},
    {StrengthLevel::good, "good"},
    {StrengthLevel::excellent, "excellent"},
}};

// The head of every list of common passwords; nothing that we make can be among the rest.
constexpr std::array<std::string_view, 12> common_passwords = {"123456",    "password", "12345678", "qwerty",
                                                               "123456789", "12345",    "1234",     "111111",
                                                               "1234567",   "dragon",   "123123",   "password1"};

constexpr std::size_t run_max = 2;

// What the rules look at, taken from the UTF-16 units in one pass, so that no second copy of the password is made.
class Traits
{
public:
    explicit Traits(std::string_view password)
    {
        for (std::size_t at = 0; at < password.size();)
        {
            const CodePoint c = code_point_at(password, at);
            if (c.value > 0xFFFF)
            {
                // A surrogate is no letter, and two alike never stand side by side.
                add(static_cast<char16_t>(0xD800 + ((c.value - 0x10000) >> 10)));
                add(static_cast<char16_t>(0xDC00 + ((c.value - 0x10000) & 0x3FF)));
            }
            else
                add(static_cast<char16_t>(c.value));
            at += c.bytes;
        }
    }

    std::size_t units = 0;
    CharacterTypes types;
    std::size_t identical_run = 0;   // the longest
    std::size_t sequential_run = 0;  // the longest

private:
    void add(char16_t unit)
    {
        const bool lower = unit >= u'a' && unit <= u'z', upper = unit >= u'A' && unit <= u'Z';
        const bool digit = unit >= u'0' && unit <= u'9';
        types.lower |= lower;
        types.upper |= upper;
        types.digit |= digit;
        types.special |= unit >= u' ' && unit <= u'~' && !lower && !upper && !digit;

        const bool is_alphanumeric = lower || upper || digit;
        const int step = unit - previous_;
        const bool follows = units > 0 && is_alphanumeric && was_alphanumeric_ && (step == 1 || step == -1);
        sequence_ = !follows ? 1 : step == direction_ ? sequence_ + 1 : 2;
        direction_ = follows ? step : 0;
        alike_ = units > 0 && step == 0 ? alike_ + 1 : 1;

        identical_run = std::max(identical_run, alike_);
        sequential_run = std::max(sequential_run, sequence_);
        previous_ = unit;
        was_alphanumeric_ = is_alphanumeric;
        ++units;
    }

    char16_t previous_ = 0;
    bool was_alphanumeric_ = false;
    int direction_ = 0;
    std::size_t alike_ = 0;
    std::size_t sequence_ = 0;
};

// Nothing is shorter than one: a connection that says 0 refuses the empty password still.
std::size_t length_of(std::optional<int> said, std::size_t otherwise)
{
    return said ? static_cast<std::size_t>(std::max(*said, 1)) : otherwise;
}

CharacterTypes lacking(const PasswordPolicy& policy, const CharacterTypes& present)
{
    const bool all = policy.type_rule == PasswordPolicy::TypeRule::three_of_four;
    CharacterTypes lacks;
    lacks.lower = (all || policy.wanted.lower) && !present.lower;
    lacks.upper = (all || policy.wanted.upper) && !present.upper;
    lacks.digit = (all || policy.wanted.digit) && !present.digit;
    lacks.special = (all || policy.wanted.special) && !present.special;
    return lacks;
}

int count_of(const CharacterTypes& types)
{
    return int{types.lower} + int{types.upper} + int{types.digit} + int{types.special};
}

void add_character_faults(std::vector<PasswordFault>& faults, const PasswordPolicy& policy, const Traits& traits)
{
    const bool is_empty = traits.units == 0;
    if (traits.units < std::max<std::size_t>(policy.length_min, 1))
        faults.push_back(policy.length_min <= 1 ? PasswordFault::empty : PasswordFault::too_short);
    const int lacks = count_of(lacking(policy, traits.types));
    if (policy.type_rule == PasswordPolicy::TypeRule::three_of_four)
    {
        if (lacks > 1) faults.push_back(PasswordFault::types_too_few);
    }
    else if (lacks > 0)
        faults.push_back(PasswordFault::types_missing);
    if (policy.blocks_identical && (is_empty || traits.identical_run > run_max))
        faults.push_back(PasswordFault::identical_run);
    if (policy.blocks_sequential && (is_empty || traits.sequential_run > run_max))
        faults.push_back(PasswordFault::sequential_run);
}

bool is_common(const PasswordPolicy& policy, std::string_view password)
{
    const auto is_it = [password](std::string_view word) { return equal_ignoring_case(password, word); };
    return std::any_of(common_passwords.begin(), common_passwords.end(), is_it) ||
        std::any_of(policy.dictionary.begin(), policy.dictionary.end(), is_it);
}

bool is_personal(const PasswordPolicy& policy, std::string_view password, const PersonalData& person)
{
    const auto values = blocked_values(policy, person);
    return std::any_of(values.begin(), values.end(), [password](std::string_view value) {
        return contains_ignoring_case(password, value);
    });
}

}  // namespace

std::string_view name_of(StrengthLevel level) noexcept
{
    for (const auto& [value, name] : level_names)
        if (value == level) return name;
    return "corrupt";
}

std::optional<StrengthLevel> strength_level_named(std::string_view name) noexcept
{
    for (const auto& [level, known] : level_names)
        if (known == name) return level;
    return std::nullopt;
}

std::string_view name_of(PasswordFault fault) noexcept
{
    switch (fault)
    {
    case PasswordFault::empty: return "nonEmpty";
    case PasswordFault::too_short: return "lengthAtLeast";
    case PasswordFault::types_missing: return "shouldContain";
    case PasswordFault::types_too_few: return "containsAtLeast";
    case PasswordFault::identical_run: return "identicalChars";
    case PasswordFault::sequential_run: return "sequentialChars";
    case PasswordFault::overlong: return "maxLength";
    case PasswordFault::cut_off: return "over_72_bytes";
    case PasswordFault::common: return "common_password";
    case PasswordFault::personal: return "personal_data";
    case PasswordFault::used_before: return "used_before";
    }
    return "corrupt";
}

PasswordPolicy password_policy_of(const PasswordComplexity& complexity)
{
    PasswordPolicy policy;
    policy.length_min = length_of(complexity.length_min, policy.length_min);
    if (complexity.type_rule == PasswordComplexity::TypeRule::three_of_four)
        policy.type_rule = PasswordPolicy::TypeRule::three_of_four;
    policy.wanted = {complexity.wants_lower, complexity.wants_upper, complexity.wants_number, complexity.wants_special};
    policy.blocks_identical = complexity.blocks_identical;
    policy.blocks_sequential = complexity.blocks_sequential;
    policy.refuses_overlong = complexity.overlong == PasswordComplexity::Overlong::error;
    return policy;
}

PasswordPolicy password_policy_of(const ConnectionPolicy& connection)
{
    PasswordPolicy policy;
    if (connection.complexity)
        policy = password_policy_of(*connection.complexity);
    else
    {
        policy = password_policy_of(connection.level);
        policy.length_min = length_of(connection.length_min, policy.length_min);
    }
    policy.keeps_history = connection.history.active;
    policy.has_dictionary = connection.dictionary.active;
    if (policy.has_dictionary) policy.dictionary = connection.dictionary.words;
    if (connection.personal_data.active)
        policy.blocked_fields =
            connection.personal_data.fields.empty() ? legacy_blocked_fields() : connection.personal_data.fields;
    return policy;
}

PersonalData personal_data_of(const Account& account)
{
    PersonalData person;
    const auto add = [&person](const char* field, const std::string& value) {
        if (!value.empty()) person.values.emplace(field, value);
    };
    add("email", account.email);
    add("name", account.name);
    add("given_name", account.given_name);
    add("family_name", account.family_name);
    add("nickname", account.nickname);
    add("username", account.username);
    add("phone_number", account.phone_number);
    add("user_metadata.name", account.metadata_name);
    add("user_metadata.first", account.metadata_first);
    add("user_metadata.last", account.metadata_last);
    return person;
}

PasswordPolicy password_policy_of(StrengthLevel level, std::optional<std::size_t> length_min)
{
    PasswordPolicy policy;
    switch (level)
    {
    case StrengthLevel::none: break;
    case StrengthLevel::low: policy.length_min = 6; break;
    case StrengthLevel::fair:
        policy.length_min = 8;
        policy.wanted.lower = policy.wanted.upper = policy.wanted.digit = true;
        break;
    case StrengthLevel::good:
        policy.length_min = 8;
        policy.type_rule = PasswordPolicy::TypeRule::three_of_four;
        break;
    case StrengthLevel::excellent:
        policy.length_min = 10;
        policy.type_rule = PasswordPolicy::TypeRule::three_of_four;
        policy.blocks_identical = true;
        break;
    }
    policy.length_min = length_min.value_or(policy.length_min);
    return policy;
}

const std::vector<std::string>& legacy_blocked_fields()
{
    static const std::vector<std::string> fields = {
        "name", "username", "nickname", "user_metadata.name", "user_metadata.first", "user_metadata.last", "email"};
    return fields;
}

std::vector<std::string_view> blocked_values(const PasswordPolicy& policy, const PersonalData& person)
{
    std::vector<std::string_view> values;
    for (const std::string& field : policy.blocked_fields)
    {
        const auto found = person.values.find(field);
        if (found == person.values.end()) continue;
        std::string_view value = found->second;
        if (field == "email") value = value.substr(0, value.rfind('@'));
        if (!value.empty()) values.push_back(value);
    }
    return values;
}

std::vector<PasswordFault> faults_of(
    const PasswordPolicy& policy, const Secret& password, const PersonalData& person, bool used_before)
{
    const std::string_view text = password.expose();
    std::vector<PasswordFault> faults;
    add_character_faults(faults, policy, Traits{text});
    if (policy.refuses_overlong && (text.empty() || text.size() > password_bytes_max))
        faults.push_back(PasswordFault::overlong);
    if (!policy.refuses_overlong && text.size() > password_bytes_max) faults.push_back(PasswordFault::cut_off);
    if (policy.has_dictionary && is_common(policy, text)) faults.push_back(PasswordFault::common);
    if (is_personal(policy, text, person)) faults.push_back(PasswordFault::personal);
    if (policy.keeps_history && used_before) faults.push_back(PasswordFault::used_before);
    return faults;
}

CharacterTypes missing_types(const PasswordPolicy& policy, const Secret& password)
{
    return lacking(policy, Traits{password.expose()}.types);
}

}  // namespace countersign::passwords
