#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;
using standins::slack::Message;

// Who is told of a freeze and of its end, how often, and what happens when that fails.
namespace {

std::string drawn(const Message& message) { return message.text + json::serialize(message.blocks); }

// What stands in a channel and speaks of a freeze, without cards.
std::vector<Message> notices(World& world, const std::string& channel)
{
    auto all = world.slack.messages(channel);
    std::erase_if(all, [](const Message& message) {
        const std::string text = drawn(message);
        return has(text, "Request `cs-") || (!has(text, "*Frozen*") && !has(text, "*Released*"));
    });
    return all;
}

NewJob notice_job(const std::string& payload, TimePoint due)
{
    NewJob job{std::string{job_kind::freeze_notice}, "freeze/approvals", due};
    job.payload = payload;
    return job;
}

std::size_t edits_of(World& world, const std::string& ts)
{
    const auto& calls = world.slack.calls();
    return static_cast<std::size_t>(std::count_if(calls.begin(), calls.end(), [&ts](const auto& call) {
        return call.method == "chat.update" && has(json::serialize(call.args), ts);
    }));
}

}  // namespace

TEST_CASE("half a release is told where it was pressed and to the auditors, and its end to all", "[scenario][freeze]")
{
    World world{640};
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    REQUIRE(notices(world, cast::approvals).size() == 1);
    CHECK(notices(world, cast::audit).size() == 1);
    CHECK(has(drawn(notices(world, cast::approvals).front()), "nobody has yet"));

    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    REQUIRE(notices(world, cast::approvals).size() == 1);
    CHECK(has(drawn(notices(world, cast::approvals).front()), "one more is needed"));
    CHECK(notices(world, cast::audit).size() == 2);

    world.press_in_channel(cast::other_lead, "freeze.release");
    world.run_for(10s);
    const auto told = notices(world, cast::approvals);
    REQUIRE(told.size() == 2);
    for (const Message& message : told)
    {
        CHECK(has(drawn(message), "*Released* by"));
        CHECK_FALSE(has(drawn(message), "freeze.release"));
    }
    CHECK(notices(world, cast::audit).size() == 3);
    for (const Message& message : notices(world, cast::audit)) CHECK_FALSE(has(drawn(message), "freeze.release"));
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a freeze is told for as long as it takes, whatever the reason that it could not be", "[scenario][freeze]")
{
    const auto channel = GENERATE(as<std::string>{}, cast::approvals, cast::audit);
    INFO(channel);
    World world{641};
    world.slack.channel(channel).is_archived = true;
    world.freeze(cast::lead, "incident");
    world.run_for(30min);
    CHECK(notices(world, channel).empty());
    world.slack.channel(channel).is_archived = false;
    CHECK(world.run_until([&] { return notices(world, channel).size() == 1; }, 10min));
    world.run_for(10min);
    CHECK(notices(world, channel).size() == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a freeze is told once, also where the answer to its message was lost", "[scenario][freeze]")
{
    World world{647};
    world.slack.faults().add("chat.postMessage", {Fault::reset_after}, 2);
    world.freeze(cast::lead, "incident");
    world.run_for(5min);
    CHECK(notices(world, cast::approvals).size() == 1);
    CHECK(notices(world, cast::audit).size() == 1);
}

TEST_CASE("a freeze that Slack has no room for is told when Slack says so", "[scenario][freeze]")
{
    World world{642};
    standins::PlannedFault busy;
    busy.fault = Fault::rate_limit;
    busy.retry_after_s = 40;
    world.slack.faults().add("chat.postMessage", busy, 2);
    world.freeze(cast::lead, "incident");
    world.run_for(35s);
    CHECK(notices(world, cast::approvals).size() + notices(world, cast::audit).size() == 0);
    world.run_for(20s);
    CHECK(notices(world, cast::approvals).size() == 1);
    CHECK(notices(world, cast::audit).size() == 1);
}

TEST_CASE("a button that was pressed is edited until it is, and not once its message is gone", "[scenario][freeze]")
{
    const bool is_gone = GENERATE(true, false);
    INFO(is_gone);
    World world{643};
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    REQUIRE(notices(world, cast::approvals).size() == 1);
    const Message message = notices(world, cast::approvals).front();
    const auto press =
        world.slack.click(cast::lead, cast::approvals, message.ts, "freeze.release", to_unix_ms(world.time.now()));
    if (is_gone)
    {
        standins::Request call;
        call.method = "POST";
        call.target = "/api/chat.delete";
        call.headers = {
            {"authorization", "Bearer " + world.slack.options().bot_token}, {"content-type", "application/json"}};
        call.body = json::serialize(json::object{{"channel", message.channel}, {"ts", message.ts}});
        REQUIRE(has(world.slack.handle(call, to_unix_ms(world.time.now())).body, "\"ok\":true"));
    }
    else
        world.slack.faults().add("chat.update", {Fault::error_before}, 2);
    CHECK(world.deliver(press).status == 200);
    world.run_for(10min);
    CHECK(edits_of(world, message.ts) == 1);
    CHECK(notices(world, cast::approvals).size() == (is_gone ? 0 : 1));
    CHECK(notices(world, cast::audit).size() == 2);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a notice that cannot be read is given up, and nothing is told of it", "[scenario][freeze]")
{
    const auto payload = GENERATE(as<std::string>{}, "no JSON", "[]", "{}", R"({"notice":"x","to_audit":true})");
    INFO(payload);
    World world{644};
    Request request = approved(world, "cs-anyrequest01", PasswordFormat::sop);
    request.state = State::failed;
    request.ending = Ending::account_gone;
    world.plant(request, {notice_job(payload, world.time.now())});
    REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == 1; }, 10s));
    CHECK(detail_of(world, "job_buried", "error") == "payload_corrupt");
    CHECK(rows_of(world, "job_buried").front().at("request").is_null());
    CHECK(notices(world, cast::approvals).empty());
    CHECK(notices(world, cast::audit).empty());
}

TEST_CASE("a freeze is seen on the cards of what waits and of what was approved, and on no other", "[scenario][freeze]")
{
    World world{645};
    REQUIRE(world.ask_and_wait());
    world.deny(cast::lead);
    REQUIRE(world.settle());
    const std::size_t before = calls_of(world, "chat.update");
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    CHECK(calls_of(world, "chat.update") == before);
    CHECK_FALSE(has(world.card(), "*Frozen*"));
}

TEST_CASE("the Home of whoever has it open shows a freeze, and its end", "[scenario][freeze][home]")
{
    World world{646};
    world.deliver(world.slack.open_home(cast::agent, to_unix_ms(world.time.now())));
    world.run_for(3s);
    const auto home = [&world] { return json::serialize(world.slack.home(cast::agent).value().content); };
    REQUIRE_FALSE(has(home(), "*Frozen*"));
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    CHECK(has(home(), "*Frozen*"));
    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    world.press_in_channel(cast::other_lead, "freeze.release");
    world.run_for(10s);
    CHECK_FALSE(has(home(), "*Frozen*"));
}
