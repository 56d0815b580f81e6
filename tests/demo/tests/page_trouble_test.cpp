#include "tests/demo/tests/page_fixture.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>

using namespace demo;
using namespace demo::page::test;

namespace {

std::string user_id(Desk& desk, const std::string& email)
{
    const auto tenant = desk.look("auth0");
    for (const auto& user : tenant.at("users").as_array())
        if (user.at("email").as_string() == email) return user.at("user_id").as_string().c_str();
    return {};
}

json::array in_force(Desk& desk) { return desk.look("auth0").at("troubles").as_array(); }

int make(Desk& desk, const char* kind, const std::string& user = {})
{
    json::object what{{"kind", kind}};
    if (!user.empty()) what["user_id"] = user;
    return desk.tell("trouble", what).status;
}

Exchange call_auth0(Desk& desk, const char* method = "GET")
{
    return desk.company.auth0.exchange({method, "/api/v2/users/auth0%7C1", {}, {}}, Company::now());
}

bool is_blocked(Desk& desk, const std::string& user)
{
    const auto shown = json::parse(desk.company.auth0.user_json(user)).as_object();
    const auto* blocked = shown.if_contains("blocked");
    return blocked != nullptr && blocked->as_bool();
}

// A program that does nothing until it is told to end, in the place of the bot.
std::filesystem::path sleeper(const std::filesystem::path& folder)
{
    const auto file = folder / "sleeper";
    std::ofstream{file} << "#!/bin/sh\nexec sleep 60\n";
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
}

}  // namespace

TEST_CASE("an outage stands until the trouble is ended", "[page]")
{
    Desk desk;
    CHECK(make(desk, "auth0_outage") == 200);
    CHECK(make(desk, "auth0_outage") == 200);
    for (int i = 0; i < 20; ++i) CHECK(call_auth0(desk).response.status == 500);
    REQUIRE(in_force(desk).size() == 1);
    CHECK(in_force(desk).at(0).at("kind") == "auth0_outage");
    CHECK(in_force(desk).at(0).at("pending") == 1);
    CHECK(make(desk, "clear") == 200);
    CHECK(in_force(desk).empty());
    CHECK(call_auth0(desk).response.status == 401);
}

TEST_CASE("a lost answer befalls the next change alone", "[page]")
{
    Desk desk;
    make(desk, "auth0_lost_answer");
    CHECK(call_auth0(desk, "GET").fault == Fault::none);
    CHECK(in_force(desk).size() == 1);
    CHECK(call_auth0(desk, "PATCH").fault == Fault::reset_after);
    CHECK(call_auth0(desk, "PATCH").fault == Fault::none);
    CHECK(in_force(desk).empty());
}

TEST_CASE("rate limits and slowness befall a few calls and say how many are left", "[page]")
{
    Desk desk;
    make(desk, "auth0_rate_limit");
    make(desk, "auth0_slow");
    CHECK(call_auth0(desk).response.status == 429);
    CHECK(in_force(desk).at(0).at("pending") == 2);
    CHECK(in_force(desk).at(1).at("pending") == 3);
    make(desk, "slack_slow");
    CHECK(in_force(desk).at(2).at("kind") == "slack_slow");
    CHECK(in_force(desk).at(2).at("pending") == 3);
}

TEST_CASE("trouble about a customer needs one that the tenant has", "[page]")
{
    Desk desk;
    const auto kind = GENERATE("block_user", "change_password_behind_back");
    CHECK(make(desk, kind) == 400);
    CHECK(make(desk, kind, "auth0|nobody") == 404);
    CHECK(make(desk, kind, user_id(desk, "john.doe@example.com")) == 200);
}

TEST_CASE("a customer is blocked until the trouble is ended; one whom others blocked stays so", "[page]")
{
    Desk desk;
    const auto john = user_id(desk, "john.doe@example.com");
    const auto charles = user_id(desk, "charles.babbage@example.com");
    CHECK(make(desk, "block_user", john) == 200);
    CHECK(is_blocked(desk, john));
    CHECK(make(desk, "block_user", john) == 409);
    CHECK(make(desk, "block_user", charles) == 409);
    make(desk, "clear");
    CHECK_FALSE(is_blocked(desk, john));
    CHECK(is_blocked(desk, charles));
}

TEST_CASE("a password that others change stands in the tenant's log; without a password there is none", "[page]")
{
    Desk desk;
    const auto log = [&] { return desk.look("auth0").at("log").as_array().size(); };
    const auto before = log();
    CHECK(make(desk, "change_password_behind_back", user_id(desk, "john.doe@example.com")) == 200);
    CHECK(log() == before + 1);
    CHECK(make(desk, "change_password_behind_back", user_id(desk, "niels.bohr@acme.com")) == 409);
}

TEST_CASE("a strict policy is the main connection's until the trouble is ended", "[page]")
{
    Desk desk;
    const auto shown = [&] { return json::serialize(desk.look("auth0").at("connections").at(0)); };
    CHECK(shown().find("excellent") == std::string::npos);
    make(desk, "strict_policy");
    CHECK(shown().find("excellent") != std::string::npos);
    make(desk, "clear");
    CHECK(shown().find("excellent") == std::string::npos);
}

TEST_CASE("trouble that nobody knows, or that is no object, is refused", "[page]")
{
    Desk desk;
    CHECK(make(desk, "earthquake") == 400);
    CHECK(desk.tell("trouble", {}).status == 400);
    CHECK(desk.tell("trouble", {{"kind", 7}}).status == 400);
    CHECK(desk.ask(desk.post("/page/api/trouble", "[]")).status == 400);
}

TEST_CASE("every trouble that the workspace names can be made", "[page]")
{
    Desk desk;
    const auto john = user_id(desk, "john.doe@example.com");
    const auto workspace = desk.look("workspace");
    REQUIRE(workspace.at("troubles").as_array().size() == 14);
    for (const auto& trouble : workspace.at("troubles").as_array())
    {
        const std::string kind = trouble.at("kind").as_string().c_str();
        CAPTURE(kind);
        const bool needs_user = trouble.as_object().contains("needs");
        CHECK(make(desk, kind.c_str(), needs_user ? john : std::string{}) != 400);
    }
}

TEST_CASE("a bot that was stopped stays down until it is started, one that was killed comes back", "[page]")
{
    const PrivateFolder folder{"sleeper-test"};
    Desk desk{sleeper(folder.path())};
    CHECK(make(desk, "bot_stop") == 409);
    CHECK(make(desk, "bot_start") == 200);
    CHECK(desk.company.bot().running());
    CHECK(make(desk, "bot_start") == 409);
    CHECK(make(desk, "bot_stop") == 200);
    CHECK(in_force(desk).at(0).at("kind") == "bot_stop");
    CHECK(make(desk, "clear") == 200);
    const auto starts = [&] { return desk.company.bot().starts(); };
    const auto until = [&](int wanted) {
        const auto late = std::chrono::steady_clock::now() + std::chrono::seconds{15};
        while (starts() < wanted && std::chrono::steady_clock::now() < late)
            desk.context.run_one_for(std::chrono::milliseconds{50});
        return starts() == wanted;
    };
    CHECK(until(2));
    CHECK(make(desk, "bot_kill") == 200);
    CHECK_FALSE(desk.company.bot().running());
    CHECK(in_force(desk).at(0).at("kind") == "bot_kill");
    CHECK(until(3));
    CHECK(in_force(desk).empty());
}
