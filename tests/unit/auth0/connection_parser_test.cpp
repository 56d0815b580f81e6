#include "auth0/connection_parser.hpp"

#include "tests/support/recordings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <string>
#include <utility>

using namespace countersign;
using namespace countersign::auth0;
namespace json = boost::json;

namespace {

Outcome<ConnectionPolicy> parse(const std::string& text, const std::string& name = "Main")
{
    return parse_connection(json::parse(text), name);
}

// A database connection with these options.
Outcome<ConnectionPolicy> with_options(const std::string& options)
{
    return parse(R"([{"name":"Main","id":"con_1","strategy":"auth0","options":)" + options + "}]");
}

const json::value& recorded(std::string_view file)
{
    for (const json::value& recording : test::auth0_recordings().at("recordings").as_array())
        if (std::string_view{recording.at("file").as_string()}.find(file) != std::string_view::npos)
            if (recording.at("response").at("status").as_int64() < 300) return recording.at("response").at("body");
    throw std::runtime_error{"no such recording"};
}

}  // namespace

TEST_CASE("a level and a length of its own are read from a legacy connection", "[auth0]")
{
    const auto policy = with_options(R"({"passwordPolicy":"fair","password_complexity_options":{"min_length":12}})");
    REQUIRE(policy.has_value());
    CHECK(policy->name == "Main");
    CHECK(policy->id == "con_1");
    CHECK(policy->level == StrengthLevel::fair);
    CHECK(policy->length_min == 12);
    CHECK_FALSE(policy->complexity);
    CHECK(policy->password_enabled);
}

TEST_CASE("every level has its word", "[auth0]")
{
    CHECK(with_options(R"({"passwordPolicy":"none"})")->level == StrengthLevel::none);
    CHECK(with_options(R"({"passwordPolicy":"low"})")->level == StrengthLevel::low);
    CHECK(with_options(R"({"passwordPolicy":"good"})")->level == StrengthLevel::good);
    CHECK(with_options(R"({"passwordPolicy":"excellent"})")->level == StrengthLevel::excellent);
}

TEST_CASE("a connection that demands nothing says so by absent keys or by nulls", "[auth0]")
{
    const std::string options = GENERATE(
        "{}",
        R"({"passwordPolicy":null,"password_complexity_options":null,"password_history":null,"password_dictionary":null,
            "password_no_personal_info":null,"password_options":null,"authentication_methods":null})",
        R"({"mfa":{"active":true},"password_complexity_options":{},"password_history":{},"unknown":[1]})");
    const auto policy = with_options(options);
    REQUIRE(policy.has_value());
    ConnectionPolicy expected{"Main"};
    expected.id = "con_1";
    CHECK(*policy == expected);
}

TEST_CASE("history, dictionary and personal data are read as the legacy keys have them", "[auth0]")
{
    // As a tenant reads them back (the second of the recorded facts).
    const auto policy = with_options(
        R"({"passwordPolicy":"fair","password_history":{"size":5,"enable":true},
            "password_dictionary":{"enable":true,"dictionary":["1234","admin","password"]},
            "password_no_personal_info":{"enable":true},"password_complexity_options":{"min_length":6}})");
    REQUIRE(policy.has_value());
    CHECK(policy->history == PasswordHistory{true, 5});
    CHECK(policy->dictionary == PasswordDictionary{true, {"1234", "admin", "password"}, ""});
    CHECK(policy->personal_data == PersonalDataRule{true, {}});
    CHECK(policy->length_min == 6);
    CHECK_FALSE(with_options(R"({"password_history":{"enable":false,"size":5}})")->history.active);
}

