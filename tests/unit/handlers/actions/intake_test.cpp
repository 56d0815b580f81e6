#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// The agent's request is done, and its link may be asked for at the direct message.
struct ExpiredHandover : Desk
{
    explicit ExpiredHandover(Handover handover = Handover{HandoverState::expired, noon, {}, true, false})
    {
        Request request = request_of("U0AGENT", State::changed);
        request.reason = "locked out";
        request.case_number = "CS-1";
        request.verification = Verification{"call_back", "rang twice"};
        request.names = GivenNames{"Eve", "Evil"};
        request.handover = handover;
        put(std::move(request));
        Transaction change{noon};
        change.post.emplace(RequestId{"cs-1"}, PostKind::requester_dm, "uuid-2");
        change.post->channel = ChannelId{"D1"};
        change.post->ts = MessageTs{"20.5"};
        apply(std::move(change));
    }

    slack::BlockAction press(const std::string& user) const
    {
        auto press = click(user, link_action, "cs-1");
        press.channel = ChannelId{"D1"};
        press.message_ts = MessageTs{"20.5"};
        return press;
    }
};

void check_no_link(Desk& desk, slack::BlockAction press, const std::string& why)
{
    const std::string user = press.actor.id.str();
    const auto answer = desk.send(std::move(press));
    CHECK(modal_callback(answer) == "explanation");
    CHECK(has(modal_text(answer), "Nothing was asked"));
    CHECK(only_row(desk.last()) == "request_not_allowed " + user + " why=" + why + " through=handover.link");
    CHECK_FALSE(desk.last().insert);
    CHECK(desk.last().jobs.empty());
    CHECK(std::get<OpenView>(answer.then.value()).fallback);
}

}  // namespace

