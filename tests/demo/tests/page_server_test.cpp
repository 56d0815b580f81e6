#include "tests/demo/tests/page_fixture.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>

using namespace demo;
using namespace demo::page::test;
using demo::page::Assets;

TEST_CASE("a poll that knows the revision waits, and wakes up on a change", "[page]")
{
    Desk desk;
    const auto known = desk.look("changes?since=0");
    const auto since = "/page/api/changes?since=" + json::serialize(known.at("revision"));
    std::optional<Response> answer;
    desk.begin(desk.get(since), answer);
    desk.context.run_for(std::chrono::milliseconds{100});
    CHECK_FALSE(answer);
    desk.company.slack.say(people::agent, channels::helpdesk, "hello", Company::now());
    // The next look sees it. A poll that waits until its patience is over looks hundreds of times.
    int turns = 0;
    for (; !answer && turns < 100; ++turns) desk.context.run_one();
    REQUIRE(answer);
    const auto news = Desk::body_of(*answer);
    CHECK(news.at("revision").as_int64() > known.at("revision").as_int64());
    CHECK(news.at("parts").at("slack") != known.at("parts").at("slack"));
    CHECK(news.at("parts").at("auth0") == known.at("parts").at("auth0"));
}

TEST_CASE("trouble is a change of the tenant's part, when it begins and when it ends", "[page]")
{
    Desk desk;
    const auto part = [&] { return desk.look("changes?since=0").at("parts").at("auth0").as_int64(); };
    const auto before = part();
    desk.tell("trouble", {{"kind", "slack_outage"}});
    const auto during = part();
    CHECK(during > before);
    desk.company.slack.faults().clear();
    CHECK(part() > during);
}

TEST_CASE("a poll with no number for what it knows is answered at once", "[page]")
{
    Desk desk;
    CHECK(desk.look("changes").contains("revision"));
    CHECK(desk.look("changes?since=x").contains("revision"));
    CHECK(desk.look("changes?since=-1").contains("revision"));
}

TEST_CASE("the workspace tells who one can be and what one can do", "[page]")
{
    Desk desk;
    const auto workspace = desk.look("workspace");
    std::set<std::string> standings;
    for (const auto& person : workspace.at("people").as_array())
        standings.insert(person.at("standing").as_string().c_str());
    CHECK(standings == std::set<std::string>{"member", "guest", "outsider"});
    CHECK(workspace.at("people").at(0).at("groups") == json::value{"support"});
    CHECK(workspace.at("groups").as_array().size() == 4);
    CHECK(workspace.at("commands").at(0).at("command") == "/reset-password");
    CHECK(workspace.at("app").at("home_tab_enabled") == true);
}

TEST_CASE("the files of the page and its library are in the program", "[page]")
{
    const Assets assets;
    REQUIRE(assets.find("index.html"));
    CHECK(assets.find("index.html")->content_type == "text/html; charset=utf-8");
    REQUIRE(assets.find("vue.js"));
    CHECK(assets.find("vue.js")->body.find("Vue.js v2") != std::string::npos);
    CHECK_FALSE(assets.find("none.js"));
    CHECK_FALSE(assets.find(""));
}

TEST_CASE("a folder is served as it is now, and nothing outside of it", "[page]")
{
    CHECK_THROWS_AS(Assets{"/no/such/folder"}, std::invalid_argument);
    const PrivateFolder temporary{"page-test"};
    const auto& folder = temporary.path();
    std::filesystem::create_directories(folder / "web" / "slack");
    const auto write = [&](const char* name, const char* text) { std::ofstream{folder / name} << text; };
    write("web/a.js", "one");
    write("web/slack/b.css", "two");
    write("web/notes.txt", "three");
    write("web/.hidden.js", "four");
    write("secret.js", "five");
    const Assets assets{folder / "web"};
    REQUIRE(assets.find("a.js"));
    CHECK(assets.find("a.js")->body == "one");
    write("web/a.js", "changed");
    CHECK(assets.find("a.js")->body == "changed");
    CHECK(assets.find("slack/b.css"));
    CHECK(assets.find("vue.js"));
    const auto refused = GENERATE(
        "notes.txt", ".hidden.js", "../secret.js", "slack/../../secret.js", "slack/..%2f..%2fsecret.js", "/etc/a.js",
        "slack//b.css", "slack", "index.html");
    CAPTURE(refused);
    CHECK_FALSE(assets.find(refused));
}

TEST_CASE("a company that finds no port leaves no folder behind", "[page]")
{
    Desk desk;
    HttpHost::Options taken;
    taken.port = desk.company.slack_host().port();
    const PrivateFolder temporary{"page-test"};
    const std::string before = std::filesystem::temp_directory_path();
    ::setenv("TMPDIR", temporary.path().c_str(), 1);
    CHECK_THROWS_AS((Company{desk.context, "/bin/true", taken}), boost::system::system_error);
    CHECK(std::filesystem::is_empty(temporary.path()));
    ::setenv("TMPDIR", before.c_str(), 1);
}

TEST_CASE("an address where nothing is says so", "[page]")
{
    Desk desk;
    CHECK(desk.ask(desk.get("/nothing")).status == 404);
    CHECK(desk.ask(desk.get("/page/none.js")).status == 404);
    CHECK(desk.ask(desk.get("/page/api/none")).status == 404);
    CHECK(desk.ask(desk.post("/page/api/workspace", "{}")).status == 404);
}

TEST_CASE("blocks that Slack would refuse are refused in its words, others get their ids", "[page]")
{
    Desk desk;
    const auto preview = [&](const char* body) { return desk.ask(desk.post("/page/api/preview", body)); };
    const auto bad = Desk::body_of(preview(R"({"surface":"message","blocks":[{"type":"divider","colour":"red"}]})"));
    CHECK(bad.at("ok") == false);
    CHECK(bad.at("errors").at(0) == "[ERROR] invalid additional property: colour [json-pointer:/blocks/0]");
    const auto good = Desk::body_of(preview(R"({"surface":"home","blocks":[{"type":"divider"}]})"));
    CHECK(good.at("ok") == true);
    CHECK(good.at("blocks").at(0).as_object().contains("block_id"));
    const auto view = Desk::body_of(preview(R"({"view":{"type":"modal","blocks":[]}})"));
    CHECK(view.at("errors").at(0) == "[ERROR] missing required field: title [json-pointer:/]");
    CHECK(preview(R"({"surface":"wall","blocks":[]})").status == 400);
    CHECK(preview(R"({"blocks":[]})").status == 400);
    CHECK(preview(R"({"surface":"modal","blocks":{}})").status == 400);
    CHECK(preview(R"({"view":[]})").status == 400);
}
