#include "auth0/account_parser.hpp"

#include "auth0/response_body.hpp"
#include "tests/support/recordings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::auth0;
namespace json = boost::json;

namespace {

Result<Account> parse(std::string_view text)
{
    return parse_account(json::parse(json::string_view{text.data(), text.size()}));
}
Result<std::vector<Account>> parse_list(const std::string& text) { return parse_accounts(json::parse(text)); }

}  // namespace

TEST_CASE("the fields that the bot reads are read", "[auth0]")
{
    const auto account =
        parse(R"({"user_id":"google-oauth2|9","email":"John@x.com","email_verified":true,"name":"J","given_name":"John",
        "family_name":"Doe","blocked":true,"created_at":"2023-01-25T19:00:27.084Z","last_login":"2024-01-01T00:00:00Z",
        "last_password_reset":"2025-01-01T00:00:00.5Z","logins_count":12,"unknown":{"a":[1]},
        "nickname":"johnny","username":"jdoe","phone_number":"+15550100","updated_at":"2025-02-01T00:00:00.25Z",
        "user_metadata":{"name":"Mr. Doe","first":"Jon","last":"D","colour":"blue"},
        "identities":[{"provider":"google-oauth2","user_id":9,"connection":"google-oauth2","isSocial":true},
                      {"provider":"auth0","user_id":"63d1","connection":"Main","isSocial":false,"profileData":{}},
                      {"provider":"auth0","user_id":"63d2","connection":"Main"}],
        "app_metadata":{"other":1,"countersign":{"request_id":"rq-1","must_change":true}}})");
    REQUIRE(account.has_value());
    CHECK(account->id.str() == "google-oauth2|9");
    CHECK(account->email == "John@x.com");
    CHECK(account->email_verified);
    CHECK(account->name == "J");
    CHECK(account->given_name == "John");
    CHECK(account->family_name == "Doe");
    CHECK(account->blocked);
    CHECK(account->created_at == *from_iso8601("2023-01-25T19:00:27.084Z"));
    CHECK(account->last_login == *from_iso8601("2024-01-01T00:00:00Z"));
    CHECK(account->last_password_reset == *from_iso8601("2025-01-01T00:00:00.5Z"));
    CHECK(account->logins_count == 12);
    // Both stay: which of two identities in one database a change would meet is not known.
    CHECK(account->database_connections == std::vector<std::string>{"Main", "Main"});
    CHECK(account->other_providers == std::vector<std::string>{"google-oauth2"});
    CHECK(account->marker == "rq-1");
    CHECK(account->nickname == "johnny");
    CHECK(account->username == "jdoe");
    CHECK(account->phone_number == "+15550100");
    CHECK(account->updated_at == *from_iso8601("2025-02-01T00:00:00.25Z"));
    CHECK(account->metadata_name == "Mr. Doe");
    CHECK(account->metadata_first == "Jon");
    CHECK(account->metadata_last == "D");
    CHECK(account->app_metadata == R"({"other":1,"countersign":{"request_id":"rq-1","must_change":true}})");
    CHECK_FALSE(account->metadata_too_large);
    CHECK(account->profile_bytes == 0);
}

TEST_CASE("each database identity has the address that it signs in with", "[auth0]")
{
    const auto account = parse(R"({"user_id":"google-oauth2|1","email":"Ada.Lovelace@Example.com","email_verified":true,
        "identities":[{"provider":"google-oauth2","connection":"google-oauth2","user_id":"1"},
            {"provider":"auth0","connection":"Main","user_id":"5f",
             "profileData":{"email":"Other.Address@example.com","email_verified":true}},
            {"provider":"auth0","connection":"Partners","user_id":"60","profileData":{"username":"ada1"}},
            {"provider":"auth0","connection":"Own","user_id":"61"}]})");
    REQUIRE(account.has_value());
    CHECK(account->database_connections == std::vector<std::string>{"Main", "Partners", "Own"});
    CHECK(
        account->sign_ins ==
        std::vector<SignIn>{{"other.address@example.com", true}, {"", false}, {"ada.lovelace@example.com", true}});
    CHECK(account->sign_in("Main").address == "other.address@example.com");
    CHECK(account->sign_in("Partners").address.empty());
    CHECK(account->is_reached_by("other.address@example.com"));
    CHECK(account->is_reached_by("ada.lovelace@example.com"));
    CHECK_FALSE(account->is_called("other.address@example.com"));
    CHECK_FALSE(account->is_reached_by("lovelace@example.com"));
}

