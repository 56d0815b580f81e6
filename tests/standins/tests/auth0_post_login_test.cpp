#include "tests/standins/auth0/post_login.hpp"

#include "tests/standins/auth0/text.hpp"
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
    case PostLogin::choose: return "choose";
    case PostLogin::clear: return "clear";
    }
    return "?";
}

}  // namespace

TEST_CASE("the stand-in's log-in page decides each case as the Action does", "[auth0]")
{
    const json::value cases = standins::test::read_json("auth0/must_change_cases.json");
    REQUIRE(cases.as_array().size() >= 90);
    for (const json::value& each : cases.as_array())
    {
        INFO(each.at("name").as_string());
        const auto* strategy = each.at("strategy").if_string();
        const auto* now = each.as_object().if_contains("now");
        const TimeMs at = from_iso(now ? std::string{now->as_string()} : "2026-11-22T15:00:00.000Z").value();
        const auto verdict = post_login(each.at("user").as_object(), strategy ? *strategy : std::string_view{}, at);
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
    REQUIRE(fixture.tenant.redeem_ticket(ticket.text("/ticket"), "Her-Own-Pass-2", start + 700'000));
    CHECK(fixture.tenant.log_in("ada@example.com", "Her-Own-Pass-2", start + 700'010) == Login::done);

    const json::value user = json::parse(fixture.tenant.user_json(id));
    CHECK_FALSE(user.at_pointer("/app_metadata/countersign/must_change").as_bool());
    CHECK(user.at_pointer("/app_metadata/countersign/request_id").as_string() == "rq-1");
}

namespace {

// Ada, whose password was set for her, with both marks that ask for one of her own.
struct Marked : Fixture
{
    explicit Marked(Options options = bot_options()) : Fixture{std::move(options)}
    {
        id = add("ada@example.com");
        const std::string target = "/api/v2/users/auth0%7C" + id.substr(6);
        const std::string mark =
            R"("app_metadata":{"countersign":{"request_id":"rq-1","must_change":true,
                "reset_at":"2026-11-18T11:06:40.000Z")";
        client.patch(target, R"({"password":"Read-Out-2",)" + mark + "}}}");
        const std::string changed{json::parse(tenant.user_json(id)).at("last_password_reset").as_string()};
        client.patch(target, "{" + mark + R"(,"admin_lpr":")" + changed + R"("}}})");
    }

    Visit enter(const std::string& password, Flow flow = Flow::page)
    {
        return tenant.sign_in("ada@example.com", password, start + 10, flow);
    }

    std::string id;
};

}  // namespace

TEST_CASE("a password that was set opens the page where another is chosen, as often as it takes", "[auth0]")
{
    Marked ada;
    const Visit first = ada.enter("Read-Out-2");
    CHECK(first.outcome == Login::must_change_password);
    CHECK(first.page.find("/u/reset-password?ticket=") != std::string::npos);
    const Visit skipped = ada.tenant.resume(first.state, start + 20);
    CHECK(skipped.outcome == Login::denied);
    CHECK(skipped.words.find("not chosen") != std::string::npos);
    CHECK(ada.tenant.resume(first.state, start + 20).outcome != Login::done);

    const Visit second = ada.enter("Read-Out-2");
    CHECK_FALSE(ada.tenant.redeem_ticket(second.page, "weak", start + 30));
    REQUIRE(ada.tenant.redeem_ticket(second.page, "Her-Own-Pass-3", start + 600'000 - 300'010));
    CHECK(ada.tenant.resume(second.state, start + 600'000).outcome == Login::done);
    CHECK(ada.enter("Her-Own-Pass-3").outcome == Login::done);
    CHECK(ada.enter("Read-Out-2").outcome == Login::wrong_password);
}

TEST_CASE("the page's link is over after five minutes", "[auth0]")
{
    Marked ada;
    CHECK_FALSE(ada.tenant.redeem_ticket(ada.enter("Read-Out-2").page, "Her-Own-Pass-3", start + 10 + 300'000));
}

TEST_CASE("flows without a page are denied in words, until the password is the owner's", "[auth0]")
{
    Marked ada;
    const Visit visit = ada.enter("Read-Out-2", Flow::no_page);
    CHECK(visit.outcome == Login::denied);
    CHECK(visit.page.empty());
    CHECK(visit.words.find("on the web page") != std::string::npos);
    ada.tenant.set_password(ada.id, "Her-Own-Pass-3", start + 600'000);
    CHECK(ada.enter("Her-Own-Pass-3", Flow::no_page).outcome == Login::done);
}

TEST_CASE("while the page's link cannot be made, nobody gets in", "[auth0]")
{
    Options options = bot_options();
    bool is_out = false;
    SECTION("the tenant makes none") { is_out = true; }
    SECTION("the Action's client has no grant") { options.action_app.has_grant = false; }
    SECTION("its secret is wrong") { options.action_app.secrets.clear(); }
    SECTION("it may not make links") { options.action_app.scopes = {"read:users"}; }
    Marked ada{std::move(options)};
    if (is_out) ada.tenant.faults().add("POST /api/v2/tickets/password-change", {Fault::error_before});
    const Visit visit = ada.enter("Read-Out-2");
    CHECK(visit.outcome == Login::denied);
    CHECK(visit.words.find("Try again in a few minutes") != std::string::npos);
}

TEST_CASE("without the Action the password that was set opens the account", "[auth0]")
{
    Options options = bot_options();
    options.has_action = false;
    Marked ada{std::move(options)};
    CHECK(ada.enter("Read-Out-2").outcome == Login::done);
    CHECK(ada.enter("Read-Out-2", Flow::no_page).outcome == Login::done);
}

TEST_CASE("a linked database identity signs in with the address that it had, and is led to its own page", "[auth0]")
{
    Fixture fixture;
    UserSpec spec;
    spec.connection = "google-oauth2";
    spec.email = "ada@example.com";
    spec.linked = {{"Username-Password-Authentication", "other@example.com", "Read-Out-2"}};
    spec.app_metadata = R"({"countersign":{"must_change":true}})";
    fixture.tenant.add_user(spec, start);
    CHECK(fixture.tenant.log_in("ada@example.com", "Read-Out-2", start) == Login::wrong_password);
    CHECK(fixture.tenant.log_in("other@example.com", "Read-Out-2", start) == Login::must_change_password);
}

TEST_CASE("a profile over the tenant's limit is neither written nor signed in to", "[auth0]")
{
    Fixture fixture;
    const std::string id = fixture.add("ada@example.com");
    const auto patch = [&](const std::string& body) {
        return fixture.client.patch("/api/v2/users/auth0%7C" + id.substr(6), body);
    };
    const std::string filling = R"({"user_metadata":{"filling":")";
    const std::string frame = R"(,"user_metadata":{"filling":""})";
    const std::size_t free = 102'400 - fixture.tenant.user_json(id).size() - frame.size();
    CHECK(patch(filling + std::string(free, 'x') + "\"}}").status == 200);
    CHECK(fixture.tenant.user_json(id).size() == 102'400);
    CHECK(fixture.tenant.log_in("ada@example.com", "Old-Password-1", start) != Login::denied);

    const auto refused = patch(filling + std::string(free + 1, 'x') + "\"}}");
    CHECK(refused.status == 400);
    CHECK(refused.text("/errorCode") == "user_profile_size_exceeded");
    CHECK(fixture.tenant.log_json().find("user_profile_size_exceeded") != std::string::npos);
    CHECK(patch(R"({"user_metadata":{}})").status == 200);

    fixture.tenant.set_profile_limit(100);
    CHECK(fixture.tenant.log_in("ada@example.com", "Old-Password-1", start) == Login::denied);
    CHECK(
        fixture.client
            .post("/api/v2/users", R"({"connection":"Username-Password-Authentication","email":"b@example.com",
                "password":"First-Pass-1"})")
            .status == 400);
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