TEST_CASE("a link that was offered is asked for as a new request, about the very same account", "[intake]")
{
    ExpiredHandover desk;
    const auto answer = desk.send(desk.press("U0AGENT"));
    CHECK(modal_callback(answer) == "request.waiting");
    REQUIRE(desk.last().insert);
    const Request& request = *desk.last().insert;
    CHECK(request.id != RequestId{"cs-1"});
    CHECK(request.wants_link);
    CHECK(request.in_modal);
    CHECK(request.state == State::looking_up);
    CHECK(request.purpose == Purpose::reset);
    CHECK(request.email == Email{"ada@acme.example"});
    CHECK(request.reason == "locked out");
    CHECK(request.case_number == "CS-1");
    REQUIRE(request.verification);
    CHECK(request.verification->method == "call_back");
    CHECK(request.verification->note == "rang twice");
    CHECK_FALSE(request.names);
    REQUIRE(request.choice);
    CHECK(request.choice->account == Auth0UserId{"auth0|1"});
    CHECK(request.choice->connection == "Users");
    CHECK(jobs_text(desk.last()) == "look_up still_waiting+30000");
    CHECK(has(only_row(desk.last()), "request_received U0AGENT " + request.id.str()));
    CHECK(has(only_row(desk.last()), "through=handover.link verification=call_back"));
    CHECK(std::get<OpenView>(answer.then.value()).trigger_id.matches("trigger of U0AGENT"));
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a link is offered where the password is gone, seen or not", "[intake]")
{
    const auto [state, is_closed, offers] = GENERATE(table<HandoverState, bool, bool>(
        {{HandoverState::expired, true, true},
         {HandoverState::shown, true, true},
         {HandoverState::shown, false, false},
         {HandoverState::ready, false, false},
         {HandoverState::opening, false, false},
         {HandoverState::reopening, false, false},
         {HandoverState::destroyed, true, true}}));
    ExpiredHandover desk{Handover{state, Desk::noon, {}, true, is_closed}};
    if (!offers) return check_no_link(desk, desk.press("U0AGENT"), "no_link_offered");
    desk.send(desk.press("U0AGENT"));
    CHECK(desk.last().insert);
}

TEST_CASE("a link is asked for by the one who was told, and by nobody else", "[intake]")
{
    ExpiredHandover desk;
    check_no_link(desk, desk.press("U0LEAD2"), "message_unknown");
    auto unknown = desk.press("U0AGENT");
    unknown.value = "cs-2";
    check_no_link(desk, std::move(unknown), "message_unknown");
}

TEST_CASE(
    "a link is offered where the names or the policy made no password, and takes the place of the question", "[intake]")
{
    ExpiredHandover desk;
    Request request = desk.stored();
    request.handover.reset();
    request.questions = {std::string{question::names}};
    const auto [state, ending, offers] = GENERATE(table<State, std::string, bool>(
        {{State::refused, "policy_refuses", true},
         {State::refused, "name_missing", true},
         {State::failed, "password_too_weak", true},
         {State::refused, "protected", false},
         {State::refused, "account_not_found", false},
         {State::failed, "auth0_unreachable", false},
         {State::choosing, "", true}}));
    INFO(ending);
    request.state = state;
    request.ending = ending;
    Transaction change{Desk::noon};
    change.update.emplace(request);
    desk.apply(std::move(change));
    if (!offers) return check_no_link(desk, desk.press("U0AGENT"), "no_link_offered");
    auto press = desk.press("U0AGENT");
    const bool in_window = GENERATE(true, false);
    if (in_window) press.private_metadata = "cs-1";
    const auto answer = desk.send(std::move(press));
    REQUIRE(desk.last().insert);
    CHECK(desk.last().insert->wants_link);
    CHECK(desk.stored().state == (state == State::choosing ? State::cancelled : state));
    REQUIRE(answer.then);
    CHECK(std::holds_alternative<ReplaceView>(*answer.then) == in_window);
    if (in_window) CHECK(std::get<ReplaceView>(*answer.then).external_id == "cs-1");
}

TEST_CASE("who may not ask any more gets no link, and while everything is frozen nobody does", "[intake]")
{
    ExpiredHandover desk;
    SECTION("no role")
    {
        desk.people.members.at("U0AGENT").roles.clear();
        const auto answer = desk.send(desk.press("U0AGENT"));
        CHECK(has(modal_text(answer), "Nothing was requested"));
        CHECK(only_row(desk.last()) == "request_not_allowed U0AGENT why=not_a_requester through=handover.link");
    }
    SECTION("their own account by now")
    {
        desk.people.members.at("U0AGENT").email = Email{"ada@acme.example"};
        desk.send(desk.press("U0AGENT"));
        CHECK(only_row(desk.last()) == "request_not_allowed U0AGENT why=own_account through=handover.link");
    }
    SECTION("frozen")
    {
        desk.freeze("U0LEAD");
        desk.send(desk.press("U0AGENT"));
        CHECK(only_row(desk.last()) == "request_not_allowed U0AGENT why=frozen through=handover.link");
    }
    CHECK_FALSE(desk.last().insert);
}

TEST_CASE("a link that cannot be stored is not asked for", "[intake]")
{
    const auto [fault, expected] =
        GENERATE(table<Errc, Errc>({{Errc::replayed, Errc::replayed}, {Errc::unavailable, Errc::unavailable}}));
    const std::string user = GENERATE("U0AGENT", "U0LEAD2");
    ExpiredHandover desk;
    desk.store.refuses = fault;
    const auto answer = desk.send(desk.press(user));
    CHECK(rejected(answer) == expected);
    CHECK_FALSE(answer.then);
}

TEST_CASE("shortcuts and the Home open the form for who may ask, and offer first passwords to implementers", "[intake]")
{
    const auto [user, offers] = GENERATE(table<std::string, bool>({{"U0AGENT", false}, {"U0IMPL", true}}));
    Desk desk;
    const auto origin = desk.click_in_home(user, new_action, "").origin;
    const slack::Actor actor{SlackUserId{user}, SlackTeamId{"T1"}};
    std::vector<HandlerResult> answers;
    answers.push_back(desk.send(desk.click_in_home(user, new_action, "")));
    answers.push_back(
        desk.send(slack::Shortcut{origin, actor, std::string{global_shortcut}, Secret{"trigger of " + user}}));
    answers.push_back(desk.send(slack::MessageAction{
        origin, actor, std::string{message_shortcut}, ChannelId{"C0DESK"}, MessageTs{"1.1"}, std::nullopt,
        "please: bea@acme.example", Secret{Desk::response_url}, Secret{"trigger of " + user}}));
    for (const HandlerResult& answer : answers)
    {
        CHECK(modal_callback(answer) == "request.form");
        CHECK(has(modal_text(answer), "\"purpose\"") == offers);
        CHECK(std::get<OpenView>(answer.then.value()).user == SlackUserId{user});
        CHECK(std::get<OpenView>(answer.then.value()).trigger_id.matches("trigger of " + user));
        CHECK(std::get<OpenView>(answer.then.value()).fallback);
    }
    CHECK(has(modal_text(answers.at(2)), "\"initial_value\":\"bea@acme.example\""));
    const auto& back = std::get<OpenView>(answers.at(2).then.value()).fallback;
    CHECK(back->channel == ChannelId{"C0DESK"});
    CHECK(back->response_url->matches(Desk::response_url));
    REQUIRE(desk.store.done.size() == 3);
    for (const Transaction& change : desk.store.done)
    {
        CHECK(change.audit.empty());
        CHECK(change.replay);
    }
}

TEST_CASE("whoever may not ask gets no form by a shortcut, but the reason, and a row", "[intake]")
{
    Desk desk;
    const slack::Shortcut shortcut{
        desk.click_in_home("U0LEAD", new_action, "").origin,
        {SlackUserId{"U0LEAD"}, std::nullopt},
        std::string{global_shortcut},
        Secret{"t"}};
    const auto answer = desk.send(
        slack::Shortcut{shortcut.origin, shortcut.actor, shortcut.callback_id, shortcut.trigger_id.duplicate()});
    CHECK(modal_callback(answer) == "explanation");
    CHECK(has(modal_text(answer), "Nothing was requested"));
    CHECK(only_row(desk.last()) == "request_not_allowed U0LEAD why=not_a_requester through=reset_password");
    desk.store.refuses = Errc::unavailable;
    const auto lost = desk.send(
        slack::Shortcut{shortcut.origin, shortcut.actor, shortcut.callback_id, shortcut.trigger_id.duplicate()});
    CHECK(rejected(lost) == Errc::unavailable);
    CHECK_FALSE(lost.then);
}