TEST_CASE("the recorded connections are read as they are", "[auth0]")
{
    json::array created;
    created.push_back(recorded("ConnectionManager_PasswordOptions"));
    const auto flexible = parse_connection(created, "Test-Auth0-Connection-PasswordOptions-1777519649");
    REQUIRE(flexible.has_value());
    PasswordComplexity complexity;
    complexity.length_min = 10;
    complexity.wants_upper = complexity.wants_lower = complexity.wants_number = true;
    complexity.blocks_identical = true;
    complexity.overlong = PasswordComplexity::Overlong::error;
    CHECK(flexible->complexity == complexity);
    CHECK(flexible->personal_data == PersonalDataRule{true, {"name", "username", "email"}});
    CHECK(flexible->history == PasswordHistory{true, 3});
    CHECK(flexible->dictionary == PasswordDictionary{true, {}, "en_100k"});
    CHECK(flexible->id == "con_K9SsCgQLd8LnM2XY");

    const auto legacy = parse_connection(recorded("ConnectionManager_ReadByName"), "Test-Auth0-Connection-1757344643");
    REQUIRE(legacy.has_value());
    CHECK(legacy->level == StrengthLevel::good);
    CHECK_FALSE(legacy->complexity);
    CHECK(legacy->password_enabled);
}

TEST_CASE("the flexible policy replaces the legacy keys, also where it says nothing", "[auth0]")
{
    const auto policy = with_options(
        R"({"passwordPolicy":"excellent","password_complexity_options":{"min_length":30},
            "password_history":{"enable":true,"size":9},"password_options":{}})");
    REQUIRE(policy.has_value());
    CHECK(policy->complexity == PasswordComplexity{});
    CHECK(policy->level == StrengthLevel::none);
    CHECK_FALSE(policy->length_min);
    CHECK_FALSE(policy->history.active);
}

TEST_CASE("three of four types, sequences and truncation are read", "[auth0]")
{
    const auto policy = with_options(
        R"({"password_options":{"complexity":{"character_types":["uppercase","lowercase","number","special"],
            "character_type_rule":"three_of_four","identical_characters":"allow","sequential_characters":"block",
            "max_length_exceeded":"truncate"},"dictionary":{"active":false,"custom":["acme"],"default":"en_10k"}}})");
    REQUIRE(policy.has_value());
    PasswordComplexity complexity;
    complexity.wants_upper = complexity.wants_lower = complexity.wants_number = complexity.wants_special = true;
    complexity.type_rule = PasswordComplexity::TypeRule::three_of_four;
    complexity.blocks_sequential = true;
    CHECK(policy->complexity == complexity);
    CHECK(policy->dictionary == PasswordDictionary{false, {"acme"}, "en_10k"});
}

TEST_CASE("what else decides about a change is read", "[auth0]")
{
    const auto policy = with_options(
        R"({"authentication_methods":{"password":{"enabled":false},"passkey":{"enabled":true}},
            "enabledDatabaseCustomization":true,"import_mode":true,"disable_self_service_change_password":true})");
    REQUIRE(policy.has_value());
    CHECK_FALSE(policy->password_enabled);
    CHECK(policy->is_custom_database);
    CHECK(policy->imports_users);
    CHECK(policy->hides_password_change);
    // None of these decides whether a password passes.
    CHECK_FALSE(with_options(R"({"import_mode":"yes","enabledDatabaseCustomization":1})")->imports_users);
}

