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
    ExpiredHandover()
    {
        Request request = request_of("U0AGENT", State::changed);
        request.reason = "locked out";
        request.case_number = "CS-1";
        request.verification = Verification{"call_back", "rang twice"};
        request.names = GivenNames{"Eve", "Evil"};
        request.handover = Handover{HandoverState::expired, noon, {}, true, false};
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
    const auto source = desk.click_in_home(user, new_action, "").source;
    const slack::Actor actor{SlackUserId{user}, SlackTeamId{"T1"}};
    std::vector<HandlerResult> answers;
    answers.push_back(desk.send(desk.click_in_home(user, new_action, "")));
    answers.push_back(
        desk.send(slack::Shortcut{source, actor, std::string{global_shortcut}, Secret{"trigger of " + user}}));
    answers.push_back(desk.send(slack::MessageAction{
        source, actor, std::string{message_shortcut}, ChannelId{"C0DESK"}, MessageTs{"1.1"}, std::nullopt,
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
        desk.click_in_home("U0LEAD", new_action, "").source,
        {SlackUserId{"U0LEAD"}, std::nullopt},
        std::string{global_shortcut},
        Secret{"t"}};
    const auto answer = desk.send(
        slack::Shortcut{shortcut.source, shortcut.actor, shortcut.callback_id, shortcut.trigger_id.duplicate()});
    CHECK(modal_callback(answer) == "explanation");
    CHECK(has(modal_text(answer), "Nothing was requested"));
    CHECK(only_row(desk.last()) == "request_not_allowed U0LEAD why=not_a_requester through=reset_password");
    desk.store.refuses = Errc::unavailable;
    const auto lost = desk.send(
        slack::Shortcut{shortcut.source, shortcut.actor, shortcut.callback_id, shortcut.trigger_id.duplicate()});
    CHECK(rejected(lost) == Errc::unavailable);
    CHECK_FALSE(lost.then);
}
