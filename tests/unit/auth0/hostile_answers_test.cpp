// Bodies that no tenant should send. Nothing may be thrown, and each outcome is the documented one.
#include "handlers/core/wiped_json.hpp"
#include "tests/support/auth0_tenant.hpp"
#include "tests/support/recordings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace countersign;
using countersign::test::answer;
using countersign::test::noon;
using countersign::test::Tenant;

namespace {

const Auth0UserId john{"auth0|1"};

std::vector<std::string> hostile_bodies()
{
    const std::string long_text(1024 * 1024, 'x');
    std::string many = "[";
    for (int i = 0; i < 50'000; ++i) many += "null,";
    return {
        "",
        " ",
        "null",
        "true",
        "7",
        "\"text\"",
        "{}",
        "[]",
        "[[]]",
        "[null]",
        "{\"users\":7}",
        "<html>502</html>",
        std::string(100'000, '['),
        std::string(100'000, '{'),
        std::string(20, '[') + std::string(20, ']'),
        "\"" + long_text + "\"",
        long_text,
        many + "null]",
        "{\"user_id\":{}}",
        "{\"user_id\":\"" + long_text + "\"}",
        "{\"user_id\":\"auth0|2\"}",
        "[{\"user_id\":\"auth0|1\",\"email\":{}},{}]",
        std::string("{\"a\0b\":1}", 9),
        "\xEF\xBB\xBF{}",
        "{\"user_id\":\"\xFF\xFE\"}",
        "{\"user_id\":\"auth0|1\"",
        "{\"user_id\":\"auth0|1\"}}"};
}

void expect_get(Tenant& tenant, int status, const std::string& body)
{
    tenant.client.expect(http::Method::get, "api/v2/", answer(status, body));
}

}  // namespace

TEST_CASE("hostile: a change whose 200 is not the account is lost", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    for (const std::string& body : hostile_bodies())
    {
        INFO(body.substr(0, 60));
        tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, body));
        PasswordChange change{john, "Main", RequestId{"rq-1"}, noon};
        CHECK(
            tenant.run(tenant.provider.change_password(std::move(change), Secret{"x"})).error().code ==
            Errc::answer_lost);
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("hostile: a read whose 200 is not the account is unavailable", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    for (const std::string& body : hostile_bodies())
    {
        INFO(body.substr(0, 60));
        expect_get(tenant, 200, body);
        CHECK(tenant.run(tenant.provider.read(john)).error().code == Errc::unavailable);
    }
}

TEST_CASE("hostile: a look-up or a log search finds nothing, or says that it could not", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    for (const std::string& body : hostile_bodies())
    {
        INFO(body.substr(0, 60));
        expect_get(tenant, 200, body);
        if (body == "[]") expect_get(tenant, 200, body);
        const auto found = tenant.run(tenant.provider.find_by_email(Email{"john.doe@example.com"}));
        if (found)
            CHECK(found->empty());
        else
            CHECK(found.error().code == Errc::unavailable);

        expect_get(tenant, 200, body);
        const auto read = parse_wiped(body);
        if (read && read->is_array()) expect_get(tenant, 200, body);
        SentChange sent{RequestId{"rq-1"}, noon, noon};
        sent.account = john;
        const auto evidence = tenant.run(tenant.provider.find_in_log(std::move(sent)));
        if (evidence)
            CHECK(*evidence == LogEvidence::absent);
        else
            CHECK(evidence.error().code == Errc::unavailable);
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("hostile: a link, an account or a policy that cannot be read is none", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    for (const std::string& body : hostile_bodies())
    {
        INFO(body.substr(0, 60));
        tenant.client.expect(http::Method::post, "api/v2/tickets/", answer(201, body));
        CHECK(
            tenant.run(tenant.provider.create_link(john, std::chrono::hours{1}, RequestId{"rq-1"})).error().code ==
            Errc::unavailable);
        NewAccount account{"Main", Email{"john.doe@example.com"}, RequestId{"rq-1"}, noon};
        tenant.client.expect(http::Method::post, "api/v2/users", answer(201, body));
        CHECK(
            tenant.run(tenant.provider.create_account(std::move(account), Secret{"x"})).error().code ==
            Errc::answer_lost);
        expect_get(tenant, 200, body);
        const auto policy = tenant.run(tenant.provider.read_policy("Main", Freshness::now));
        REQUIRE(policy.has_error());
        CHECK((policy.error().code == Errc::unavailable || policy.error().code == Errc::not_found));
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("hostile: an error is what its status says, whatever its body", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    for (const std::string& body : hostile_bodies())
    {
        INFO(body.substr(0, 60));
        for (const auto& [status, code] :
             {std::pair{400, Errc::refused}, {403, Errc::forbidden}, {404, Errc::not_found}, {500, Errc::unavailable}})
        {
            expect_get(tenant, status, body);
            CHECK(name_of(tenant.run(tenant.provider.read(john)).error().code) == name_of(code));
        }
    }
}

TEST_CASE("every error body that was recorded or reported has a documented outcome", "[auth0]")
{
    int errors = 0;
    const auto check = [&errors](const boost::json::value& response) {
        const int status = static_cast<int>(response.at("status").as_int64());
        if (status < 400) return;
        ++errors;
        const std::string body = boost::json::serialize(response.at("body"));
        INFO(status << ' ' << body);
        // A body of the token endpoint has no statusCode, and comes from there.
        const bool is_token_error = body.find("statusCode") == std::string::npos;
        Tenant tenant;
        if (is_token_error)
        {
            tenant.client.expect(http::Method::post, "oauth/token", answer(status, body));
        }
        else
        {
            tenant.expect_token();
            expect_get(tenant, status, body);
            if (status == 401 || body.find("\"Bearer\"") != std::string::npos)
            {
                tenant.expect_token("token-2");
                expect_get(tenant, status, body);
            }
            // A limit is waited for, once a second as long as nothing else is said, for a minute.
            for (int again = 1; status == 429 && again <= 60; ++again) expect_get(tenant, status, body);
        }
        const auto read = tenant.run(tenant.provider.read(john));
        REQUIRE(read.has_error());
        CHECK(tenant.client.mistakes() == 0);
        const Problem problem = read.error();
        if (status == 429) CHECK(problem.code == Errc::rate_limited);
        if (status == 404) CHECK(problem.code == Errc::not_found);
        if (status == 401 || status == 403) CHECK(problem.code == Errc::forbidden);
        if (status == 409) CHECK(problem.code == Errc::refused);
        if (status == 400)
            CHECK((problem.code == Errc::refused) == (!is_token_error && body.find("\"Bearer\"") == std::string::npos));
        CHECK(problem.reason.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
    };
    for (const auto& recording : test::auth0_recordings().at("recordings").as_array()) check(recording.at("response"));
    for (const auto& reported : test::auth0_recordings().at("reported").as_array()) check(reported);
    CHECK(errors >= 20);
}
