#include "handlers/actions/request_presses.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;

namespace {

actions::Verdict look(const Scene& scene, const actions::Press& press)
{
    return actions::show(press, scene.seen, scene.settings);
}

actions::Verdict look(const Scene& scene, const std::string& user) { return look(scene, press(user, details_action)); }

void check_not_shown(const Scene& scene, const std::string& user, const std::string& why, const std::string& words)
{
    const std::string row = "decision_not_accepted " + user + " cs-1 action=request.details why=" + why;
    check_refused(look(scene, user), row, words);
}

}  // namespace

TEST_CASE("details are shown to who decides, reviews or asked, and recorded with who looked", "[actions]")
{
    const std::string user = GENERATE("U0LEAD", "U0MANAGER", "U0AUDITOR", "U0AGENT");
    const auto verdict = look(Scene{agents_request(State::pending)}, user);
    CHECK(only_row(*verdict.transaction) == "details_shown " + user + " cs-1");
    CHECK(verdict.transaction->jobs.empty());
    CHECK(has(window_text(verdict), "request.details_view"));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
}

TEST_CASE("details show the whole address to who decides or asked, and a masked one to who reviews", "[actions]")
{
    const auto [user, is_whole] = GENERATE(
        table<std::string, bool>({{"U0LEAD", true}, {"U0MANAGER", true}, {"U0AGENT", true}, {"U0AUDITOR", false}}));
    INFO(user);
    const std::string shown = window_text(look(Scene{agents_request(State::pending)}, user));
    CHECK(has(shown, "ada@acme.example") == is_whole);
    CHECK(has(shown, "a…a@acme.example") == !is_whole);
}

TEST_CASE("details are the requester's under another id of theirs, too", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    check_not_shown(scene, "U0IMPL", "not_an_approver", "Details are for the approvers");
    scene.know_as("U0IMPL", "U0AGENT", member_with("U0IMPL", {Role::implementation}));
    CHECK(has(window_text(look(scene, "U0IMPL")), "ada@acme.example"));
}

TEST_CASE("details are refused to who has nothing to do with a request, or is not known", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    check_not_shown(scene, "U0IMPL", "not_an_approver", "Details are for the approvers");
    check_not_shown(scene, "U0NOBODY", "not_an_approver", "Nothing was shown.");
    check_not_shown(scene, "U0GUEST", "guest", "Guests cannot use Countersign");
    scene.know("U0AGENT", member_with("U0AGENT", {}));
    check_not_shown(scene, "U0AGENT", "not_a_requester", "Nothing was shown.");
    scene.know("U0LEAD", Errc::unavailable);
    check_not_shown(scene, "U0LEAD", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("details of an unknown request, or in another workspace, are refused", "[actions]")
{
    check_refused(
        look(Scene{}, "U0LEAD"), "decision_not_accepted U0LEAD action=request.details why=request_unknown",
        "does not belong to a request that I know");
    auto press_there = press("U0LEAD", details_action);
    press_there.source.team = SlackTeamId{"T2"};
    check_refused(
        look(Scene{agents_request(State::pending)}, press_there),
        "decision_not_accepted U0LEAD cs-1 action=request.details why=other_workspace", "Nothing was shown.");
}

TEST_CASE("details that are not looked up at the card have an open request's card looked after", "[actions]")
{
    const auto in_home = press_in_home("U0AGENT", details_action);
    Scene scene{agents_request(State::pending)};
    CHECK(jobs_text(*look(scene, in_home).transaction) == "card:again");
    CHECK(jobs_text(*look(scene, press("U0AGENT", details_action)).transaction).empty());
    CHECK(jobs_text(*look(scene, press_in_dm("U0AGENT", details_action)).transaction) == "card:again");
    scene.seen.request->asked = false;
    CHECK(jobs_text(*look(scene, in_home).transaction).empty());
    CHECK(jobs_text(*look(Scene{agents_request(State::expired)}, in_home).transaction).empty());
}

TEST_CASE("details say what a freeze holds", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    CHECK_FALSE(has(window_text(look(scene, "U0LEAD")), "*Frozen*"));
    scene.freeze("U0LEAD2");
    CHECK(has(window_text(look(scene, "U0LEAD")), "*Frozen* by <@U0LEAD2>"));
}

TEST_CASE("a modal says in the Home why there are no details", "[actions]")
{
    const auto verdict = look(Scene{agents_request(State::pending)}, press_in_home("U0NOBODY", details_action));
    CHECK(has(window_text(verdict), "No details"));
    CHECK(has(window_text(verdict), "Nothing was shown."));
    CHECK_FALSE(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(verdict.transaction->jobs.empty());
}
