#include "tests/scenario/planted.hpp"
#include "tests/scenario/tables.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <ostream>
#include <string>

// What stands at the bot's door, before any handler: Slack's own requests pass, once, and nothing else does.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::slack::Delivery;
using standins::slack::DeliveryKind;
using standins::slack::Forgery;

namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded";
constexpr const char* json_type = "application/json";

Delivery command(World& world)
{
    return world.slack.command(
        cast::agent, cast::desk, "/reset-password", World::customer_email, to_unix_ms(world.time.now()));
}

// The same body once more, as if it had been sent `ahead` from now.
Delivery signed_again(World& world, const Delivery& delivery, Milliseconds ahead = 0ms)
{
    Delivery again = delivery;
    again.request = standins::slack::signed_request(
        world.slack.options(), std::string{delivery.request.path()},
        std::string{delivery.request.header("content-type")}, delivery.request.body,
        to_unix_ms(world.time.now() + ahead), Forgery::none);
    return again;
}

// Every accepted request lets the ledger forget what is over: the memory of others must not depend on its idleness.
void let_others_ask(World& world)
{
    const auto now = to_unix_ms(world.time.now());
    REQUIRE(
        world.deliver(world.slack.command(cast::other_lead, cast::desk, "/reset-password", "x@acme.example", now))
            .status == 200);
}

struct Answer
{
    int status;
    std::string body;
    std::string allow;

    bool operator==(const Answer&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Answer& answer)
{
    return out << answer.status << ' ' << answer.body << ' ' << answer.allow;
}

Answer answer_to(World& world, const standins::Request& request)
{
    const auto response = world.knock(request);
    if (!response) return {0, {}, {}};
    for (const auto& [name, value] : response->headers)
        if (name == "allow") return {response->status, response->body, value};
    return {response->status, response->body, {}};
}

std::string content_type(World& world, const standins::Request& request)
{
    const auto response = world.knock(request);
    if (!response) return {};
    for (const auto& [name, value] : response->headers)
        if (name == "content-type") return value;
    return {};
}

standins::Request raw(
    World& world, const std::string& path, const std::string& type, const std::string& body,
    Forgery forgery = Forgery::none)
{
    return world.slack.raw(DeliveryKind::command, path, type, body, to_unix_ms(world.time.now()), forgery).request;
}

}  // namespace

TEST_CASE("a request is refused as a replay for as long as its signature counts", "[scenario][door]")
{
    World world{870};
    const auto first = command(world);
    REQUIRE(world.deliver(first).status == 200);
    world.run_for(4min);
    let_others_ask(world);
    CHECK(world.deliver(first).status == 401);
    CHECK(world.requests().size() == 2);
}

TEST_CASE("a request from a clock that goes ahead is not accepted again ten minutes later", "[scenario][door]")
{
    World world{871};
    const auto early = signed_again(world, command(world), 299s);
    REQUIRE(world.deliver(early).status == 200);
    world.run_for(597s);  // its time stamp is now 298 s old
    let_others_ask(world);
    world.ledger().engine().prune(world.time.now(), 500);
    CHECK(world.deliver(early).status == 401);
    CHECK(world.requests().size() == 2);
}

TEST_CASE("the same body is refused for twenty-one minutes, however freshly it is signed", "[scenario][door]")
{
    World world{872};
    const auto first = command(world);
    REQUIRE(world.deliver(first).status == 200);
    world.run_for(21min - 1s);
    let_others_ask(world);
    world.ledger().engine().prune(world.time.now(), 500);
    CHECK(world.deliver(signed_again(world, first)).status == 401);
    CHECK(world.requests().size() == 2);
}

TEST_CASE("what was not signed by Slack, or is not of these five minutes, gets no further", "[scenario][door]")
{
    const auto forgery = GENERATE(
        Forgery::wrong_secret, Forgery::signature_missing, Forgery::timestamp_missing, Forgery::both_missing,
        Forgery::stale, Forgery::future, Forgery::far_future, Forgery::timestamp_word, Forgery::version_missing,
        Forgery::version_one, Forgery::digest_short, Forgery::digest_long, Forgery::trailing_junk,
        Forgery::signature_twice, Forgery::timestamp_twice, Forgery::body_changed);
    INFO("forgery " << static_cast<int>(forgery));
    World world{873};
    const std::string before = decisive_tables(world);
    const auto honest = command(world).request;
    const Answer unauthorized{401, R"({"error":"unauthorized"})", {}};
    CHECK(answer_to(world, raw(world, "/slack/commands", form_type, honest.body, forgery)) == unauthorized);
    // Whoever proves nothing does not even learn what else was wrong.
    CHECK(answer_to(world, raw(world, "/slack/commands", "text/plain", "nonsense=%", forgery)) == unauthorized);
    CHECK(decisive_tables(world) == before);
    CHECK(world.deliver(command(world)).status == 200);
}

