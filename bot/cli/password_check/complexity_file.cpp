#include "bot/cli/password_check/complexity_file.hpp"

#include "auth0/connection_parser.hpp"
#include "bot/cli/password_check/input_file.hpp"
#include "handlers/core/wiped_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

namespace countersign {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 6> known_keys = {
    "min_length",           "character_types",       "character_type_rule",
    "identical_characters", "sequential_characters", "max_length_exceeded"};

std::string_view unknown_key(const json::object& complexity)
{
    for (const auto& [key, value] : complexity)
    {
        const std::string_view name{key.data(), key.size()};
        if (std::find(known_keys.begin(), known_keys.end(), name) == known_keys.end()) return name;
    }
    return {};
}

// The reader of connections judges it: a connection with nothing else is put around it.
std::optional<PasswordComplexity> parsed(const json::object& complexity)
{
    const std::string name = "checked";
    const json::value connections = {
        {{"name", name}, {"strategy", "auth0"}, {"options", {{"password_options", {{"complexity", complexity}}}}}}};
    const auto connection = auth0::parse_connection(connections, name);
    if (!connection) return std::nullopt;
    return connection->complexity;
}

bool is_consistent(const PasswordComplexity& complexity)
{
    constexpr int length_max = 72;
    if (complexity.length_min && (*complexity.length_min < 1 || *complexity.length_min > length_max)) return false;
    return complexity.type_rule == PasswordComplexity::TypeRule::all ||
        (complexity.wants_lower && complexity.wants_upper && complexity.wants_number && complexity.wants_special);
}

constexpr std::string_view expected =
    "A password_options.complexity object may have min_length (1 to 72), character_types (uppercase, lowercase, "
    "number, special), character_type_rule (all, or three_of_four with all four types), identical_characters and "
    "sequential_characters (allow, block), max_length_exceeded (truncate, error).";

}  // namespace

std::optional<passwords::PasswordPolicy> read_complexity(const std::string& file, std::ostream& err)
{
    const auto text = read_input(file, json_bytes_max, err);
    if (!text) return std::nullopt;
    const auto value = parse_wiped(text->expose());
    const json::object* object = value ? value->if_object() : nullptr;
    if (object == nullptr)
    {
        err << file << ": " << (value ? "is JSON, but no object" : "is no JSON") << '\n';
        return std::nullopt;
    }
    if (const std::string_view key = unknown_key(*object); !key.empty())
    {
        err << file << ": the key " << json::serialize(json::string_view{key.data(), key.size()}) << " is not known. "
            << expected << '\n';
        return std::nullopt;
    }
    const auto complexity = parsed(*object);
    if (!complexity || !is_consistent(*complexity))
    {
        err << file << ": a value is not known. " << expected << '\n';
        return std::nullopt;
    }
    return passwords::password_policy_of(*complexity);
}

}  // namespace countersign
