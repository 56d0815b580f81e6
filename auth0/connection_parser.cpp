#include "auth0/connection_parser.hpp"

#include "auth0/error_answer.hpp"
#include "auth0/response_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

constexpr std::size_t words_max = 1000;  // Auth0 takes 200
constexpr int length_max = 128;
constexpr int history_max = 24;

template <class T>
using Named = std::pair<T, std::string_view>;

constexpr std::array<Named<StrengthLevel>, 5> levels = {{
    {StrengthLevel::none, "none"},
    {StrengthLevel::low, "low"},
    {StrengthLevel::fair, "fair"},
    {StrengthLevel::good, "good"},
    {StrengthLevel::excellent, "excellent"},
}};
constexpr std::array<Named<bool PasswordComplexity::*>, 4> types = {{
    {&PasswordComplexity::wants_lower, "lowercase"},
    {&PasswordComplexity::wants_upper, "uppercase"},
    {&PasswordComplexity::wants_number, "number"},
    {&PasswordComplexity::wants_special, "special"},
}};
constexpr std::array<Named<PasswordComplexity::TypeRule>, 2> type_rules = {{
    {PasswordComplexity::TypeRule::all, "all"},
    {PasswordComplexity::TypeRule::three_of_four, "three_of_four"},
}};
constexpr std::array<Named<bool>, 2> blocks = {{{false, "allow"}, {true, "block"}}};
constexpr std::array<Named<PasswordComplexity::Overlong>, 2> overlongs = {{
    {PasswordComplexity::Overlong::truncate, "truncate"},
    {PasswordComplexity::Overlong::error, "error"},
}};

// The words of a list; none when it is absent.
std::vector<std::string> words_in(const JsonReader& rules, std::string_view key)
{
    if (!rules.has(key)) return {};
    std::vector<std::string> words = rules.texts(key);
    const auto is_long = [](const std::string& word) { return word.size() > text_bytes_max; };
    if (words.size() > words_max || std::any_of(words.begin(), words.end(), is_long)) rules.refuse();
    return words;
}

PasswordComplexity complexity_in(const JsonReader& rules)
{
    PasswordComplexity complexity;
    complexity.length_min = rules.count("min_length", length_max);
    for (const std::string& type : words_in(rules, "character_types"))
    {
        bool is_known = false;
        for (const auto& [wants, name] : types)
            if (name == type) is_known = complexity.*wants = true;
        if (!is_known) rules.refuse();
    }
    complexity.type_rule = rules.named("character_type_rule", type_rules, complexity.type_rule);
    complexity.blocks_identical = rules.named("identical_characters", blocks, false);
    complexity.blocks_sequential = rules.named("sequential_characters", blocks, false);
    complexity.overlong = rules.named("max_length_exceeded", overlongs, complexity.overlong);
    return complexity;
}

void read_flexible(const JsonReader& rules, ConnectionPolicy& policy)
{
    policy.complexity = complexity_in(rules.within("complexity"));
    const JsonReader history = rules.within("history");
    policy.history = {history.flag_or("active", false), history.count("size", history_max)};
    const JsonReader dictionary = rules.within("dictionary");
    policy.dictionary = {
        dictionary.flag_or("active", false), words_in(dictionary, "custom"), short_text(dictionary, "default")};
    const JsonReader personal = rules.within("profile_data");
    policy.personal_data = {personal.flag_or("active", false), words_in(personal, "blocked_fields")};
}

void read_legacy(const JsonReader& rules, ConnectionPolicy& policy)
{
    policy.level = rules.named("passwordPolicy", levels, StrengthLevel::none);
    policy.length_min = rules.within("password_complexity_options").count("min_length", length_max);
    const JsonReader history = rules.within("password_history");
    policy.history = {history.flag_or("enable", false), history.count("size", history_max)};
    const JsonReader dictionary = rules.within("password_dictionary");
    policy.dictionary = {dictionary.flag_or("enable", false), words_in(dictionary, "dictionary"), {}};
    policy.personal_data = {rules.within("password_no_personal_info").flag_or("enable", false), {}};
}

// No password depends on these.
void read_facts(const json::value& options, ConnectionPolicy& policy)
{
    const JsonReader facts{options};
    policy.is_custom_database = facts.flag_or("enabledDatabaseCustomization", false);
    policy.imports_users = facts.flag_or("import_mode", false);
    policy.hides_password_change = facts.flag_or("disable_self_service_change_password", false);
}

const json::value* find_named(const json::array& connections, std::string_view name)
{
    for (const json::value& connection : connections)
        if (JsonReader{connection}.text_view("name") == name) return &connection;
    return nullptr;
}

}  // namespace

Outcome<ConnectionPolicy> parse_connection(const json::value& connections, const std::string& name)
{
    const json::array* list = list_in(connections, "connections");
    if (list == nullptr) return unreadable_answer(Effect::none);
    const json::value* found = find_named(*list, name);
    if (found == nullptr) return Problem{Errc::not_found, "connection_unknown"};
    const JsonReader connection{*found};
    if (connection.text_view("strategy") != "auth0") return Problem{Errc::refused, "not_a_database_account"};
    const json::value* options = found->get_object().if_contains("options");
    if (options == nullptr) return Problem{Errc::forbidden, "auth0_options_scope_missing"};
    if (!options->is_object()) return Problem{Errc::unsupported, "policy_unknown"};

    const JsonReader rules{*options};
    ConnectionPolicy policy{name};
    policy.id = short_text(connection, "id");
    const JsonReader flexible = rules.within("password_options");
    if (flexible.is_there())
        read_flexible(flexible, policy);
    else
        read_legacy(rules, policy);
    policy.password_enabled = rules.within("authentication_methods").within("password").flag_or("enabled", true);
    read_facts(*options, policy);
    if (!rules.is_sound()) return Problem{Errc::unsupported, "policy_unknown"};
    return policy;
}

}  // namespace countersign::auth0