TEST_CASE("other paths are not found, and other methods are told the right ones", "[scenario][door]")
{
    World world{874};
    auto request = command(world).request;
    const std::string known = request.target;
    REQUIRE(known == "/slack/commands");
    for (const char* path : {"/", "/slack", "/slack/commands/", "/slack/command", "/SLACK/COMMANDS", "/readyz/", ""})
    {
        INFO(path);
        request.target = path;
        CHECK(answer_to(world, request) == Answer{404, R"({"error":"not_found"})", {}});
    }
    for (const char* path : {"/slack/commands", "/slack/interactions", "/slack/events"})
        for (const char* method : {"GET", "HEAD"})
        {
            INFO(method << ' ' << path);
            request.target = path;
            request.method = method;
            CHECK(answer_to(world, request) == Answer{405, R"({"error":"method_not_allowed"})", "POST"});
        }
    for (const char* path : {"/healthz", "/readyz"})
    {
        INFO(path);
        request.target = path;
        request.method = "POST";
        CHECK(answer_to(world, request) == Answer{405, R"({"error":"method_not_allowed"})", "GET, HEAD"});
    }
    CHECK(world.requests().empty());
    request.method = "POST";
    request.target = known + "?anything=else";  // the path alone decides
    CHECK(answer_to(world, request).status == 200);
}

TEST_CASE("a body of another media type than its path's is refused", "[scenario][door]")
{
    World world{875};
    const std::string typed = command(world).request.body;
    const Answer refused{415, R"({"error":"unsupported_media_type"})", {}};
    for (const char* type :
         {"", "text/plain", "application/x-www-form-urlencoded2",
          "application/json; x=application/"
          "x-www-form-urlencoded"})
    {
        INFO(type);
        CHECK(answer_to(world, raw(world, "/slack/commands", type, typed)) == refused);
    }
    CHECK(answer_to(world, raw(world, "/slack/commands", json_type, "{}")) == refused);
    CHECK(answer_to(world, raw(world, "/slack/interactions", json_type, "{}")) == refused);
    CHECK(answer_to(world, raw(world, "/slack/events", form_type, "payload=%7B%7D")) == refused);
    CHECK(world.requests().empty());
    CHECK(
        answer_to(world, raw(world, "/slack/commands", "Application/X-WWW-Form-URLEncoded \t; charset=utf-8", typed))
            .status == 200);
}

TEST_CASE("a signed body that makes no sense is a bad request", "[scenario][door]")
{
    World world{876};
    const auto bad = [&](const char* path, const char* type, const std::string& body) {
        INFO(path << ' ' << body);
        CHECK(answer_to(world, raw(world, path, type, body)) == Answer{400, R"({"error":"bad_request"})", {}});
    };
    bad("/slack/commands", form_type, "command=%zz");
    bad("/slack/commands", form_type, "");
    bad("/slack/interactions", form_type, "payload=%7B");
    bad("/slack/interactions", form_type, "");
    bad("/slack/events", json_type, "{");
    bad("/slack/events", json_type, "[]");
    CHECK(world.requests().empty());
}

TEST_CASE("an interaction is one payload and nothing else", "[scenario][door]")
{
    World world{877};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    const auto press = [&] {
        return world.slack
            .click(
                cast::lead, cast::approvals, world.slack.messages(cast::approvals).back().ts, "request.approve",
                to_unix_ms(world.time.now()))
            .request.body;
    };
    REQUIRE(press().starts_with("payload="));
    const std::string renamed = "Payload" + press().substr(7);
    for (const std::string& body : {press() + "&more=1", "more=1&" + press(), renamed, press() + "&" + press()})
    {
        INFO(body.substr(0, 40));
        CHECK(answer_to(world, raw(world, "/slack/interactions", form_type, body)).status == 400);
    }
    CHECK(world.request().claims.empty());
    CHECK(answer_to(world, raw(world, "/slack/interactions", form_type, press())).status == 200);
    CHECK(world.request().claims.size() == 1);
}

TEST_CASE("Slack's question whether we are there is answered with its own word", "[scenario][door]")
{
    World world{878};
    const auto asked = world.slack.url_verification(to_unix_ms(world.time.now()));
    REQUIRE_FALSE(asked.challenge.empty());
    CHECK(answer_to(world, asked.request) == Answer{200, asked.challenge, {}});
    CHECK(content_type(world, asked.request) == "text/plain");
    const auto forged = world.slack.url_verification(to_unix_ms(world.time.now()), Forgery::wrong_secret);
    CHECK(answer_to(world, forged.request).status == 401);
}

TEST_CASE("a command is answered in JSON that only its sender sees", "[scenario][door]")
{
    World world{879};
    CHECK(content_type(world, command(world).request) == "application/json; charset=utf-8");
    const auto now = to_unix_ms(world.time.now());
    const auto help =
        boost::json::parse(world.deliver(world.slack.command(cast::agent, cast::desk, "/password-help", "", now)).body);
    CHECK(help.at("response_type") == "ephemeral");
    CHECK_FALSE(help.at("text").as_string().empty());
}

TEST_CASE("while nothing can be stored the answer is that we are not available", "[scenario][door]")
{
    World world{880};
    world.break_store(true);
    CHECK(answer_to(world, command(world).request) == Answer{503, R"({"error":"unavailable"})", {}});
    world.break_store(false);
    CHECK(world.requests().empty());
    CHECK(world.deliver(command(world)).status == 200);
}
