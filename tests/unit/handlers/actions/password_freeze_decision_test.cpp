#include "handlers/actions/password_freeze.hpp"
#include "handlers/actions/password_help.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

actions::Verdict freeze(const Scene& scene, const std::string& user, const std::string& text)
{
    return actions::freeze(action_by(user, "/password-freeze"), text, scene.seen, scene.settings);
}

void check_not_frozen(const actions::Verdict& verdict, const std::string& words)
{
    REQUIRE(verdict.transaction);
    CHECK_FALSE(verdict.transaction->freeze);
    CHECK(verdict.transaction->jobs.empty());
    CHECK(has(said(verdict), words));
}

}  // namespace

TEST_CASE("an approver's freeze holds from its moment on, with its reason as one line, and all are told", "[actions]")
{
    Scene scene;
    scene.seen.now = noon + 2min;
    scene.seen.held.version = 4;
    const auto verdict = freeze(scene, "U0LEAD", "  R&amp;D found\nit ");
    REQUIRE(verdict.transaction->freeze);
    const auto& held = verdict.transaction->freeze->freeze;
    REQUIRE(held);
    CHECK(held->by == SlackUserId{"U0LEAD"});
    CHECK(held->since == noon + 2min);
    CHECK(held->reason == "R&D found it");
    CHECK(held->releases.empty());
    // With the version that was read, so that of two who freeze at the same moment one comes second.
    CHECK(verdict.transaction->freeze->version == 4);
    CHECK(only_row(*verdict.transaction) == "frozen U0LEAD reason=R&D found it");
    CHECK(jobs_text(*verdict.transaction) == "freeze_notice freeze_notice homes+2000 redraw_cards");
    CHECK(has(said(verdict), "*Frozen* by <@U0LEAD>"));
    CHECK_FALSE(verdict.window);
}

TEST_CASE("a freeze needs a reason, of at most 500 characters", "[actions]")
{
    const Scene scene;
    check_not_frozen(freeze(scene, "U0LEAD", " \u200b "), "Nothing is frozen, and nothing was frozen now");
    check_not_frozen(freeze(scene, "U0LEAD", std::string(501, 'x')), "Nothing was frozen: the reason is too long");
    CHECK(freeze(scene, "U0LEAD", "").transaction->audit.empty());
    CHECK(freeze(scene, "U0LEAD", std::string(500, 'x')).transaction->freeze);
}

TEST_CASE("what is frozen is not frozen again, with or without a reason", "[actions]")
{
    Scene scene;
    scene.freeze("U0LEAD2", "the first");
    for (const char* text : {"the second", ""})
    {
        const auto verdict = freeze(scene, "U0LEAD", text);
        check_not_frozen(verdict, "Nothing new was frozen. *Frozen* by <@U0LEAD2>");
        CHECK(verdict.transaction->audit.empty());
    }
}

TEST_CASE("who may not freeze is told so before anything else, and the audit log says it", "[actions]")
{
    Scene scene;
    const auto check = [&scene](const std::string& user, const std::string& why) {
        const auto verdict = freeze(scene, user, "because");
        check_not_frozen(verdict, "Nothing was frozen or released.");
        CHECK(only_row(*verdict.transaction) == "freeze_not_allowed " + user + " why=" + why);
    };
    for (const char* user : {"U0AGENT", "U0IMPL", "U0MANAGER", "U0AUDITOR", "U0NOBODY"}) check(user, "not_an_approver");
    check("U0GUEST", "guest");
    scene.freeze("U0LEAD2");
    check("U0AGENT", "not_an_approver");
    scene.know("U0LEAD", Errc::unavailable);
    check("U0LEAD", "rights_unknown");
}

TEST_CASE("nobody freezes from a workspace that is not served", "[actions]")
{
    const Scene scene;
    auto action = action_by("U0LEAD", "/password-freeze");
    SECTION("another") { action.source.team = SlackTeamId{"T2"}; }
    SECTION("none") { action.source.team.reset(); }
    SECTION("a whole organization") { action.source.org_install = true; }
    const auto verdict = actions::freeze(action, "because", scene.seen, scene.settings);
    check_not_frozen(verdict, "serves only people of the workspace");
    CHECK(only_row(*verdict.transaction) == "freeze_not_allowed U0LEAD why=other_workspace");
}

TEST_CASE("help is for everybody in a workspace that is served, whatever is known of them", "[actions]")
{
    const Scene scene;
    auto action = action_by("U0NOBODY", "/password-help");
    const Result<Member> unknown{Errc::unavailable};
    CHECK(has(actions::help(action, scene.seen.member(action.by), scene.settings).text, "Countersign"));
    CHECK(has(actions::help(action, unknown, scene.settings).text, "I cannot check your rights"));
    CHECK(actions::help(action, unknown, scene.settings).blocks.size() == 2);
    action.source.team = SlackTeamId{"T2"};
    CHECK(has(actions::help(action, unknown, scene.settings).text, "serves only people of the workspace"));
}
