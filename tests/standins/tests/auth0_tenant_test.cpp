#include "tests/standins/auth0/demo_tenant.hpp"
#include "tests/standins/tests/auth0_support.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::auth0;
using namespace standins::auth0::test;

namespace {

Request password_patch(const Fixture& fixture, const std::string& user_id)
{
    Request request;
    request.method = "PATCH";
    request.target = "/api/v2/users/auth0%7C" + user_id.substr(6);
    request.headers = {
        {"authorization", "Bearer " + fixture.client.token},
        {"content-type", "application/json"},
        {"x-correlation-id", "req-1"}};
    request.body = R"({"password":"New-Password-2","app_metadata":{"countersign":{"request_id":"req-1"}}})";
    return request;
}

}  // namespace

TEST_CASE("a fault says whether the write was applied", "[auth0]")
{
    struct Expectation
    {
        Fault fault;
        bool is_applied;
        int status;
    };
    const auto expected = GENERATE(
        Expectation{Fault::none, true, 200}, Expectation{Fault::delay, true, 200},
        Expectation{Fault::rate_limit, false, 429}, Expectation{Fault::error_before, false, 500},
        Expectation{Fault::error_after, true, 500}, Expectation{Fault::reset_before, false, 200},
        Expectation{Fault::reset_after, true, 200}, Expectation{Fault::garbage, true, 200},
        Expectation{Fault::truncate, true, 200});
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    PlannedFault planned;
    planned.fault = expected.fault;
    planned.delay_ms = 25;
    fixture.tenant.faults().add("PATCH /api/v2/users/*", planned);

    const Exchange exchange = fixture.tenant.exchange(password_patch(fixture, id), start);
    CAPTURE(static_cast<int>(expected.fault));
    CHECK(fixture.tenant.accepts(id, "New-Password-2") == expected.is_applied);
    CHECK(exchange.response.status == expected.status);
    CHECK(exchange.delay_ms == (expected.fault == Fault::delay ? 25 : 0));
    // The plan is used up.
    CHECK(fixture.tenant.exchange(password_patch(fixture, id), start + 1).response.status == 200);
}

TEST_CASE("the calls received are remembered without their secrets", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    PlannedFault reset;
    reset.fault = Fault::reset_before;
    fixture.tenant.faults().add("PATCH /api/v2/users/*", reset);
    fixture.tenant.exchange(password_patch(fixture, id), start);
    fixture.tenant.exchange(password_patch(fixture, id), start + 1);

    const auto& calls = fixture.tenant.calls();
    REQUIRE(calls.size() == 3);
    CHECK(calls[0].path == "/oauth/token");
    CHECK(calls[0].masked_body.find("bot-secret") == std::string::npos);
    CHECK(calls[1].status == 0);
    CHECK(calls[2].status == 200);
    CHECK(calls[2].fields == std::vector<std::string>{"password", "app_metadata"});
    CHECK(calls[2].correlation_id == "req-1");
    CHECK(calls[2].masked_body.find("New-Password-2") == std::string::npos);
    CHECK(calls[2].masked_body.find("*****") != std::string::npos);
}

TEST_CASE("a partial commit stores one half and fails", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    fixture.tenant.commit_next_patch_partially(PartialCommit::password_only);
    CHECK(fixture.tenant.handle(password_patch(fixture, id), start).status == 500);
    CHECK(fixture.tenant.accepts(id, "New-Password-2"));
    CHECK(fixture.tenant.user_json(id).find("countersign") == std::string::npos);

    const std::string other = fixture.add("grace@example.com");
    fixture.tenant.commit_next_patch_partially(PartialCommit::metadata_only);
    CHECK(fixture.tenant.handle(password_patch(fixture, other), start).status == 500);
    CHECK_FALSE(fixture.tenant.accepts(other, "New-Password-2"));
    CHECK(fixture.tenant.user_json(other).find("countersign") != std::string::npos);
    CHECK(fixture.tenant.handle(password_patch(fixture, other), start).status == 200);
}

