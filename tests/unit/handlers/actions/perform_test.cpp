#include "handlers/actions/perform.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::actions;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

ReplayMark mark() { return ReplayMark{"digest", Desk::noon + 10min}; }

HandlerResult perform_at(Desk& desk, Decide decide, std::optional<WindowKey> key = {})
{
    Performance performance{SlackUserId{"U0LEAD"}, mark()};
    performance.about = RequestId{"cs-1"};
    performance.key = std::move(key);
    return run(desk.context, perform(desk.services, std::move(performance), std::move(decide)));
}

// One more reminder, of the request as it was read.
Verdict count_up(const Snapshot& seen)
{
    Verdict verdict{seen.now};
    verdict.transaction->update = seen.request;
    verdict.transaction->update->reminders += 1;
    return verdict;
}

WindowKey key_of_window()
{
    FallbackTarget fallback{ChannelId{"C0DESK"}, Secret{"https://hooks.slack.com/1"}};
    return WindowKey{Secret{"trigger"}, std::move(fallback)};
}

}  // namespace

TEST_CASE("a snapshot holds the request, its posts, the freeze, the channel, the time and the people", "[actions]")
{
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.approvals = {Decision{SlackUserId{"U0LEAD"}, Desk::noon}};
    request.claims = {Decision{SlackUserId{"U0LEAD2"}, Desk::noon}};
    WaitingDesk desk{request};
    Transaction change{desk.clock.now()};
    change.post.emplace(RequestId{"cs-1"}, PostKind::requester_dm, "uuid-2");
    change.freeze = desk.frozen();
    change.freeze->freeze.emplace(
        Freeze{SlackUserId{"U0MANAGER"}, Desk::noon, "incident", {Decision{SlackUserId{"U0LEAD3"}, Desk::noon}}});
    desk.apply(std::move(change));
    desk.people.identities["U0NOBODY"] = "W0NOBODY";
    desk.people.approvals = ChannelSafety::archived;
    desk.clock.advance(3min);
    const Snapshot seen = run(desk.context, read_snapshot(desk.services, SlackUserId{"U0NOBODY"}, RequestId{"cs-1"}));
    CHECK(seen.now == Desk::noon + 3min);
    REQUIRE(seen.request);
    CHECK(seen.request->id == RequestId{"cs-1"});
    REQUIRE(seen.card);
    CHECK(seen.card->kind == PostKind::card);
    REQUIRE(seen.requester_dm);
    CHECK(seen.requester_dm->kind == PostKind::requester_dm);
    CHECK(seen.held.freeze);
    CHECK(seen.approvals_channel == ChannelSafety::archived);
    for (const char* user : {"U0NOBODY", "U0AGENT", "U0LEAD", "U0LEAD2", "U0LEAD3"})
    {
        INFO(user);
        CHECK(seen.member(SlackUserId{user}).has_value());
    }
    CHECK(seen.people.identity(SlackUserId{"U0NOBODY"}) == SlackUserId{"W0NOBODY"});
    // Nobody was asked about who is not concerned.
    CHECK_FALSE(seen.member(SlackUserId{"U0AUDITOR"}).has_value());
}

TEST_CASE("a snapshot of no request holds none, and knows who acts", "[actions]")
{
    WaitingDesk desk;
    const Snapshot seen = run(desk.context, read_snapshot(desk.services, SlackUserId{"U0LEAD"}, std::nullopt));
    CHECK_FALSE(seen.request);
    CHECK_FALSE(seen.card);
    CHECK(seen.member(SlackUserId{"U0LEAD"}).has_value());
}

TEST_CASE("what is decided is committed with the mark of the signed request", "[actions]")
{
    WaitingDesk desk;
    CHECK(std::holds_alternative<slack::Acknowledged>(perform_at(desk, count_up).answer));
    CHECK(desk.stored().reminders == 1);
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "digest");
    CHECK(desk.last().replay->expires_at == Desk::noon + 10min);
    // A copy of it does nothing.
    CHECK(rejected(perform_at(desk, count_up)) == Errc::replayed);
    CHECK(desk.stored().reminders == 1);
}

TEST_CASE("what somebody else changed between the look and the commit is read and decided anew", "[actions]")
{
    WaitingDesk desk;
    desk.store.before_commit = [&desk] {
        Transaction change{Desk::noon};
        change.update = desk.stored();
        change.update->reminders = 7;
        desk.apply(std::move(change));
    };
    perform_at(desk, count_up);
    CHECK(desk.stored().reminders == 8);
    CHECK(desk.store.tried.size() == 2);
}

TEST_CASE("what is overtaken again and again is given up after so many tries", "[actions]")
{
    WaitingDesk desk;
    desk.store.refuses = Errc::conflict;
    CHECK(rejected(perform_at(desk, count_up)) == Errc::unavailable);
    CHECK(desk.store.tried.size() == static_cast<std::size_t>(decision_tries_max));
}