TEST_CASE("a sign-in address that cannot be one is none, and not another", "[auth0]")
{
    const std::string value = GENERATE(
        std::string{"null"}, std::string{"7"}, std::string{"[]"}, std::string{"\"\""},
        '"' + std::string(1001, 'x') + '"');
    const auto account = parse(
        R"({"user_id":"auth0|1","email":"a@b.example","identities":[{"provider":"auth0","connection":"Main",)"
        R"("profileData":{"email":)" +
        value + "}}]}");
    REQUIRE(account.has_value());
    CHECK(account->sign_ins == std::vector<SignIn>{SignIn{}});
}

TEST_CASE("the size of a profile is kept from the usual limit on", "[auth0]")
{
    const auto with = [](std::size_t bytes) {
        const std::string head = R"({"user_id":"auth0|1","user_metadata":{"long":")";
        return parse(head + std::string(bytes - head.size() - 3, 'x') + "\"}}")->profile_bytes;
    };
    CHECK(with(10'240) == 0);
    CHECK(with(10'241) == 10'241);
    Account account{Auth0UserId{"auth0|1"}};
    account.profile_bytes = profile_bytes_max - mark_bytes_max;
    CHECK_FALSE(account.has_no_room_for(mark_bytes_max));
    CHECK(account.has_no_room_for(mark_bytes_max + 1));
}

TEST_CASE("app_metadata over its limit is dropped and flagged, and its marker still read", "[auth0]")
{
    const auto with = [](std::size_t bytes) {
        const std::string head = R"({"countersign":{"request_id":"rq-1"},"long":")";
        const std::string text(bytes - head.size() - 2, 'x');
        return parse(R"({"user_id":"auth0|1","app_metadata":)" + head + text + "\"}}");
    };
    const auto fits = with(app_metadata_bytes_max);
    CHECK(fits->app_metadata.size() == app_metadata_bytes_max);
    CHECK_FALSE(fits->metadata_too_large);
    const auto over = with(app_metadata_bytes_max + 1);
    CHECK(over->app_metadata.empty());
    CHECK(over->metadata_too_large);
    CHECK(over->marker == "rq-1");
}

TEST_CASE("only a login, or a count of them, is a sign of life", "[auth0]")
{
    CHECK_FALSE(parse(R"({"user_id":"a|1"})")->has_signed_in());
    CHECK_FALSE(parse(R"({"user_id":"a|1","logins_count":0,"last_login":"never"})")->has_signed_in());
    CHECK(parse(R"({"user_id":"a|1","logins_count":1})")->has_signed_in());
    CHECK(parse(R"({"user_id":"a|1","last_login":"2024-01-01T00:00:00Z"})")->has_signed_in());
}

TEST_CASE("a user needs nothing but its id", "[auth0]")
{
    const auto account = parse(R"({"user_id":"auth0|1"})");
    REQUIRE(account.has_value());
    CHECK(*account == Account{Auth0UserId{"auth0|1"}});
}

TEST_CASE("null and wrongly typed optional fields are as good as absent", "[auth0]")
{
    const std::string value = GENERATE("null", "7", "1.5", "[]", "{}", "[[]]", "\"\"");
    std::string text = R"({"user_id":"auth0|1")";
    for (const char* key :
         {"email", "email_verified", "name", "given_name", "family_name", "created_at", "last_login",
          "last_password_reset", "identities", "app_metadata", "user_metadata", "nickname", "username", "phone_number",
          "updated_at"})
        if (value != "\"\"" || std::string{key} != "identities") text += std::string{",\""} + key + "\":" + value;
    const auto account = parse(text + R"(,"logins_count":1e999})");
    REQUIRE(account.has_value());
    CHECK(*account == Account{Auth0UserId{"auth0|1"}});
}

TEST_CASE("odd identities neither hide the good ones nor count", "[auth0]")
{
    const auto account = parse(R"({"user_id":"auth0|1","identities":[null,7,"x",[],{},{"provider":"auth0"},
        {"provider":"auth0","connection":""},{"provider":"auth0","connection":7},{"connection":"Main"},{"provider":null},
        {"provider":"auth0","connection":"Main","user_id":[]}]})");
    REQUIRE(account.has_value());
    CHECK(account->database_connections == std::vector<std::string>{"Main"});
    CHECK(account->other_providers.empty());
}

