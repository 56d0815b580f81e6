#include "bot/store/database.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/disguise.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::slack::Delivery;
using standins::slack::Message;
using standins::slack::Place;

// What Slack refuses and somebody can mend: tried on, said once, and meanwhile told in another way.
namespace {

const std::string bot = "U019BOT00";

// Makes what is posted to this channel refused with `code`, or not any more.
void refuse(World& world, const std::string& id, const std::string& code, bool refused = true)
{
    auto& channel = world.slack.channel(id);
    if (code == "is_archived")
        channel.is_archived = refused;
    else if (code == "channel_not_found" || code == "not_in_channel")
    {
        using standins::slack::ChannelKind;
        channel.kind = code == "not_in_channel" && refused ? ChannelKind::open : ChannelKind::closed;
        std::erase(channel.members, bot);
        if (!refused) channel.members.push_back(bot);
    }
    else
        channel.refuses_apps = refused ? code : "";
}

std::string readyz(World& world)
{
    const auto response = world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}});
    return response ? response->body : "no answer";
}

std::size_t told_of_refusal(World& world, const std::string& channel)
{
    const auto messages = world.slack.messages(channel);
    return static_cast<std::size_t>(std::count_if(
        messages.begin(), messages.end(), [](const Message& each) { return has(each.text, "*Slack refuses*"); }));
}

std::string home_of(World& world, const std::string& user)
{
    const auto view = world.slack.home(user);
    return view ? json::serialize(view->content) : std::string{};
}

void open_home(World& world, const std::string& user)
{
    world.deliver(world.slack.open_home(user, to_unix_ms(world.time.now())));
    world.run_for(3s);
}

Delivery press_in_home(World& world, const std::string& user, const std::string& action)
{
    return world.slack.click_in_view(user, Place::home, action, to_unix_ms(world.time.now()));
}

// The person's newest private message in the desk's channel.
Delivery press_in_line(World& world, const std::string& user, const std::string& action)
{
    std::string ts;
    for (const Message& message : world.slack.visible_to(user, cast::desk))
        if (message.is_ephemeral()) ts = message.ts;
    return world.slack.click(user, cast::desk, ts, action, to_unix_ms(world.time.now()));
}

bool sees_password(World& world)
{
    return world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s);
}

void switch_messages_tab(World& world, bool enabled) { world.slack.options().messages_tab_enabled = enabled; }

// Asked for in a line, approved and changed, while the agent cannot be sent a direct message.
void change_without_messages(World& world)
{
    switch_messages_tab(world, false);
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    world.run_for(10s);
    REQUIRE(world.dms(cast::agent) == 0);
}

// The same, from a form: there is no private line.
void change_from_form(World& world)
{
    switch_messages_tab(world, false);
    Request request = approved(world, "cs-withoutline1", PasswordFormat::sop);
    world.plant(
        request,
        {request_job(job_kind::card, request.id, world.time.now()),
         request_job(job_kind::change, request.id, world.time.now())});
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    world.run_for(10s);
}

}  // namespace

