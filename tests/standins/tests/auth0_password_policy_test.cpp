#include "tests/standins/auth0/password_policy.hpp"
#include "tests/standins/tests/test_data.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace json = boost::json;
using namespace standins::auth0;

namespace {

const json::object& vectors()
{
    static const json::value file = standins::test::read_json("auth0/password_policy_vectors.json");
    return file.get_object();
}

PasswordPolicy policy_named(const std::string& level)
{
    if (level.substr(0, 5) != "flex:") return legacy_policy(level);
    return flexible_policy(vectors().at("rules").at(level).at("options").as_object());
}

}  // namespace

TEST_CASE("every vector of Auth0's password libraries is judged as they judge it", "[auth0]")
{
    int judged = 0;
    for (const json::value& value : vectors().at("vectors").as_array())
    {
        const json::object& vector = value.as_object();
        const auto password = json::value_to<std::string>(vector.at("password"));
        const auto level = json::value_to<std::string>(vector.at("level"));
        auto expected = json::value_to<std::vector<std::string>>(vector.at("failed"));
        auto found = broken_rules(password, policy_named(level));
        std::sort(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        CAPTURE(vector.at("id").as_int64(), password, level);
        CHECK(found == expected);
        CHECK(found.empty() == vector.at("ok").as_bool());
        ++judged;
    }
    CHECK(judged == vectors().at("count").as_int64());
}

TEST_CASE("every personal-data vector is judged as documented", "[auth0]")
{
    int judged = 0;
    for (const json::value& value : vectors().at("personal_info_vectors").at("vectors").as_array())
    {
        const json::object& vector = value.as_object();
        const auto password = json::value_to<std::string>(vector.at("password"));
        CAPTURE(json::serialize(vector));
        CHECK(
            has_personal_data(password, default_personal_fields(), vector.at("user").as_object()) !=
            vector.at("ok").as_bool());
        ++judged;
    }
    CHECK(judged == 11);
}

TEST_CASE("min_length replaces a level's length in both directions", "[auth0]")
{
    const auto broken = [](const char* options, const char* password) {
        return broken_rules(password, policy_of(json::parse(options).as_object()));
    };
    const char* shorter = R"({"passwordPolicy":"good","password_complexity_options":{"min_length":4}})";
    const char* longer = R"({"passwordPolicy":"low","password_complexity_options":{"min_length":12}})";
    CHECK(broken(shorter, "aB1x").empty());
    CHECK(broken(longer, "elevenchars") == std::vector<std::string>{"lengthAtLeast"});
    CHECK(broken(longer, "twelve chars").empty());
}

TEST_CASE("the flexible options replace the legacy ones", "[auth0]")
{
    const auto policy =
        policy_of(json::parse(R"({"passwordPolicy":"excellent","password_history":{"enable":true,"size":5},
            "password_options":{"complexity":{"min_length":1}}})")
                      .as_object());
    CHECK(broken_rules("x", policy).empty());
    CHECK(policy.history_size == 0);
}

TEST_CASE("a refusal names its kind in Auth0's words", "[auth0]")
{
    const auto policy = policy_of(json::parse(R"({"passwordPolicy":"low","password_history":{"enable":true,"size":2},
            "password_dictionary":{"enable":true,"dictionary":["Company2026"]},
            "password_no_personal_info":{"enable":true}})")
                                      .as_object());
    const json::object user{{"email", "jdoe@example.com"}, {"name", "John"}};
    const auto never_used = [](std::string_view) { return false; };
    const auto always_used = [](std::string_view) { return true; };

    CHECK(refusal("short", policy, user, never_used) == "PasswordStrengthError: Password is too weak");
    CHECK(refusal("company2026", policy, user, never_used) == "PasswordDictionaryError: Password is too common");
    CHECK(refusal("qwerty123", policy, user, never_used) == "PasswordDictionaryError: Password is too common");
    CHECK(
        refusal("$john!doe$!", policy, user, never_used) ==
        "PasswordNoUserInfoError: Password contains user information");
    CHECK(
        refusal("Maple-Orbit-42", policy, user, always_used) ==
        "PasswordHistoryError: Password has previously been used");
    CHECK(refusal("Maple-Orbit-42", policy, user, never_used).empty());
}
