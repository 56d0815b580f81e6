#include "handlers/actions/submit_request.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;

namespace {

using Entries = std::map<std::string, std::string>;

actions::Verdict submit(
    const Scene& scene, const std::string& user, const Entries& entries, const std::string& purpose = "reset")
{
    const auto form = form_of(user, request_form, purpose, entries);
    return actions::ask_by_form(form, RequestId{"cs-9"}, scene.seen, scene.settings);
}

void check_faults(const actions::Verdict& verdict, const std::string& faults)
{
    CHECK(has(faults_in(verdict), faults));
    // Nothing is remembered of it: the corrected form is another one.
    CHECK_FALSE(verdict.transaction);
    CHECK_FALSE(verdict.window);
}

void check_explained(const actions::Verdict& verdict, const std::string& why, const std::string& words)
{
    check_turned_away(verdict, "request_not_allowed U0AGENT why=" + why + " through=request.form");
    CHECK(has(window_text(verdict), "explanation"));
    CHECK(has(window_text(verdict), "Nothing was requested"));
    CHECK(has(window_text(verdict), words));
}

}  // namespace

TEST_CASE("a form is stored with all its fields, and turns into a modal that waits for the look-up", "[actions]")
{
    Scene scene;
    scene.settings.verification.methods = {{"call_back", "Called back"}};
    const auto verdict = submit(
        scene, "U0AGENT",
        {{"email", "Ada@acme.example"},
         {"reason", "locked out"},
         {"ticket", "CS-1"},
         {"method", "call_back"},
         {"note", "rang twice"},
         {"given", "Ada"},
         {"family", "Byron"}});
    CHECK(has(window_text(verdict), "request.waiting"));
    REQUIRE(verdict.transaction->insert);
    const Request& request = *verdict.transaction->insert;
    CHECK(request.id == RequestId{"cs-9"});
    CHECK(request.requester == SlackUserId{"U0AGENT"});
    CHECK(request.purpose == Purpose::reset);
    CHECK(request.email == Email{"ada@acme.example"});
    CHECK(request.reason == "locked out");
    CHECK(request.case_number == "CS-1");
    REQUIRE(request.verification);
    CHECK(request.verification->note == "rang twice");
    REQUIRE(request.names);
    CHECK(request.names->family == "Byron");
    CHECK(request.in_modal);
    CHECK_FALSE(request.reply);
    CHECK(jobs_text(*verdict.transaction) == "look_up still_waiting+30000");
    CHECK(has(only_row(*verdict.transaction), "through=request.form verification=call_back"));
}

TEST_CASE("a form asks for what it was opened for", "[actions]")
{
    const auto verdict = submit(Scene{}, "U0IMPL", {{"email", "ada@acme.example"}}, "first_password");
    REQUIRE(verdict.transaction->insert);
    CHECK(verdict.transaction->insert->purpose == Purpose::first_password);
    const auto refused = submit(Scene{}, "U0AGENT", {{"email", "ada@acme.example"}}, "first_password");
    check_explained(refused, "not_an_implementer", "asked for by the implementation user group");
}

TEST_CASE("what is wrong with a form is said at its fields, all at once", "[actions]")
{
    Scene scene;
    scene.settings.fields.reason_required = true;
    check_faults(submit(scene, "U0AGENT", {{"email", "ada.acme.example"}}), "email: I could not read that");
    check_faults(submit(scene, "U0AGENT", {{"email", "ada.acme.example"}}), "reason: Say why");
    check_faults(submit(scene, "U0AGENT", {{"email", "ada@acme.example"}}), "reason: Say why");
    check_faults(submit(scene, "U0AGENT", {{"reason", "x"}}), "email: Whose password?");
    CHECK(submit(scene, "U0AGENT", {{"email", "ada@acme.example"}, {"reason", "x"}}).transaction->insert);
}

TEST_CASE("a form says how the caller was verified, where that is demanded of everybody", "[actions]")
{
    Scene scene;
    scene.settings.verification.methods = {{"call_back", "Called back"}};
    CHECK(submit(scene, "U0AGENT", {{"email", "ada@acme.example"}}).transaction->insert);
    scene.settings.verification.required = true;
    check_faults(submit(scene, "U0AGENT", {{"email", "ada@acme.example"}}), "method: ");
}

TEST_CASE("whoever may not ask reads why in place of the form, and is not asked to correct it first", "[actions]")
{
    Scene scene;
    const std::string email = GENERATE("ada@acme.example", "no address");
    SECTION("frozen")
    {
        scene.freeze("U0LEAD");
        check_explained(submit(scene, "U0AGENT", {{"email", email}}), "frozen", "*Frozen* by <@U0LEAD>");
    }
    SECTION("a limit")
    {
        reach_limit(scene);
        check_explained(submit(scene, "U0AGENT", {{"email", email}}), "limit_person", "You may make 1 request");
    }
    SECTION("not known")
    {
        scene.know("U0AGENT", Errc::unavailable);
        check_explained(submit(scene, "U0AGENT", {{"email", email}}), "rights_unknown", "I cannot check your rights");
    }
}

TEST_CASE("whose account it is counts once the form is complete", "[actions]")
{
    Scene scene;
    Member owner = member_with("U0AGENT", {Role::support});
    owner.email = Email{"ada@acme.example"};
    scene.know("U0AGENT", owner);
    check_explained(submit(scene, "U0AGENT", {{"email", "ada@acme.example"}}), "own_account", "their own account");
    scene.settings.fields.reason_required = true;
    check_faults(submit(scene, "U0AGENT", {{"email", "ada@acme.example"}}), "reason: Say why");
}

TEST_CASE(
    "a form that was submitted before gets the answer that fits what became of it, whatever holds now", "[actions]")
{
    const auto [state, view] = GENERATE(table<State, std::string>(
        {{State::looking_up, "request.waiting"}, {State::choosing, "request.choose"}, {State::denied, "Denied"}}));
    Scene scene{agents_request(state)};
    reach_limit(scene);
    const auto verdict = submit(scene, "U0AGENT", {{"email", "ada@acme.example"}});
    CHECK(has(window_text(verdict), view));
    REQUIRE(verdict.transaction);
    CHECK(verdict.transaction->audit.empty());
    CHECK(verdict.transaction->jobs.empty());
    CHECK_FALSE(verdict.transaction->insert);
}

TEST_CASE("somebody else's form is another request, also under the same id", "[actions]")
{
    const Scene scene{agents_request(State::pending)};
    CHECK(submit(scene, "U0IMPL", {{"email", "ada@acme.example"}}).transaction->insert);
    Scene one_person{agents_request(State::pending)};
    one_person.know_as("U0IMPL", "U0AGENT", member_with("U0IMPL", {Role::implementation}));
    CHECK_FALSE(submit(one_person, "U0IMPL", {{"email", "ada@acme.example"}}).transaction->insert);
}