TEST_CASE("an outcome that the audit channel refuses for a moment arrives there, once", "[scenario][refused]")
{
    const auto code = GENERATE(
        as<std::string>{}, "not_in_channel", "channel_not_found", "is_archived", "restricted_action",
        "a_code_of_next_year");
    INFO(code);
    World world{1600};
    REQUIRE(world.ask_and_wait());
    refuse(world, cast::audit, code);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    world.run_for(5s);
    CHECK(world.audit_messages() == 0);
    refuse(world, cast::audit, code, false);
    CHECK(world.run_until([&] { return world.audit_messages() == 1; }, 1min));
    REQUIRE(world.settle());
    CHECK(world.audit_messages() == 1);
    CHECK(world.audit_rows("job_buried") == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "an outcome waits for its channel as long as an outage, and nobody is told of each try", "[scenario][refused]")
{
    World world{1601};
    REQUIRE(world.ask_and_wait());
    refuse(world, cast::audit, "not_in_channel");
    world.deny(cast::lead);
    world.run_for(6h);
    CHECK(world.audit_messages() == 0);
    CHECK(world.audit_rows("job_buried") == 0);
    CHECK(told_of_refusal(world, cast::approvals) == 1);
    CHECK(world.dms(cast::agent) == 1);
    refuse(world, cast::audit, "not_in_channel", false);
    CHECK(world.run_until([&] { return world.audit_messages() == 1; }, 15min));
    CHECK(has(world.audit_message(), "*Denied*"));
}

TEST_CASE("what Slack refuses for the message itself is given up at once", "[scenario][refused]")
{
    World world{1602};
    REQUIRE(world.ask_and_wait());
    refuse(world, cast::audit, "msg_too_long");
    world.deny(cast::lead);
    world.run_for(30s);
    CHECK(world.audit_rows("job_buried") == 1);
    CHECK(detail_of(world, "job_buried", "error") == "msg_too_long");
    CHECK(detail_of(world, "job_buried", "kind") == "announce");
    CHECK(told_of_refusal(world, cast::approvals) == 0);
}

TEST_CASE("a card that its channel refuses for a while is posted then, and can be decided", "[scenario][refused]")
{
    World world{1603};
    refuse(world, cast::approvals, "restricted_action");
    world.ask(cast::agent, World::customer_email);
    world.run_for(30min);
    CHECK(world.request().state == State::pending);
    CHECK(world.cards() == 0);
    CHECK(told_of_refusal(world, cast::audit) == 1);
    refuse(world, cast::approvals, "restricted_action", false);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 15min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("readiness names what Slack refuses, until it does not any more", "[scenario][refused][ready]")
{
    struct Row
    {
        std::string channel;
        std::string word;
    };
    const auto row = GENERATE(
        Row{cast::approvals, "slack_refuses_approvals_channel"}, Row{cast::audit, "slack_refuses_audit_channel"});
    INFO(row.word);
    World world{1604};
    REQUIRE(world.ask_and_wait());
    world.run_for(2s);
    CHECK(readyz(world) == R"({"ok":true})");
    refuse(world, row.channel, "restricted_action");
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    CHECK(readyz(world) == R"({"error":")" + row.word + R"("})");
    refuse(world, row.channel, "restricted_action", false);
    CHECK(world.run_until([&] { return readyz(world) == R"({"ok":true})"; }, 10min));
}

TEST_CASE("readiness names direct messages that are refused to everybody, and a token", "[scenario][refused][ready]")
{
    const bool is_token = GENERATE(true, false);
    INFO(is_token);
    World world{1605};
    REQUIRE(world.ask_and_wait());
    if (is_token)
        world.slack.refuse_token("token_revoked");
    else
        switch_messages_tab(world, false);
    world.deny(cast::lead);
    if (is_token) world.ask(cast::other_lead, "grace@acme.example");
    world.freeze(cast::lead, "incident");
    world.run_for(20s);
    CHECK(
        readyz(world) ==
        (is_token ? R"({"error":"slack_refuses_token"})" : R"({"error":"slack_refuses_direct_messages"})"));
}

TEST_CASE("people are told once of what many messages meet", "[scenario][refused]")
{
    World world{1606};
    refuse(world, cast::audit, "is_archived");
    for (const char* id : {"cs-manyrefused1", "cs-manyrefused2", "cs-manyrefused3"})
    {
        Request request = approved(world, id, PasswordFormat::sop);
        request.state = State::failed;
        request.ending = Ending::account_gone;
        world.plant(request, {request_job(job_kind::announce, request.id, world.time.now())});
    }
    world.run_for(2h);
    CHECK(told_of_refusal(world, cast::approvals) == 1);
    CHECK(has(world.approvals(), "is_archived"));
    CHECK(has(world.approvals(), "Unarchive the channel."));
    CHECK(world.dms(cast::agent) == 0);
    refuse(world, cast::audit, "is_archived", false);
    CHECK(world.run_until([&] { return world.audit_messages() == 3; }, 15min));
    // The next time is another.
    refuse(world, cast::audit, "is_archived");
    Request request = approved(world, "cs-manyrefused4", PasswordFormat::sop);
    request.state = State::failed;
    request.ending = Ending::account_gone;
    world.plant(request, {request_job(job_kind::announce, request.id, world.time.now())});
    world.run_for(5min);
    CHECK(told_of_refusal(world, cast::approvals) == 2);
}

TEST_CASE("a refusal of seconds is not told to people", "[scenario][refused]")
{
    World world{1607};
    REQUIRE(world.ask_and_wait());
    refuse(world, cast::audit, "is_archived");
    world.deny(cast::lead);
    world.run_for(20s);
    refuse(world, cast::audit, "is_archived", false);
    world.run_for(10min);
    CHECK(world.audit_messages() == 1);
    CHECK(told_of_refusal(world, cast::approvals) == 0);
}

TEST_CASE(
    "whose messages are refused is told in the private line, and sees the password from there", "[scenario][refused]")
{
    World world{1608};
    change_without_messages(world);
    const std::string line = world.private_line(cast::agent, cast::desk);
    CHECK(has(line, "*Done*"));
    CHECK(has(line, "handover.show"));
    CHECK_FALSE(has(line, World::customer_password));
    CHECK(world.deliver(press_in_line(world, cast::agent, "handover.show")).status == 200);
    REQUIRE(sees_password(world));
    world.run_for(2s);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.dms(cast::agent) == 0);
    CHECK(world.audit_rows("job_buried") == 0);
    world.submit(cast::agent, {});  // Close for good
    world.run_for(10s);
    CHECK_FALSE(is_sealed(world));
}

TEST_CASE("whoever asked in a form finds the button in the Home", "[scenario][refused][home]")
{
    World world{1609};
    open_home(world, cast::agent);
    change_from_form(world);
    REQUIRE(has(home_of(world, cast::agent), "handover.show"));
    CHECK_FALSE(has(home_of(world, cast::agent), World::customer_password));
    world.run_for(1h);
    CHECK(world.deliver(press_in_home(world, cast::agent, "handover.show")).status == 200);
    REQUIRE(sees_password(world));
    // The message is tried every ten minutes or so, and the Home with it.
    world.run_for(15min);
    CHECK_FALSE(has(home_of(world, cast::agent), "handover.show"));
}

TEST_CASE("that button is the requester's alone, whoever presses it", "[scenario][refused][home]")
{
    World world{1610};
    open_home(world, cast::agent);
    change_from_form(world);
    const auto honest = press_in_home(world, cast::agent, "handover.show");
    const auto forged = with_payload(
        world, honest, [](json::object& payload) { payload["user"].as_object()["id"] = cast::other_lead; });
    world.deliver(forged);
    world.run_for(10s);
    CHECK(openings_tried(world) <= 1);  // the words that say why not
    CHECK_FALSE(has(world.modal(cast::other_lead), World::customer_password));
    CHECK_FALSE(has(world.modal(cast::agent), World::customer_password));
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(detail_of(world, "handover_refused", "why") == "not_the_requester");
}

TEST_CASE("where a direct message arrived the Home shows no password", "[scenario][refused][home]")
{
    World world{1611};
    open_home(world, cast::agent);
    REQUIRE(reset_and_wait(world));
    world.run_for(5s);
    CHECK_FALSE(has(home_of(world, cast::agent), "handover.show"));
    const auto details = press_in_home(world, cast::agent, "request.details");
    const auto forged = with_payload(world, details, [](json::object& payload) {
        payload["actions"].as_array()[0].as_object()["action_id"] = "handover.show";
    });
    world.deliver(forged);
    world.run_for(10s);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(detail_of(world, "handover_refused", "why") == "message_unknown");
}

TEST_CASE("the time to look begins when the line says so, and is long where only the Home can", "[scenario][refused]")
{
    const bool has_line = GENERATE(true, false);
    INFO(has_line);
    World world{1612};
    if (has_line)
        change_without_messages(world);
    else
        change_from_form(world);
    const Request request = world.request();
    REQUIRE(request.handover.has_value());
    const auto time = request.handover->until - request.updated_at;
    CHECK(time >= (has_line ? 14min : 119min));
    CHECK(time <= (has_line ? 16min : 121min));
    world.run_for(std::chrono::duration_cast<Milliseconds>(request.handover->until - world.time.now()) + 5s);
    REQUIRE(world.run_until([&] { return world.request().handover->state == HandoverState::expired; }, 2min));
    CHECK_FALSE(is_sealed(world));
}

TEST_CASE("a direct message that can be sent after all is, and from then on its button counts", "[scenario][refused]")
{
    World world{1613};
    change_without_messages(world);
    const auto press = press_in_line(world, cast::agent, "handover.show");
    switch_messages_tab(world, true);
    REQUIRE(world.run_until([&] { return world.dms(cast::agent) == 1; }, 15min));
    world.run_for(2s);
    world.deliver(pressed_again(world, press));
    world.run_for(5s);
    CHECK(world.request().handover->state == HandoverState::ready);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(sees_password(world));
}

TEST_CASE("a requester who is gone from Slack is given up once, and the audit channel told", "[scenario][refused]")
{
    World world{1614};
    REQUIRE(world.ask_and_wait());
    world.slack.user(cast::agent).standing = standins::slack::Standing::deactivated;
    world.deny(cast::lead);
    world.run_for(2min);
    CHECK(world.audit_rows("job_buried") == 1);
    CHECK(detail_of(world, "job_buried", "error") == "user_disabled");
    CHECK(has(world.audit_message(), "the requester's direct message"));
}

TEST_CASE("what of one request is given up for one cause is told in one message to each", "[scenario][refused][burial]")
{
    World world{1615};
    Request request = approved(world, "cs-allgivenup01", PasswordFormat::sop);
    request.state = State::failed;
    request.ending = Ending::account_gone;
    std::vector<NewJob> jobs;
    auto due = world.time.now();
    for (const auto kind : {job_kind::answer, job_kind::expire, job_kind::escalate})
        jobs.push_back(request_job(kind, request.id, due += 3s));
    world.plant(request, jobs);
    world.ledger().engine().connection().exec("UPDATE job SET attempts = $1 WHERE state = 'ready'", 1000);
    for (std::size_t buried = 1; buried <= jobs.size(); ++buried)
    {
        world.make_mistakes(1);
        REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == buried; }, 10s));
    }
    world.run_for(2min);
    REQUIRE(world.dms(cast::agent) == 1);
    REQUIRE(world.audit_messages() == 1);
    for (const std::string& told : {world.dm(cast::agent), world.audit_message()})
        for (const char* what :
             {"the private answer to the requester", "the expiry of the request", "a step that follows the request"})
            CHECK(has(told, what));
}
