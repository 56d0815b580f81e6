#include "auth0/connection_parser.hpp"

#include "auth0/error_answer.hpp"
#include "auth0/json_reader.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

constexpr std::size_t words_max = 1000;  // Auth0 takes 200
constexpr std::int64_t length_max = 128;
constexpr std::int64_t history_max = 24;

template <class T>
using Named = std::pair<std::string_view, T>;

constexpr std::array<Named<StrengthLevel>, 5> levels = {{
    {"none", StrengthLevel::none},
    {"low", StrengthLevel::low},
    {"fair", StrengthLevel::fair},
    {"good", StrengthLevel::good},
    {"excellent", StrengthLevel::excellent},
}};
constexpr std::array<Named<bool PasswordComplexity::*>, 4> types = {{
    {"lowercase", &PasswordComplexity::wants_lower},
    {"uppercase", &PasswordComplexity::wants_upper},
    {"number", &PasswordComplexity::wants_number},
    {"special", &PasswordComplexity::wants_special},
}};
constexpr std::array<Named<PasswordComplexity::TypeRule>, 2> type_rules = {{
    {"all", PasswordComplexity::TypeRule::all},
    {"three_of_four", PasswordComplexity::TypeRule::three_of_four},
}};
constexpr std::array<Named<bool>, 2> blocks = {{{"allow", false}, {"block", true}}};
constexpr std::array<Named<PasswordComplexity::Overlong>, 2> overlongs = {{
    {"truncate", PasswordComplexity::Overlong::truncate},
    {"error", PasswordComplexity::Overlong::error},
}};

// Reads the members of one JSON object. The first that is there and cannot be understood clears `known`; it is looked
// at once, at the end.
class Rules
{
public:
    Rules(const json::value* object, bool& known) : object_{object}, known_{&known}
    {
        if (object_ != nullptr && object_->is_null()) object_ = nullptr;
        if (object_ != nullptr && !object_->is_object()) *known_ = false;
    }

    bool there() const { return object_ != nullptr; }

    Rules within(std::string_view key) const { return Rules{find(key), *known_}; }

    bool flag(std::string_view key, bool otherwise) const
    {
        const json::value* value = find(key);
        if (value == nullptr) return otherwise;
        if (value->is_bool()) return value->get_bool();
        *known_ = false;
        return otherwise;
    }

    std::optional<int> number(std::string_view key, std::int64_t most) const
    {
        if (find(key) == nullptr) return std::nullopt;
        const auto value = integer_at(*object_, key);
        if (value && *value >= 0 && *value <= most) return static_cast<int>(*value);
        *known_ = false;
        return std::nullopt;
    }

    template <class T, std::size_t size>
    T word(std::string_view key, const std::array<Named<T>, size>& words, T otherwise) const
    {
        const json::value* value = find(key);
        if (value == nullptr) return otherwise;
        if (value->is_string())
            for (const auto& [word, meaning] : words)
                if (word == text_at(*object_, key)) return meaning;
        *known_ = false;
        return otherwise;
    }

    // The word as it is there; what it means is checked by the caller.
    std::string text(std::string_view key) const
    {
        const json::value* value = find(key);
        if (value == nullptr) return {};
        if (!value->is_string()) *known_ = false;
        return cut(text_at(*object_, key));
    }

    std::vector<std::string> texts(std::string_view key) const
    {
        std::vector<std::string> out;
        const json::value* value = find(key);
        if (value == nullptr) return out;
        if (!value->is_array() || value->get_array().size() > words_max) *known_ = false;
        if (!*known_) return out;
        for (const json::value& each : value->get_array())
        {
            if (each.is_string() && each.get_string().size() <= text_bytes_max)
                out.emplace_back(each.get_string().data(), each.get_string().size());
            else
                *known_ = false;
        }
        return out;
    }

private:
    // Null is as good as absent.
    const json::value* find(std::string_view key) const
    {
        const json::value* value = object_ != nullptr ? member(*object_, key) : nullptr;
        return value != nullptr && !value->is_null() ? value : nullptr;
    }

