#include "auth0/identity_provider.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::noon;
using countersign::test::Tenant;
using countersign::test::user_json;

namespace {

const std::string john = user_json("auth0|1");
const std::string other_john = user_json("google-oauth2|9", "John.Doe@Example.com");

void expect_get(Tenant& tenant, std::string target, int status, std::string body)
{
    tenant.client.expect(http::Method::get, std::move(target), answer(status, std::move(body)));
}

Outcome<std::vector<Account>> find_john(Tenant& tenant)
{
    return tenant.run(tenant.provider.find_by_email(Email{"john.doe@example.com"}));
}

Outcome<Account> change(Tenant& tenant, std::string password, std::string id = "auth0|1")
{
    PasswordChange wanted{Auth0UserId{std::move(id)}, "Main", RequestId{"rq-1"}, noon};
    return tenant.run(tenant.provider.change_password(std::move(wanted), Secret{password}));
}

std::vector<std::string> ids(const Outcome<std::vector<Account>>& accounts)
{
    std::vector<std::string> out;
    if (accounts)
        for (const Account& account : *accounts) out.push_back(account.id.str());
    return out;
}

}  // namespace

TEST_CASE("look-up: the address is lower-cased and encoded, and a plus arrives as %2B", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_get(tenant, "api/v2/users-by-email?email=a%2Bb%40example.com", 200, "[]");
    expect_get(
        tenant,
        "api/v2/"
        "users?q=email%3A%22a%2Bb%40example.com%22%20OR%20identities.profileData.email%3A%22a%2Bb%40example.com%22"
        "&search_engine=v3&per_page=10",
        200, "[]");
    CHECK(ids(tenant.run(tenant.provider.find_by_email(Email{"A+b@Example.com"}))).empty());
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("look-up: quotes and backslashes do not leave the search's quotes", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_get(tenant, "api/v2/users-by-email?email=", 200, "[]");
    expect_get(tenant, "api/v2/users?q=email%3A%22%5C%22%20or%20%5C%5C%40x%22%20OR%20", 200, "[]");
    CHECK(tenant.run(tenant.provider.find_by_email(Email{R"(" or \@x)"})).has_value());
    CHECK(tenant.client.sent().at(2).target.find("%5C%22%20or%20%5C%5C") != std::string::npos);
}

TEST_CASE("look-up: what only the search has seen is read by id before it counts", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_get(tenant, "api/v2/users-by-email", 200, '[' + john + ']');
    expect_get(tenant, "api/v2/users?q=", 200, '[' + john + ',' + other_john + ']');
    SECTION("confirmed")
    {
        expect_get(tenant, "api/v2/users/google-oauth2%7C9", 200, other_john);
        CHECK(ids(find_john(tenant)) == std::vector<std::string>{"auth0|1", "google-oauth2|9"});
    }
    SECTION("gone")
    {
        expect_get(
            tenant, "api/v2/users/google-oauth2%7C9", 404, R"({"statusCode":404,"errorCode":"inexistent_user"})");
        CHECK(ids(find_john(tenant)) == std::vector<std::string>{"auth0|1"});
    }
    SECTION("has another address by now")
    {
        expect_get(tenant, "api/v2/users/google-oauth2%7C9", 200, user_json("google-oauth2|9", "else@example.com"));
        CHECK(ids(find_john(tenant)) == std::vector<std::string>{"auth0|1"});
    }
    SECTION("cannot be read now: then how many accounts there are is not known")
    {
        expect_get(tenant, "api/v2/users/google-oauth2%7C9", 503, "");
        CHECK(find_john(tenant).error().code == Errc::unavailable);
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("look-up: half of it is none, whichever question failed", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    struct Row
    {
        int status;
        const char* body;
        Errc code;
    };
    const Row row = GENERATE(
        Row{500, "", Errc::unavailable}, Row{503, "<html>", Errc::unavailable}, Row{200, "{}", Errc::unavailable},
        Row{200, "[{}]", Errc::unavailable}, Row{200, "[null]", Errc::unavailable}, Row{403, "{}", Errc::forbidden},
        Row{400, "{}", Errc::refused}, Row{404, "{}", Errc::not_found});
    CAPTURE(row.status, row.body);
    SECTION("the one by address")
    {
        expect_get(tenant, "api/v2/users-by-email", row.status, row.body);
        CHECK(find_john(tenant).error().code == row.code);
        CHECK(tenant.client.sent().size() == 2);
    }
    SECTION("the search, also where the address has an account")
    {
        expect_get(tenant, "api/v2/users-by-email", 200, GENERATE_COPY(std::string{"[]"}, '[' + john + ']'));
        expect_get(tenant, "api/v2/users?q=", row.status, row.body);
        // The narrower one, where the linked addresses are what it does not take.
        if (row.code == Errc::refused) expect_get(tenant, "api/v2/users?q=", row.status, row.body);
        CHECK(find_john(tenant).error().code == row.code);
    }
    SECTION("the reading of what the search has seen")
    {
        if (row.code == Errc::not_found) return;  // it is gone: that is an answer
        expect_get(tenant, "api/v2/users-by-email", 200, "[]");
        expect_get(tenant, "api/v2/users?q=", 200, '[' + other_john + ']');
        expect_get(tenant, "api/v2/users/google-oauth2%7C9", row.status, row.body);
        CHECK(find_john(tenant).error().code == row.code);
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("look-up: an account is found by the address of a linked identity", "[auth0]")
{
    const std::string linked =
        R"({"user_id":"google-oauth2|9","email":"ada@example.com","identities":[{"provider":"auth0","connection":"Main",)"
        R"("user_id":"1","profileData":{"email":"john.doe@example.com"}}]})";
    Tenant tenant;
    tenant.expect_token();
    expect_get(tenant, "api/v2/users-by-email", 200, "[]");
    SECTION("and read by its id before it counts")
    {
        expect_get(tenant, "api/v2/users?q=", 200, '[' + linked + ']');
        expect_get(tenant, "api/v2/users/google-oauth2%7C9", 200, linked);
        const auto found = find_john(tenant);
        REQUIRE(ids(found) == std::vector<std::string>{"google-oauth2|9"});
        CHECK(found->front().sign_in("Main").address == "john.doe@example.com");
    }
    SECTION("which a tenant can refuse to search: then those of the accounts alone count")
    {
        expect_get(tenant, "api/v2/users?q=", 400, R"({"statusCode":400,"errorCode":"invalid_query_string"})");
        expect_get(
            tenant, "api/v2/users?q=email%3A%22john.doe%40example.com%22&search_engine=v3", 200, '[' + john + ']');
        expect_get(tenant, "api/v2/users/auth0%7C1", 200, john);
        CHECK(ids(find_john(tenant)) == std::vector<std::string>{"auth0|1"});
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("look-up: an answer over what is taken is no answer that may come later", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    tenant.client.expect(http::Method::get, "api/v2/users-by-email", Problem{Errc::answer_lost, "response_too_large"});
    const auto found = find_john(tenant);
    CHECK(found.error().code == Errc::too_large);
    CHECK(found.error().reason == "auth0_answer_too_large");

    // What a change did is not told by the size of its answer.
    tenant.client.expect(http::Method::patch, "api/v2/users/", Problem{Errc::answer_lost, "response_too_large"});
    CHECK(change(tenant, "x").error().code == Errc::answer_lost);
}

TEST_CASE("look-up: an answer that is lost is asked for again by whoever wants it, and is not an empty one", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_get(tenant, "api/v2/users-by-email", 200, "[]");
    tenant.client.expect(http::Method::get, "api/v2/users?q=", Problem{Errc::answer_lost});
    CHECK(find_john(tenant).error().code == Errc::unavailable);
}

TEST_CASE("look-up: a rate limit between its questions is waited out, and no question is asked twice", "[auth0]")
{
    Tenant tenant;
    const auto reset = [](int s) { return std::to_string(to_unix_s(noon) + s); };
    tenant.expect_token();
    tenant.client.expect(
        http::Method::get, "api/v2/users-by-email",
        answer(
            200, "[]", {{"x-ratelimit-limit", "2"}, {"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", reset(1)}}));
    tenant.client.expect(http::Method::get, "api/v2/users?q=", answer(429, "{}", {{"retry-after", "7"}}));
    expect_get(tenant, "api/v2/users?q=", 200, '[' + other_john + ']');
    expect_get(tenant, "api/v2/users/google-oauth2%7C9", 200, other_john);
    CHECK(ids(find_john(tenant)) == std::vector<std::string>{"google-oauth2|9"});
    CHECK(tenant.clock.now() == noon + 8s);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("look-up: an account with another address is not ours, whatever the answer", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_get(
        tenant, "api/v2/users-by-email", 200, '[' + user_json("auth0|7", "victim@example.com") + ',' + john + ']');
    expect_get(tenant, "api/v2/users?q=", 200, '[' + user_json("auth0|8", "victim@example.com") + ']');
    CHECK(ids(find_john(tenant)) == std::vector<std::string>{"auth0|1"});
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("read: the account is the one that was asked for", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_get(tenant, "api/v2/users/auth0%7C1", 200, john);
    const auto account = tenant.run(tenant.provider.read(Auth0UserId{"auth0|1"}));
    REQUIRE(account.has_value());
    CHECK(account->given_name == "John");

    expect_get(tenant, "api/v2/users/auth0%7C1", 200, other_john);
    CHECK(tenant.run(tenant.provider.read(Auth0UserId{"auth0|1"})).error().code == Errc::unavailable);
    expect_get(tenant, "api/v2/users/auth0%7C1", 404, R"({"statusCode":404,"errorCode":"inexistent_user"})");
    CHECK(tenant.run(tenant.provider.read(Auth0UserId{"auth0|1"})).error().code == Errc::not_found);
}

TEST_CASE("change: the PATCH holds password, connection and marker, and nothing else", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, john));
    const auto account = change(tenant, "$John!O\"Neil\\\n\u00e9$!");
    REQUIRE(account.has_value());
    CHECK(account->last_password_reset == *from_iso8601("2026-11-22T12:00:01Z"));

    const auto& sent = tenant.client.sent().back();
    CHECK(sent.header("X-Correlation-ID") == "rq-1");
    const auto expected = boost::json::parse(R"({"password":"$John!O\"Neil\\\n\u00e9$!","connection":"Main",
        "app_metadata":{"countersign":{"request_id":"rq-1","reset_at":"2026-11-22T12:00:00.000Z","must_change":true}}})");
    CHECK(boost::json::parse(sent.body) == expected);
}

TEST_CASE("change: it goes where a bucket is left to changes", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    const std::string reset = std::to_string(to_unix_s(noon) + 5);
    const auto low = [&reset](std::string body) {
        return answer(
            200, std::move(body),
            {{"x-ratelimit-limit", "40"}, {"x-ratelimit-remaining", "4"}, {"x-ratelimit-reset", reset}});
    };
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", low(john));
    CHECK(change(tenant, "first").has_value());
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", low(john));
    CHECK(change(tenant, "second").has_value());
    CHECK(tenant.clock.now() == noon);
}

TEST_CASE("change: the marker demands a password of one's own only where that is wanted", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, john));
    PasswordChange wanted{Auth0UserId{"auth0|1"}, "Main", RequestId{"rq-1"}, noon};
    wanted.must_change = false;
    CHECK(tenant.run(tenant.provider.change_password(std::move(wanted), Secret{"x"})).has_value());
    const auto sent = boost::json::parse(tenant.client.sent().back().body);
    CHECK_FALSE(sent.at_pointer("/app_metadata/countersign/must_change").as_bool());
}

TEST_CASE("change: the password is in one request's body and nowhere else", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, john));
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, john));
    CHECK(change(tenant, "C4NARY-pass").has_value());
    CHECK(tenant.run(tenant.provider.set_blocked(Auth0UserId{"auth0|1"}, true, RequestId{"rq-1"})).has_value());

    int bodies = 0;
    for (const auto& sent : tenant.client.sent())
    {
        if (sent.body.find("C4NARY") != std::string::npos) ++bodies;
        std::string rest = sent.target + sent.bearer + sent.content_type;
        for (const auto& [name, value] : sent.headers) rest += name + value;
        CHECK(rest.find("C4NARY") == std::string::npos);
    }
    CHECK(bodies == 1);
}

TEST_CASE("change: only the account itself, in an answer that can be read, proves it", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    for (const std::string& body : std::vector<std::string>{other_john, "{}", "[]", "", '[' + john + ']'})
    {
        tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, body));
        CHECK(change(tenant, "x").error().code == Errc::answer_lost);
    }
}

TEST_CASE("change: Auth0's refusal of a password comes back as its reason, without its words", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    tenant.client.expect(
        http::Method::patch, "api/v2/users",
        answer(
            400,
            R"({"statusCode":400,"error":"Bad Request","message":"PasswordStrengthError: Password is too weak"})"));
    const auto refused = change(tenant, "x");
    CHECK(refused.error().code == Errc::refused);
    CHECK(refused.error().reason == "password_too_weak");
}

TEST_CASE("block: sent alone, under a correlation id that is no evidence of the change", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    const bool blocked = GENERATE(true, false);
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, john));
    CHECK(tenant.run(tenant.provider.set_blocked(Auth0UserId{"auth0|1"}, blocked, RequestId{"rq-1"})).has_value());
    CHECK(tenant.client.sent().back().body == (blocked ? R"({"blocked":true})" : R"({"blocked":false})"));
    CHECK(tenant.client.sent().back().header("x-correlation-id") == "rq-1.block");
}