TEST_CASE("a demand that is not understood is not guessed at", "[auth0]")
{
    const std::string options = GENERATE(
        R"({"passwordPolicy":"superb"})", R"({"passwordPolicy":"Good"})", R"({"passwordPolicy":3})", "[]", "null", "7",
        R"({"password_complexity_options":{"min_length":"ten"}})",
        R"({"password_complexity_options":{"min_length":-1}})", R"({"password_complexity_options":{"min_length":129}})",
        R"({"password_complexity_options":{"min_length":1e300}})", R"({"password_complexity_options":[]})",
        R"({"password_history":{"enable":"true"}})", R"({"password_history":{"enable":true,"size":25}})",
        R"({"password_dictionary":{"enable":true,"dictionary":"acme"}})",
        R"({"password_dictionary":{"enable":true,"dictionary":["acme",7]}})", R"({"password_no_personal_info":true})",
        R"({"password_options":[]})", R"({"password_options":{"complexity":7}})",
        R"({"password_options":{"complexity":{"character_types":["uppercase","emoji"]}}})",
        R"({"password_options":{"complexity":{"character_type_rule":"two_of_four"}}})",
        R"({"password_options":{"complexity":{"identical_characters":true}}})",
        R"({"password_options":{"complexity":{"max_length_exceeded":"warn"}}})",
        R"({"password_options":{"profile_data":{"active":true,"blocked_fields":[{}]}}})",
        R"({"password_options":{"dictionary":{"active":true,"default":7}}})",
        R"({"authentication_methods":{"password":{"enabled":"no"}}})", R"({"authentication_methods":[]})");
    INFO(options);
    const auto policy = with_options(options);
    REQUIRE(policy.has_error());
    CHECK(policy.error().code == Errc::unsupported);
    CHECK(policy.error().reason == "policy_unknown");
}

TEST_CASE("words of a dictionary that are too many or too long are not understood", "[auth0]")
{
    const auto with_words = [](std::size_t count, std::size_t length) {
        const json::object dictionary{{"enable", true}, {"dictionary", json::array(count, json::string(length, 'a'))}};
        return with_options(json::serialize(json::object{{"password_dictionary", dictionary}}));
    };
    CHECK(with_words(1000, 1).has_value());
    CHECK(with_words(1, 1000).has_value());
    for (const auto& [count, length] : {std::pair{1001, 1}, {1, 1001}, {2, 1001}})
        CHECK(with_words(count, length).error().reason == "policy_unknown");
}

TEST_CASE("a dictionary without end is not understood", "[auth0]")
{
    std::string words = "[\"a\"";
    for (int i = 0; i < 1000; ++i) words += ",\"a\"";
    CHECK(
        with_options(R"({"password_dictionary":{"enable":true,"dictionary":)" + words + "]}}").error().code ==
        Errc::unsupported);
}

TEST_CASE("a connection is the one of exactly this name, or unknown", "[auth0]")
{
    const std::string others =
        R"({"name":"main","strategy":"auth0","options":{}},{"name":"Main2","strategy":"auth0","options":{}})";
    const std::string main = R"({"name":"Main","strategy":"auth0","options":{"passwordPolicy":"low"}})";
    CHECK(parse("[" + others + "," + main + "]")->level == StrengthLevel::low);
    CHECK(parse(R"({"total":1,"connections":[)" + main + "]}")->level == StrengthLevel::low);
    for (const std::string& none :
         std::vector<std::string>{"[]", "[" + others + "]", "[null,7,{}]", R"({"connections":[]})"})
    {
        CHECK(parse(none).error().code == Errc::not_found);
        CHECK(parse(none).error().reason == "connection_unknown");
    }
}

TEST_CASE("a connection that is no database holds no passwords here", "[auth0]")
{
    const char* strategy = GENERATE("\"google-oauth2\"", "\"samlp\"", "\"Auth0\"", "null", "7");
    const auto policy =
        parse(std::string{R"([{"name":"Main","options":{"passwordPolicy":"good"},"strategy":)"} + strategy + "}]");
    CHECK(policy.error().code == Errc::refused);
    CHECK(policy.error().reason == "not_a_database_account");
}

TEST_CASE("a connection that is shown without its options is no connection without demands", "[auth0]")
{
    const auto policy = parse(R"([{"name":"Main","strategy":"auth0"}])");
    CHECK(policy.error().code == Errc::forbidden);
    CHECK(policy.error().reason == "auth0_options_scope_missing");
}

TEST_CASE("an answer that is no list of connections says nothing", "[auth0]")
{
    for (const char* text : {"{}", "null", "7", "\"Main\"", R"({"connections":{}})", R"({"connections":null})"})
        CHECK(parse(text).error().code == Errc::unavailable);
}
