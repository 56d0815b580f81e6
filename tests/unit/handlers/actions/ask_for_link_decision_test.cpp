#include "handlers/actions/ask_for_link.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;

namespace {

Request expired_unseen()
{
    Request request = agents_request(State::changed);
    request.reason = "locked out";
    request.case_number = "CS-1";
    request.verification = Verification{"call_back", "rang twice"};
    request.names = GivenNames{"Eve", "Evil"};
    request.person_confirmed = true;
    request.handover = Handover{HandoverState::expired, noon, {}, true, false};
    return request;
}

actions::Verdict ask(const Scene& scene, const actions::Press& press)
{
    return actions::ask_again_for_link(press, RequestId{"cs-9"}, scene.seen, scene.settings);
}

actions::Verdict ask(const Scene& scene, const std::string& user) { return ask(scene, press_in_dm(user, link_action)); }

void check_no_link(const actions::Verdict& verdict, const std::string& user, const std::string& why)
{
    check_turned_away(verdict, "request_not_allowed " + user + " why=" + why + " through=handover.link");
    CHECK(has(window_text(verdict), "Nothing was asked"));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
}

}  // namespace

TEST_CASE("a link is asked for as a new request about the very same account, without the names", "[actions]")
{
    const auto verdict = ask(Scene{expired_unseen()}, "U0AGENT");
    REQUIRE(verdict.transaction->insert);
    const Request& request = *verdict.transaction->insert;
    CHECK(request.id == RequestId{"cs-9"});
    CHECK(request.wants_link);
    CHECK(request.in_modal);
    CHECK(request.state == State::looking_up);
    CHECK(request.purpose == Purpose::reset);
    CHECK(request.email == Email{"ada@acme.example"});
    CHECK(request.reason == "locked out");
    CHECK(request.case_number == "CS-1");
    REQUIRE(request.verification);
    CHECK(request.verification->note == "rang twice");
    CHECK_FALSE(request.names);
    CHECK(request.person_confirmed);
    REQUIRE(request.choice);
    CHECK(request.choice->account == Auth0UserId{"auth0|1"});
    CHECK(request.choice->connection == "Users");
    CHECK_FALSE(verdict.transaction->update);
    CHECK(jobs_text(*verdict.transaction) == "look_up still_waiting+30000");
    CHECK(has(only_row(*verdict.transaction), "request_received U0AGENT cs-9"));
    CHECK(has(only_row(*verdict.transaction), "through=handover.link verification=call_back"));
}

TEST_CASE("a link is shown in the window in which it was asked for, or in a new one", "[actions]")
{
    auto press = press_in_dm("U0AGENT", link_action);
    const auto opened = ask(Scene{expired_unseen()}, press);
    CHECK(has(window_text(opened), "request.waiting"));
    CHECK_FALSE(std::get<actions::Modal>(opened.window.value()).is_missed);
    press.private_metadata = "cs-1";
    const auto there = ask(Scene{expired_unseen()}, press);
    CHECK(std::get<actions::NewContents>(there.window.value()).external_id == "cs-1");
}

TEST_CASE("a link is asked for where it is offered, and by the one who was told alone", "[actions]")
{
    Scene scene{expired_unseen()};
    check_no_link(ask(scene, "U0IMPL"), "U0IMPL", "message_unknown");
    check_no_link(ask(Scene{}, "U0AGENT"), "U0AGENT", "message_unknown");
    scene.know_as("U0IMPL", "U0AGENT", member_with("U0IMPL", {Role::implementation}));
    CHECK(ask(scene, "U0IMPL").transaction->insert);
    scene.seen.request->handover->state = HandoverState::ready;
    check_no_link(ask(scene, "U0AGENT"), "U0AGENT", "no_link_offered");
}

TEST_CASE("a link is offered where the password is gone, seen or not", "[actions]")
{
    const auto [state, is_closed, offers] = GENERATE(table<HandoverState, bool, bool>(
        {{HandoverState::expired, true, true},
         {HandoverState::shown, true, true},
         {HandoverState::shown, false, false},
         {HandoverState::ready, false, false},
         {HandoverState::opening, false, false},
         {HandoverState::reopening, false, false},
         {HandoverState::destroyed, true, true}}));
    Scene scene{expired_unseen()};
    scene.seen.request->handover = Handover{state, noon, {}, true, is_closed};
    const auto verdict = ask(scene, "U0AGENT");
    if (!offers) return check_no_link(verdict, "U0AGENT", "no_link_offered");
    CHECK(verdict.transaction->insert);
}

TEST_CASE("a link is offered where the names or the policy made no password", "[actions]")
{
    const auto [state, ending, offers] = GENERATE(table<State, std::string, bool>(
        {{State::refused, "policy_refuses", true},
         {State::refused, "name_missing", true},
         {State::failed, "password_too_weak", true},
         {State::refused, "protected", false},
         {State::refused, "account_not_found", false},
         {State::failed, "auth0_unreachable", false}}));
    INFO(ending);
    Scene scene{expired_unseen()};
    scene.seen.request->handover.reset();
    scene.seen.request->state = state;
    scene.seen.request->ending = StoredEnding::named(ending);
    const auto verdict = ask(scene, "U0AGENT");
    if (!offers) return check_no_link(verdict, "U0AGENT", "no_link_offered");
    REQUIRE(verdict.transaction->insert);
    CHECK_FALSE(verdict.transaction->update);
}

TEST_CASE("a link is refused to who may not ask now, in the order of all requests", "[actions]")
{
    Scene scene{expired_unseen()};
    Member owner = member_with("U0AGENT", {Role::support});
    owner.email = Email{"ada@acme.example"};
    scene.know("U0AGENT", owner);
    check_no_link(ask(scene, "U0AGENT"), "U0AGENT", "own_account");
    reach_limit(scene);
    check_no_link(ask(scene, "U0AGENT"), "U0AGENT", "limit_person");
    scene.freeze("U0LEAD");
    check_no_link(ask(scene, "U0AGENT"), "U0AGENT", "frozen");
    scene.know("U0AGENT", member_with("U0AGENT", {}));
    check_no_link(ask(scene, "U0AGENT"), "U0AGENT", "not_a_requester");
}

TEST_CASE("a link for a first password is for implementers", "[actions]")
{
    Scene scene{expired_unseen()};
    scene.seen.request->purpose = Purpose::first_password;
    check_no_link(ask(scene, "U0AGENT"), "U0AGENT", "not_an_implementer");
}

TEST_CASE("a link takes the place of the question that the names made necessary", "[actions]")
{
    Request request = expired_unseen();
    request.handover.reset();
    request.asked = false;
    request.state = State::choosing;
    request.in_modal = true;
    request.questions = {std::string{question::names}};
    const auto verdict = ask(Scene{request}, "U0AGENT");
    REQUIRE(verdict.transaction->insert);
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->id == RequestId{"cs-1"});
    CHECK(verdict.transaction->update->state == State::cancelled);
    CHECK_FALSE(verdict.transaction->update->in_modal);
    REQUIRE(verdict.transaction->update->decision);
    CHECK(verdict.transaction->update->decision->by == SlackUserId{"U0AGENT"});
    CHECK(verdict.transaction->audit.size() == 2);
}
