#include "handlers/rules/transitions.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult press(Desk& desk, const std::string& user) { return desk.send(desk.click(user, deny_action, "cs-1")); }

HandlerResult submit(Desk& desk, const std::string& user, const std::string& reason = "not her voice")
{
    auto form = desk.form(user, deny_form, "cs-1");
    form.values.emplace(std::string{views::denial_input}, reason);
    return desk.send(std::move(form));
}

// The press opens no form, and the form denies nothing.
void check_rebuffed(Desk& desk, const std::string& user, const std::string& why, const std::string& words)
{
    const Request before = desk.stored();
    const auto pressed = press(desk, user);
    CHECK_FALSE(pressed.then);
    CHECK(only_row(desk.last()) == "decision_not_accepted " + user + " cs-1 action=request.deny why=" + why);
    CHECK(has(note_text(desk.last()), words));
    const auto submitted = submit(desk, user);
    CHECK(modal_callback(submitted) == "explanation");
    CHECK(has(modal_text(submitted), words));
    CHECK(has(modal_text(submitted), "Not denied"));
    CHECK(only_row(desk.last()) == "decision_not_accepted " + user + " cs-1 action=request.deny_form why=" + why);
    CHECK(jobs_text(desk.last()).empty());
    CHECK(desk.stored().state == before.state);
    CHECK(to_document(desk.stored()) == to_document(before));
}

Request cooling_request()
{
    Request request = Desk::request_of("U0AGENT", State::approved);
    request.decision = Decision{SlackUserId{"U0LEAD2"}, Desk::noon};
    request.change_from = Desk::noon + 1h;
    return request;
}

}  // namespace