TEST_CASE("what cannot be committed is rejected at once, and opens no window", "[actions]")
{
    const auto [fault, answer] = GENERATE(table<Errc, Errc>(
        {{Errc::replayed, Errc::replayed},
         {Errc::unavailable, Errc::unavailable},
         {Errc::duplicate, Errc::unavailable}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    const Decide decide = [](const Snapshot& seen) {
        Verdict verdict = count_up(seen);
        verdict.window = Modal{boost::json::object{}};
        return verdict;
    };
    const auto result = perform_at(desk, decide, key_of_window());
    CHECK(rejected(result) == answer);
    CHECK_FALSE(result.then);
    CHECK(desk.store.tried.size() == 1);
}

TEST_CASE("what was begun by somebody else at the same moment is found by the next look", "[actions]")
{
    Desk desk;
    desk.store.before_commit = [&desk] { desk.put(Desk::request_of("U0AGENT", State::pending)); };
    const Decide begin_once = [](const Snapshot& seen) {
        if (seen.request) return Verdict::without_trace(slack::Challenge{"begun before"});
        Verdict verdict{seen.now};
        verdict.transaction->insert = Desk::request_of("U0LEAD", State::looking_up);
        return verdict;
    };
    CHECK(std::holds_alternative<slack::Challenge>(perform_at(desk, begin_once).answer));
    CHECK(desk.stored().requester == SlackUserId{"U0AGENT"});
}

TEST_CASE("what leaves no trace is answered without a commit", "[actions]")
{
    WaitingDesk desk;
    const Decide decide = [](const Snapshot&) { return Verdict::without_trace(slack::Challenge{"x"}); };
    CHECK(std::holds_alternative<slack::Challenge>(perform_at(desk, decide).answer));
    CHECK(desk.store.tried.empty());
}

TEST_CASE("a modal opens by the trigger, and who does not see it is told where they acted", "[actions]")
{
    const bool is_missed = GENERATE(true, false);
    WaitingDesk desk;
    const Decide decide = [is_missed](const Snapshot& seen) {
        Verdict verdict{seen.now};
        verdict.window = Modal{boost::json::object{{"type", "modal"}}, is_missed};
        return verdict;
    };
    const auto result = perform_at(desk, decide, key_of_window());
    const auto& opened = std::get<OpenView>(result.then.value());
    CHECK(opened.user == SlackUserId{"U0LEAD"});
    CHECK(opened.trigger_id.matches("trigger"));
    CHECK(opened.view.contains("type"));
    REQUIRE(opened.fallback.has_value() == is_missed);
    if (!is_missed) return;
    CHECK(opened.fallback->channel == ChannelId{"C0DESK"});
    CHECK(opened.fallback->response_url->matches("https://hooks.slack.com/1"));
}

TEST_CASE("a modal that is open gets new contents, and a hand-over has its trigger", "[actions]")
{
    WaitingDesk desk;
    Verdict verdict{Desk::noon};
    SECTION("contents") { verdict.window = NewContents{"moment-1", boost::json::object{{"type", "modal"}}}; }
    SECTION("hand-over") { verdict.window = Handing{RequestId{"cs-1"}}; }
    const bool is_replaced = std::holds_alternative<NewContents>(*verdict.window);
    const auto result = perform_at(
        desk, [&verdict](const Snapshot&) { return verdict; }, key_of_window());
    REQUIRE(result.then);
    if (is_replaced)
    {
        const auto& replaced = std::get<ReplaceView>(*result.then);
        CHECK(replaced.user == SlackUserId{"U0LEAD"});
        CHECK(replaced.external_id == "moment-1");
        CHECK(replaced.view.contains("type"));
        return;
    }
    const auto& handing = std::get<OpenHandover>(*result.then);
    CHECK(handing.request == RequestId{"cs-1"});
    CHECK(handing.trigger_id.matches("trigger"));
}

TEST_CASE("the address that comes with a press is sealed, for a note to who pressed and for the line", "[actions]")
{
    Desk desk;
    const auto click = desk.click("U0LEAD", cancel_action, "cs-1");
    const Press press = press_of(desk.vault, click);
    CHECK(press.by == SlackUserId{"U0LEAD"});
    CHECK(press.name == cancel_action);
    CHECK(press.value == "cs-1");
    CHECK(press.channel == desk.settings.approvals);
    CHECK(press.message == MessageTs{"10.5"});
    CHECK(press.hears_notes());
    REQUIRE(press.note_url);
    CHECK(desk.vault.open(*press.note_url, note_context(press.by)).value().matches(Desk::response_url));
    REQUIRE(press.line_url);
    CHECK(desk.vault.open(*press.line_url, reply_context(RequestId{"cs-1"})).value().matches(Desk::response_url));
}

TEST_CASE("a press hears notes by a channel or an address, and by nothing else", "[actions]")
{
    Desk desk;
    auto click = desk.click_in_home("U0LEAD", cancel_action, "cs-1");
    click.view_id = "V1";
    CHECK_FALSE(press_of(desk.vault, click).hears_notes());
    CHECK_FALSE(press_of(desk.vault, click).line_url);
    click.response_url.emplace("https://hooks.slack.com/1");
    CHECK(press_of(desk.vault, click).hears_notes());
    click.response_url.reset();
    click.channel = ChannelId{"C0DESK"};
    CHECK(press_of(desk.vault, click).hears_notes());
}
