#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack::test;

namespace {

Exchange post(slack::Workspace& slack)
{
    return slack.exchange(form_call("chat.postMessage", {{"channel", approvals}, {"text", "x"}}), start);
}

}  // namespace

TEST_CASE("a fault befalls the calls that it names, as often as planned, after those it spares", "[faults]")
{
    FaultPlan plan;
    plan.add("chat.*", {Fault::error_before, 0, 1}, 2, 1);
    CHECK(plan.take("users.info").fault == Fault::none);
    CHECK(plan.take("chat.postMessage").fault == Fault::none);
    CHECK(plan.pending() == 2);
    CHECK(plan.take("chat.postMessage").fault == Fault::error_before);
    CHECK(plan.take("chat.update").fault == Fault::error_before);
    CHECK(plan.take("chat.update").fault == Fault::none);
    CHECK(plan.pending() == 0);
}

TEST_CASE("a standing fault befalls every call until the plan is cleared", "[faults]")
{
    FaultPlan plan;
    plan.add("*", {Fault::error_before}, FaultPlan::until_cleared);
    plan.add("*", {Fault::delay, 10}, 2);
    for (int i = 0; i < 100; ++i) CHECK(plan.take("users.info").fault == Fault::error_before);
    CHECK(plan.pending(Fault::error_before) == 1);
    CHECK(plan.pending(Fault::delay) == 2);
    CHECK(plan.pending() == 3);
    plan.clear();
    CHECK(plan.pending() == 0);
    CHECK(plan.take("users.info").fault == Fault::none);
}

TEST_CASE("a name without a star is the whole name", "[faults]")
{
    FaultPlan plan;
    plan.add("chat.post", {Fault::garbage, 0, 1});
    CHECK(plan.take("chat.postMessage").fault == Fault::none);
    CHECK(plan.take("chat.post").fault == Fault::garbage);
}

TEST_CASE("faults before the call apply nothing, faults after it apply the call", "[faults][slack]")
{
    struct Case
    {
        Fault fault;
        int status;
        std::size_t messages;
        Fault left_to_host;
    };
    const auto each = GENERATE(
        Case{Fault::none, 200, 1, Fault::none}, Case{Fault::delay, 200, 1, Fault::delay},
        Case{Fault::rate_limit, 429, 0, Fault::none}, Case{Fault::error_before, 500, 0, Fault::none},
        Case{Fault::error_after, 500, 1, Fault::none}, Case{Fault::reset_before, 200, 0, Fault::reset_before},
        Case{Fault::reset_after, 200, 1, Fault::reset_after}, Case{Fault::garbage, 200, 1, Fault::none},
        Case{Fault::truncate, 200, 1, Fault::truncate});
    CAPTURE(static_cast<int>(each.fault));
    auto slack = workspace();
    slack.faults().add("chat.postMessage", {each.fault, 250, 7});
    const auto exchange = post(slack);
    CHECK(exchange.response.status == each.status);
    CHECK(exchange.fault == each.left_to_host);
    CHECK(exchange.delay_ms == (each.fault == Fault::delay ? 250 : 0));
    CHECK(slack.messages(approvals).size() == each.messages);
    CHECK(post(slack).response.status == 200);
}

TEST_CASE("a planned rate limit names its seconds, and garbage is no JSON", "[faults][slack]")
{
    auto slack = workspace();
    slack.faults().add("chat.postMessage", {Fault::rate_limit, 0, 7});
    slack.faults().add("chat.postMessage", {Fault::garbage, 0, 1});
    const Request headers{"", "", post(slack).response.headers, ""};
    CHECK(headers.header("retry-after") == "7");
    boost::json::error_code problem;
    boost::json::parse(post(slack).response.body, problem);
    CHECK(problem);
}

TEST_CASE("a post whose answer was lost is found again by its metadata", "[faults][slack]")
{
    auto slack = workspace();
    slack.faults().add("chat.postMessage", {Fault::reset_after, 0, 1});
    const auto request = form_call(
        "chat.postMessage",
        {{"channel", approvals}, {"text", "x"}, {"metadata", R"({"event_type":"audit","event_payload":{"id":"7"}})"}});
    CHECK(slack.exchange(request, start).fault == Fault::reset_after);
    const auto history = call(
        slack, "conversations.history",
        {{"channel", approvals}, {"include_all_metadata", "true"}, {"oldest", "1763799940.000000"}});
    REQUIRE(history.at("messages").as_array().size() == 1);
    CHECK(history.at("messages").at(0).at("metadata").at("event_payload").at("id") == "7");
}