TEST_CASE("Deny opens the form that asks why, and decides nothing by itself", "[decisions]")
{
    WaitingDesk desk;
    const auto answer = press(desk, "U0LEAD");
    CHECK(modal_callback(answer) == "request.deny_form");
    const auto& opened = std::get<OpenView>(answer.then.value());
    CHECK(opened.user == SlackUserId{"U0LEAD"});
    CHECK(opened.trigger_id.matches("trigger of U0LEAD"));
    REQUIRE(opened.fallback);
    CHECK(opened.fallback->channel == desk.settings.approvals);
    REQUIRE(opened.fallback->response_url);
    CHECK(opened.fallback->response_url->matches(Desk::response_url));
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.last().audit.empty());
    CHECK(desk.last().jobs.empty());
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a denial is recorded with who, when and why", "[decisions]")
{
    WaitingDesk desk;
    desk.clock.advance(3min);
    const auto answer = submit(desk, "U0LEAD", "  not her\u200b voice ");
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    const Request request = desk.stored();
    CHECK(request.state == State::denied);
    REQUIRE(request.decision);
    CHECK(request.decision->by == SlackUserId{"U0LEAD"});
    CHECK(request.decision->at == Desk::noon + 3min);
    CHECK(request.denial_reason == "not her voice");
    CHECK(request.approvals.empty());
    CHECK(jobs_text(desk.last()) == "announce answer card homes+2000 requester_dm");
    CHECK(
        only_row(desk.last()) ==
        "request_denied U0LEAD cs-1 state=denied requester=U0AGENT email=a…a@acme.example decided_by=U0LEAD "
        "why=not her voice");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a denial needs a reason, of at most 500 characters, and is not remembered before it has one", "[decisions]")
{
    WaitingDesk desk;
    CHECK(has(field_errors(submit(desk, "U0LEAD", " \u200b ")), "Say why"));
    CHECK(has(field_errors(submit(desk, "U0LEAD", std::string(501, 'x'))), "too long"));
    CHECK(field_errors(submit(desk, "U0LEAD", "")).starts_with(std::string{views::denial_block} + ": "));
    CHECK(desk.store.tried.empty());
    CHECK(desk.stored().state == State::pending);
    submit(desk, "U0LEAD", std::string(500, 'x'));
    CHECK(desk.stored().state == State::denied);
    CHECK(desk.stored().denial_reason.size() == 500);
}

TEST_CASE("whoever may not deny sees no form, and a form that they send denies nothing", "[decisions]")
{
    WaitingDesk desk;
    check_rebuffed(desk, "U0AGENT", "not_an_approver", "Only the approvers user group decides here");
    check_rebuffed(desk, "U0MANAGER", "not_an_approver", "Only the approvers user group decides here");
    check_rebuffed(desk, "U0GUEST", "guest", "Guests cannot use Countersign");
    desk.people.members.at("U0LEAD2").email = Email{"ada@acme.example"};
    check_rebuffed(desk, "U0LEAD2", "own_account", "about your own account");
    desk.people.answers = false;
    check_rebuffed(desk, "U0LEAD", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("nobody denies their own request", "[decisions]")
{
    WaitingDesk desk{Desk::request_of("U0LEAD2", State::pending)};
    check_rebuffed(desk, "U0LEAD2", "own_request", "This is your own request");
}

TEST_CASE("nothing is denied while the channel is no place to decide in", "[decisions]")
{
    const auto [safety, why] = GENERATE(table<ChannelSafety, std::string>(
        {{ChannelSafety::shared_outside, "channel_shared"},
         {ChannelSafety::archived, "channel_unknown"},
         {ChannelSafety::unknown, "channel_unknown"}}));
    WaitingDesk desk;
    desk.people.approvals = safety;
    check_rebuffed(desk, "U0LEAD", why, "nothing is decided");
}

TEST_CASE("Deny on anything but the card on file opens nothing", "[decisions]")
{
    WaitingDesk desk;
    auto click = desk.click("U0LEAD", deny_action, "cs-1");
    SECTION("in another channel") { click.channel = ChannelId{"C0DESK"}; }
    SECTION("on another message") { click.message_ts = MessageTs{"10.6"}; }
    const auto answer = desk.send(std::move(click));
    CHECK_FALSE(answer.then);
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD cs-1 action=request.deny why=card_unknown");
    CHECK(has(note_text(desk.last()), "does not belong to a request that I know"));
}

TEST_CASE("Deny for a request that is not known says so", "[decisions]")
{
    Desk desk;
    CHECK_FALSE(press(desk, "U0LEAD").then);
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD action=request.deny why=card_unknown");
    CHECK(has(modal_text(submit(desk, "U0LEAD")), "does not belong to a request that I know"));
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD action=request.deny_form why=card_unknown");
}

TEST_CASE("what was decided is not denied any more, and the form says by whom and when", "[decisions]")
{
    const auto [state, words] = GENERATE(table<State, std::string>(
        {{State::approved, "approved by <@U0LEAD2> <!date^1795348860^"},
         {State::executing, "approved by <@U0LEAD2> <!date^1795348860^"},
         {State::changed, "approved by <@U0LEAD2> <!date^1795348860^"},
         {State::denied, "denied by <@U0LEAD2> <!date^1795348860^"},
         {State::cancelled, "cancelled by <@U0LEAD2> <!date^1795348860^"}}));
    Request request = Desk::request_of("U0AGENT", state);
    request.decision = Decision{SlackUserId{"U0LEAD2"}, Desk::noon + 1min};
    WaitingDesk desk{request};
    check_rebuffed(desk, "U0LEAD", "decided_already", words);
}

TEST_CASE("what cools is denied, by whom and why", "[decisions]")
{
    WaitingDesk desk{cooling_request()};
    desk.clock.advance(59min);
    CHECK(modal_callback(press(desk, "U0LEAD")) == "request.deny_form");
    submit(desk, "U0LEAD", "she never called");
    CHECK(desk.stored().state == State::denied);
    CHECK(desk.stored().decision->by == SlackUserId{"U0LEAD"});
    CHECK(desk.stored().denial_reason == "she never called");
}

TEST_CASE("what cools does not expire by a denial after the time in which it was to be decided", "[decisions]")
{
    Request request = cooling_request();
    request.expires_at = Desk::noon + 30min;
    WaitingDesk desk{request};
    desk.clock.advance(45min);
    submit(desk, "U0LEAD");
    CHECK(desk.stored().state == State::denied);
}

TEST_CASE("from its time on a request is not denied though its expiry is late, but expires", "[decisions]")
{
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    WaitingDesk desk;
    desk.clock.set(Desk::noon + 4h + late);
    const auto answer = submit(desk, "U0LEAD");
    if (late < Milliseconds{0})
    {
        CHECK(desk.stored().state == State::denied);
        return;
    }
    CHECK(desk.stored().state == State::expired);
    CHECK_FALSE(desk.stored().decision);
    CHECK(desk.stored().denial_reason.empty());
    CHECK(has(modal_text(answer), "the request had expired when you clicked"));
    CHECK(
        only_row(desk.last()) == "request_expired U0LEAD cs-1 state=expired requester=U0AGENT email=a…a@acme.example");
    CHECK(jobs_text(desk.last()) == "announce answer card homes+2000 requester_dm");
}

TEST_CASE("a freeze holds back no denial", "[decisions]")
{
    WaitingDesk desk;
    desk.freeze("U0LEAD2");
    CHECK(modal_callback(press(desk, "U0LEAD")) == "request.deny_form");
    submit(desk, "U0LEAD");
    CHECK(desk.stored().state == State::denied);
}

TEST_CASE("a denial that was overtaken says by whom, and one that is overtaken for ever is given up", "[decisions]")
{
    WaitingDesk desk;
    desk.store.before_commit = [&desk] {
        Request request = desk.stored();
        request.decision = Decision{SlackUserId{"U0LEAD2"}, Desk::noon};
        Transaction change{Desk::noon};
        advance(change, std::move(request), Event::approve, "U0LEAD2");
        desk.apply(std::move(change));
    };
    CHECK(has(modal_text(submit(desk, "U0LEAD")), "approved by <@U0LEAD2>"));
    CHECK(desk.stored().state == State::approved);
    CHECK(desk.stored().denial_reason.empty());
}

TEST_CASE("a denial that cannot be stored is not acknowledged", "[decisions]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 4U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    CHECK(rejected(submit(desk, "U0LEAD")) == answer);
    CHECK(desk.store.tried.size() == tries);
    const auto pressed = press(desk, "U0LEAD");
    CHECK(rejected(pressed) == answer);
    CHECK_FALSE(pressed.then);
    CHECK(desk.stored().state == State::pending);
}
