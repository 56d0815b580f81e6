#include "handlers/actions/request_presses.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;

namespace {

Request not_found()
{
    Request request = agents_request(State::refused);
    request.asked = false;
    request.account.reset();
    request.ending = Ending::account_not_found;
    request.reason = "locked out";
    request.case_number = "CS-1";
    request.names = GivenNames{"Grace", "Hopper"};
    return request;
}

actions::Verdict correct(const Scene& scene, const std::string& user)
{
    return actions::correct(press(user, correct_action), scene.seen, scene.settings);
}

void check_no_form(const actions::Verdict& verdict, const std::string& user, const std::string& why)
{
    check_turned_away(verdict, "decision_not_accepted " + user + " cs-1 action=request.correct why=" + why);
    CHECK(has(window_text(verdict), "Nothing was requested"));
    CHECK_FALSE(has(window_text(verdict), "request.form"));
}

}  // namespace

TEST_CASE("the form comes back with all that was typed, and nothing is requested yet", "[actions]")
{
    const auto verdict = correct(Scene{not_found()}, "U0AGENT");
    for (const char* part : {"request.form", "ada@acme.example", "locked out", "CS-1"})
        CHECK(has(window_text(verdict), part));
    CHECK_FALSE(has(window_text(verdict), "\"purpose\""));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(verdict.transaction->audit.empty());
    CHECK_FALSE(verdict.transaction->update);
    CHECK_FALSE(verdict.transaction->insert);
}

TEST_CASE("the form comes back in the window in which the button was pressed", "[actions]")
{
    Scene scene{not_found()};
    auto there = press("U0AGENT", correct_action);
    there.private_metadata = "cs-1";
    const auto verdict = actions::correct(there, scene.seen, scene.settings);
    CHECK(std::get<actions::NewContents>(verdict.window.value()).external_id == "cs-1");
    CHECK(has(window_text(verdict), "request.form"));
    there.by = SlackUserId{"U0IMPL"};
    const auto refused = actions::correct(there, scene.seen, scene.settings);
    CHECK(std::get<actions::NewContents>(refused.window.value()).external_id == "cs-1");
}

TEST_CASE("an implementer says again which of the two it is", "[actions]")
{
    Request request = not_found();
    request.requester = SlackUserId{"U0IMPL"};
    request.purpose = Purpose::first_password;
    const auto verdict = correct(Scene{request}, "U0IMPL");
    CHECK(has(window_text(verdict), "\"purpose\""));
    CHECK(has(window_text(verdict), "Grace"));
    CHECK(has(window_text(verdict), "Hopper"));
}

TEST_CASE("nobody else gets the form back, nor who may not ask any more or is not known", "[actions]")
{
    Scene scene{not_found()};
    check_no_form(correct(scene, "U0IMPL"), "U0IMPL", "not_the_requester");
    scene.know("U0AGENT", member_with("U0AGENT", {}));
    check_no_form(correct(scene, "U0AGENT"), "U0AGENT", "not_a_requester");
    scene.know("U0AGENT", Errc::unavailable);
    check_no_form(correct(scene, "U0AGENT"), "U0AGENT", "rights_unknown");
    auto elsewhere = press("U0AGENT", correct_action);
    elsewhere.source.team = SlackTeamId{"T2"};
    check_no_form(actions::correct(elsewhere, scene.seen, scene.settings), "U0AGENT", "other_workspace");
}

TEST_CASE("what approvers saw, what is protected, and what has not ended is not asked again so", "[actions]")
{
    Request request = not_found();
    SECTION("approvers saw it") { request.asked = true; }
    SECTION("protected") { request.ending = Ending::protected_account; }
    SECTION("still open") { request.state = State::choosing; }
    check_no_form(correct(Scene{request}, "U0AGENT"), "U0AGENT", "not_to_be_corrected");
}