    const json::value* object_;
    bool* known_;
};

PasswordComplexity complexity_in(const Rules& rules, bool& known)
{
    PasswordComplexity complexity;
    complexity.length_min = rules.number("min_length", length_max);
    for (const std::string& type : rules.texts("character_types"))
    {
        bool is_known = false;
        for (const auto& [name, wants] : types)
            if (name == type) is_known = complexity.*wants = true;
        if (!is_known) known = false;
    }
    complexity.type_rule = rules.word("character_type_rule", type_rules, complexity.type_rule);
    complexity.blocks_identical = rules.word("identical_characters", blocks, false);
    complexity.blocks_sequential = rules.word("sequential_characters", blocks, false);
    complexity.overlong = rules.word("max_length_exceeded", overlongs, complexity.overlong);
    return complexity;
}

void read_flexible(const Rules& rules, ConnectionPolicy& policy, bool& known)
{
    policy.complexity = complexity_in(rules.within("complexity"), known);
    const Rules history = rules.within("history");
    policy.history = {history.flag("active", false), history.number("size", history_max)};
    const Rules dictionary = rules.within("dictionary");
    policy.dictionary = {dictionary.flag("active", false), dictionary.texts("custom"), dictionary.text("default")};
    const Rules personal = rules.within("profile_data");
    policy.personal_data = {personal.flag("active", false), personal.texts("blocked_fields")};
}

void read_legacy(const Rules& rules, ConnectionPolicy& policy)
{
    policy.level = rules.word("passwordPolicy", levels, StrengthLevel::none);
    policy.length_min = rules.within("password_complexity_options").number("min_length", length_max);
    const Rules history = rules.within("password_history");
    policy.history = {history.flag("enable", false), history.number("size", history_max)};
    const Rules dictionary = rules.within("password_dictionary");
    policy.dictionary = {dictionary.flag("enable", false), dictionary.texts("dictionary"), {}};
    policy.personal_data = {rules.within("password_no_personal_info").flag("enable", false), {}};
}

// No password depends on these.
void read_facts(const json::value& options, ConnectionPolicy& policy)
{
    bool unused = true;
    const Rules facts{&options, unused};
    policy.is_custom_database = facts.flag("enabledDatabaseCustomization", false);
    policy.imports_users = facts.flag("import_mode", false);
    policy.hides_password_change = facts.flag("disable_self_service_change_password", false);
}

const json::value* find_named(const json::array& connections, std::string_view name)
{
    for (const json::value& connection : connections)
        if (text_at(connection, "name") == name) return &connection;
    return nullptr;
}

}  // namespace

Outcome<ConnectionPolicy> parse_connection(const json::value& connections, const std::string& name)
{
    const json::value* wrapped = member(connections, "connections");
    const json::array* list = (wrapped != nullptr ? *wrapped : connections).if_array();
    if (list == nullptr) return unreadable_answer(Effect::none);
    const json::value* connection = find_named(*list, name);
    if (connection == nullptr) return Problem{Errc::not_found, "connection_unknown"};
    if (text_at(*connection, "strategy") != "auth0") return Problem{Errc::refused, "not_a_database_account"};
    const json::value* options = member(*connection, "options");
    if (options == nullptr) return Problem{Errc::forbidden, "auth0_options_scope_missing"};

    bool known = true;
    const Rules rules{options, known};
    ConnectionPolicy policy{name};
    policy.id = cut(text_at(*connection, "id"));
    const Rules flexible = rules.within("password_options");
    if (flexible.there())
        read_flexible(flexible, policy, known);
    else
        read_legacy(rules, policy);
    policy.password_enabled = rules.within("authentication_methods").within("password").flag("enabled", true);
    read_facts(*options, policy);
    if (!known || !rules.there()) return Problem{Errc::unsupported, "policy_unknown"};
    return policy;
}

}  // namespace countersign::auth0
