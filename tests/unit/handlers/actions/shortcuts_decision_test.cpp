#include "handlers/actions/shortcuts.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;

namespace {

actions::Verdict open_form(const Scene& scene, const std::string& user, const Draft& draft = {})
{
    return actions::open_request_form(action_by(user, global_shortcut), draft, scene.seen, scene.settings);
}

void check_no_form(const actions::Verdict& verdict, const std::string& row, const std::string& words)
{
    check_turned_away(verdict, row);
    CHECK(has(window_text(verdict), "explanation"));
    CHECK(has(window_text(verdict), "Nothing was requested"));
    CHECK(has(window_text(verdict), words));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
}

}  // namespace

TEST_CASE("the form opens for who may ask, asks for nothing yet, and is missed where it does not open", "[actions]")
{
    Draft draft;
    draft.email = "bea@acme.example";
    const auto verdict = open_form(Scene{}, "U0AGENT", draft);
    CHECK(has(window_text(verdict), "request.form"));
    CHECK(has(window_text(verdict), "bea@acme.example"));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(verdict.transaction->audit.empty());
    CHECK(verdict.transaction->jobs.empty());
    CHECK_FALSE(verdict.transaction->insert);
}

TEST_CASE("the form offers first passwords to implementers alone", "[actions]")
{
    CHECK_FALSE(has(window_text(open_form(Scene{}, "U0AGENT")), "\"purpose\""));
    CHECK(has(window_text(open_form(Scene{}, "U0IMPL")), "\"purpose\""));
}

TEST_CASE("instead of the form a modal says why somebody may not ask", "[actions]")
{
    Scene scene;
    check_no_form(
        open_form(scene, "U0LEAD"), "request_not_allowed U0LEAD why=not_a_requester through=reset_password",
        "none of the groups");
    reach_limit(scene);
    check_no_form(
        open_form(scene, "U0AGENT"), "request_not_allowed U0AGENT why=limit_person through=reset_password",
        "You may make 1 request");
    scene.freeze("U0LEAD");
    check_no_form(
        open_form(scene, "U0AGENT"), "request_not_allowed U0AGENT why=frozen through=reset_password",
        "*Frozen* by <@U0LEAD>");
    scene.know("U0AGENT", Errc::unavailable);
    check_no_form(
        open_form(scene, "U0AGENT"), "request_not_allowed U0AGENT why=rights_unknown through=reset_password",
        "I cannot check your rights");
}
