#include "tests/standins/auth0/post_login.hpp"

#include "tests/standins/tests/auth0_support.hpp"
#include "tests/standins/tests/test_data.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace standins;
using namespace standins::auth0;
using namespace standins::auth0::test;

namespace {

std::string_view name_of(PostLogin verdict)
{
    switch (verdict)
    {
    case PostLogin::nothing: return "nothing";
    case PostLogin::deny: return "deny";
    case PostLogin::clear: return "clear";
    }
    return "?";
}

}  // namespace

TEST_CASE("the stand-in's log-in page decides each case as the Action does", "[auth0]")
{
    const json::value cases = standins::test::read_json("auth0/must_change_cases.json");
    REQUIRE(cases.as_array().size() >= 25);
    for (const json::value& each : cases.as_array())
    {
        INFO(each.at("name").as_string());
        const auto verdict = post_login(each.at("user").as_object(), each.at("strategy").as_string());
        CHECK(name_of(verdict) == each.at("outcome").as_string());
    }
}

TEST_CASE("an account made with a marker gets in once its owner has chosen a password, and is asked once", "[auth0]")
{
    Fixture fixture;
    const auto made = fixture.client.post(
        "/api/v2/users",
        R"({"connection":"Username-Password-Authentication","email":"ada@example.com","password":"First-Pass-1",
            "app_metadata":{"countersign":{"request_id":"rq-1","must_change":true,
            "reset_at":"2026-11-18T11:06:40.000Z"}}})");
    REQUIRE(made.status == 201);
    const std::string id = made.text("/user_id");
    CHECK(fixture.tenant.log_in("ada@example.com", "First-Pass-1", start + 10) == Login::must_change_password);
    const auto ticket =
        fixture.client.post("/api/v2/tickets/password-change", R"({"user_id":")" + id + R"(","ttl_sec":3600})");
    REQUIRE(fixture.tenant.redeem_ticket(ticket.text("/ticket"), "Her-Own-Pass-2", start + 600'000));
    CHECK(fixture.tenant.log_in("ada@example.com", "Her-Own-Pass-2", start + 600'010) == Login::done);

    const json::value user = json::parse(fixture.tenant.user_json(id));
    CHECK_FALSE(user.at_pointer("/app_metadata/countersign/must_change").as_bool());
    CHECK(user.at_pointer("/app_metadata/countersign/request_id").as_string() == "rq-1");
}

TEST_CASE("a connection shows its options only to those who may see them", "[auth0]")
{
    auto options = bot_options();
    ClientApp reader;
    reader.client_id = "reader";
    reader.secrets = {"r"};
    reader.scopes = {"read:connections"};
    options.clients.push_back(reader);
    Fixture fixture{options};
    const std::string target = "/api/v2/connections?name=Username-Password-Authentication";
    CHECK(fixture.client.get(target).text("/0/options/passwordPolicy") == "good");

    Client client{fixture.tenant, "reader", "r"};
    client.log_in();
    const auto seen = client.get(target);
    CHECK(seen.text("/0/strategy") == "auth0");
    CHECK_FALSE(seen.has("/0/options"));
    CHECK_FALSE(client.get("/api/v2/connections/" + seen.text("/0/id")).has("/options"));
}