TEST_CASE("only an absent, null or false block is no block", "[auth0]")
{
    for (const char* value : {"null", "false"})
        CHECK_FALSE(parse(std::string{R"({"user_id":"a|1","blocked":)"} + value + '}')->blocked);
    for (const char* value : {"true", "1", "\"true\"", "{}"})
        CHECK(parse(std::string{R"({"user_id":"a|1","blocked":)"} + value + '}')->blocked);
}

TEST_CASE("without a usable user id there is no account", "[auth0]")
{
    const char* text = GENERATE(
        "{}", "[]", "null", "7", "\"auth0|1\"", R"({"user_id":null})", R"({"user_id":7})", R"({"user_id":""})",
        R"({"user_id":["auth0|1"]})");
    CHECK(parse(text).error() == Errc::malformed);
    CHECK(parse(R"({"user_id":")" + std::string(1001, 'x') + "\"}").error() == Errc::malformed);
}

TEST_CASE("long texts are cut, but never a connection's name", "[auth0]")
{
    const std::string longest(1001, 'x');
    const auto account = parse(
        R"({"user_id":"auth0|1","name":")" + longest + R"(","identities":[{"provider":"auth0","connection":")" +
        longest + R"("}]})");
    REQUIRE(account.has_value());
    CHECK(account->name.size() == text_bytes_max);
    CHECK(account->database_connections.empty());
}

TEST_CASE("a list is bare or wrapped, of at most a hundred users", "[auth0]")
{
    CHECK(parse_list("[]")->empty());
    CHECK(parse_list(R"([{"user_id":"a|1"},{"user_id":"a|2"}])")->size() == 2);
    CHECK(parse_list(R"({"start":0,"users":[{"user_id":"a|1"}],"total":1})")->size() == 1);

    std::string many = "[";
    for (int i = 0; i < 150; ++i) many += std::string{i > 0 ? "," : ""} + R"({"user_id":"a|1"})";
    CHECK(parse_list(many + ']')->size() == users_max);
}

TEST_CASE("a list with a hole is refused as a whole", "[auth0]")
{
    const char* text = GENERATE(
        "null", "{}", "7", R"({"users":null})", R"({"users":{}})", "[null]", R"([{"user_id":"a|1"},{}])",
        R"([{"user_id":"a|1"},[]])");
    CHECK(parse_list(text).error() == Errc::malformed);
}

TEST_CASE("every recorded user parses to its account", "[auth0]")
{
    int users = 0;
    const auto check = [&users](const json::value& user) {
        ++users;
        const auto account = parse_account(user);
        REQUIRE(account.has_value());
        CHECK(account->id.str() == user.at("user_id").as_string());
        if (const auto* email = user.as_object().if_contains("email")) CHECK(account->email == email->as_string());
        if (const auto* identities = user.as_object().if_contains("identities"))
        {
            std::size_t databases = 0;
            for (const json::value& identity : identities->as_array())
                if (identity.at("provider").as_string() == "auth0") ++databases;
            CHECK(account->database_connections.size() == databases);
            CHECK(account->other_providers.size() == identities->as_array().size() - databases);
        }
    };
    for (const json::value& recording : test::auth0_recordings().at("recordings").as_array())
    {
        const json::string& path = recording.at("request").at("path").as_string();
        const json::value& body = recording.at("response").at("body");
        if (!std::string_view{path}.starts_with("/api/v2/users")) continue;
        if (const json::object* user = body.if_object(); user != nullptr && user->contains("user_id")) check(body);
        // Log records have a user_id too, but of somebody else.
        const bool is_list = std::string_view{path}.find("/logs") == std::string_view::npos;
        const auto listed = is_list ? parse_accounts(body) : Result<std::vector<Account>>{Errc::malformed};
        if (!listed) continue;
        const json::value& list = body.is_array() ? body : body.at("users");
        REQUIRE(listed->size() == list.as_array().size());
        for (const json::value& user : list.as_array()) check(user);
    }
    CHECK(users >= 8);
}