TEST_CASE("a log-in obeys the must-change marker until the password is the user's own", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    CHECK(fixture.tenant.log_in("Ada@example.com", "Old-Password-1", start) == Login::done);
    CHECK(fixture.tenant.log_in("ada@example.com", "wrong", start) == Login::wrong_password);
    const auto patch = [&](const std::string& body) {
        return fixture.client.patch("/api/v2/users/auth0%7C" + id.substr(6), body);
    };
    patch(R"({"password":"New-Password-2",
        "app_metadata":{"countersign":{"must_change":true,"reset_at":"2026-11-18T11:06:40.000Z"}}})");
    CHECK(fixture.tenant.log_in("ada@example.com", "New-Password-2", start + 10) == Login::must_change_password);
    patch(R"({"app_metadata":{"countersign":{"must_change":true,"admin_lpr":"2026-11-18T11:06:40.123Z"}}})");
    CHECK(fixture.tenant.log_in("ada@example.com", "New-Password-2", start + 20) == Login::must_change_password);
    fixture.tenant.set_password(id, "Her-Own-3", start + 30);
    CHECK(fixture.tenant.log_in("ada@example.com", "Her-Own-3", start + 40) == Login::done);

    fixture.tenant.set_blocked(id, true, start + 50);
    CHECK(fixture.tenant.log_in("ada@example.com", "Her-Own-3", start + 60) == Login::blocked);
    for (int i = 0; i < 10; ++i) fixture.tenant.log_in("ada@example.com", "wrong", start + 70);
    CHECK(fixture.tenant.log_in("ada@example.com", "Her-Own-3", start + 80) == Login::locked);
}

TEST_CASE("two tenants of one seed tell the same story", "[auth0]")
{
    const auto first = make_demo_tenant(demo_options(), start);
    const auto second = make_demo_tenant(demo_options(), start);
    CHECK(first->snapshot(start) == second->snapshot(start));
}

TEST_CASE("the demo tenant holds the accounts that make resets difficult", "[auth0]")
{
    const auto tenant = make_demo_tenant(demo_options(), start);
    Client client{*tenant, std::string{demo_client_id}, std::string{demo_client_secret}};
    REQUIRE(client.log_in().status == 200);
    const auto found = [&](const std::string& email) { return client.get("/api/v2/users-by-email?email=" + email); };
    CHECK(found("ada.lovelace%40example.com").body.as_array().size() == 1);
    CHECK(found("alan.turing%2Bbilling%40example.com").body.as_array().size() == 1);
    CHECK(found("charles.babbage%40example.com").body.at(0).at("blocked").as_bool());
    CHECK_FALSE(found("mary.somerville%40example.com").body.at(0).at("email_verified").as_bool());
    CHECK(found("max.planck%40example.com").body.as_array().size() == 2);
    CHECK(found("maria.mitchell%40example.com").text("/1/identities/0/provider") == "google-oauth2");
    CHECK(found("niels.bohr%40acme.com").text("/0/user_id") == "samlp|example-corp|niels.bohr@acme.com");
    CHECK_FALSE(found("info%40acme.com").has("/0/given_name"));
    CHECK_FALSE(found("grace.hopper%40example.com").has("/0/last_login"));
    CHECK(found("elodie%40example.com").text("/0/given_name") == "Élodie-Anne");
    CHECK(client.get("/api/v2/connections?name=partners").text("/0/options/passwordPolicy") == "fair");
    CHECK(client.get("/api/v2/connections?name=nothing").body.as_array().empty());
    CHECK(client.get("/api/v2/connections/con_0000000000000000").status == 404);
}

TEST_CASE("the revision moves with every change", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    const auto before = fixture.tenant.revision();
    fixture.tenant.set_blocked(id, true, start);
    CHECK(fixture.tenant.revision() > before);
}
