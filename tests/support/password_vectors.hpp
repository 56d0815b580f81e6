#pragma once

#include "handlers/passwords/password_policy.hpp"
#include "tests/support/test_data.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::test {

inline std::string text_of(const boost::json::value& value)
{
    return {value.as_string().data(), value.as_string().size()};
}

inline std::vector<std::string> codes_of(const std::vector<passwords::PasswordFault>& faults)
{
    std::vector<std::string> codes;
    for (const passwords::PasswordFault fault : faults) codes.emplace_back(name_of(fault));
    return codes;
}

// The policy of a password_options.complexity object as the vectors hold it.
inline passwords::PasswordPolicy flexible_policy(const boost::json::object& complexity)
{
    const auto is = [&](std::string_view key, std::string_view word) {
        const auto* value = complexity.if_contains(boost::json::string_view{key.data(), key.size()});
        return value != nullptr && text_of(*value) == word;
    };
    passwords::PasswordPolicy policy;
    policy.length_min = static_cast<std::size_t>(complexity.at("min_length").as_int64());
    if (const auto* types = complexity.if_contains("character_types"))
        for (const auto& type : types->as_array())
        {
            policy.wanted.lower |= type == "lowercase";
            policy.wanted.upper |= type == "uppercase";
            policy.wanted.digit |= type == "number";
            policy.wanted.special |= type == "special";
        }
    if (is("character_type_rule", "three_of_four"))
        policy.type_rule = passwords::PasswordPolicy::TypeRule::three_of_four;
    policy.blocks_identical = is("identical_characters", "block");
    policy.blocks_sequential = is("sequential_characters", "block");
    policy.refuses_overlong = is("max_length_exceeded", "error");
    return policy;
}

// What Auth0's policy libraries say of a password (tests/data/auth0/README.auth0.md).
struct PasswordVector
{
    std::int64_t id;
    std::string policy_name;  // a level, or "flex:..."
    passwords::PasswordPolicy policy;
    std::string password;
    bool is_standard;  // made of `first` and `last` in the standard format
    std::string first;
    std::string last;
    bool ok;
    std::vector<std::string> failed;
    std::int64_t units;
    std::int64_t bytes;
};

inline const boost::json::value& password_vector_file()
{
    static const boost::json::value file = test_data("auth0/password_policy_vectors.json");
    return file;
}

inline passwords::PasswordPolicy policy_named(const std::string& name)
{
    if (const auto level = passwords::strength_level_named(name)) return passwords::password_policy_of(*level);
    return flexible_policy(password_vector_file().at("rules").as_object().at(name).at("options").as_object());
}

inline std::vector<PasswordVector> password_vectors()
{
    std::vector<PasswordVector> vectors;
    for (const auto& each : password_vector_file().at("vectors").as_array())
    {
        const std::string level = text_of(each.at("level"));
        const bool is_standard = each.at("kind") == "sop";
        PasswordVector vector{
            each.at("id").as_int64(),
            level,
            policy_named(level),
            text_of(each.at("password")),
            is_standard,
            is_standard ? text_of(each.at("first")) : std::string{},
            is_standard ? text_of(each.at("last")) : std::string{},
            each.at("ok").as_bool(),
            {},
            each.at("utf16_units").as_int64(),
            each.at("utf8_bytes").as_int64()};
        for (const auto& code : each.at("failed").as_array()) vector.failed.push_back(text_of(code));
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

struct PersonalVector
{
    std::string password;
    passwords::PersonalData person;
    bool ok;
    std::string note;
};

inline std::vector<PersonalVector> personal_vectors()
{
    std::vector<PersonalVector> vectors;
    for (const auto& each : password_vector_file().at("personal_info_vectors").at("vectors").as_array())
    {
        PersonalVector vector{text_of(each.at("password")), {}, each.at("ok").as_bool(), text_of(each.at("note"))};
        for (const auto& [key, value] : each.at("user").as_object())
        {
            const std::string name{key.data(), key.size()};
            if (value.is_string()) vector.person.values[name] = text_of(value);
            if (!value.is_object()) continue;
            for (const auto& [inner, text] : value.as_object())
                vector.person.values[name + '.' + std::string{inner.data(), inner.size()}] = text_of(text);
        }
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

}  // namespace countersign::test
