#include "handlers/actions/intake.hpp"
#include "handlers/core/text.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

const Email ada{"ada@acme.example"};

std::string why_not(
    const Scene& scene, const std::string& user, Purpose purpose = Purpose::reset,
    const std::optional<Email>& email = ada)
{
    const auto action = action_by(user, "/reset-password");
    const auto refusal = actions::refusal_to_ask(action, purpose, email, scene.seen, scene.settings);
    return refusal ? refusal->code : "";
}

std::string no_right(const Scene& scene, const std::string& user, const std::optional<Email>& email = ada)
{
    const auto action = action_by(user, "request.choose");
    const auto refusal = actions::no_right(action, Purpose::reset, email, scene.seen, scene.settings);
    return refusal ? refusal->code : "";
}

Request made_of(const Draft& draft)
{
    return actions::request_of(RequestId{"cs-9"}, SlackUserId{"U1"}, ada, draft, noon + 1min);
}

}  // namespace

TEST_CASE("support asks for resets, and implementation for first passwords, too", "[actions]")
{
    const Scene scene;
    CHECK(why_not(scene, "U0AGENT").empty());
    CHECK(why_not(scene, "U0IMPL").empty());
    CHECK(why_not(scene, "U0IMPL", Purpose::first_password).empty());
    CHECK(why_not(scene, "U0AGENT", Purpose::first_password) == "not_an_implementer");
}

TEST_CASE("nobody asks who is in no such group, is no member, or is not known", "[actions]")
{
    Scene scene;
    for (const char* user : {"U0LEAD", "U0MANAGER", "U0AUDITOR", "U0NOBODY"})
        CHECK(why_not(scene, user) == "not_a_requester");
    CHECK(why_not(scene, "U0GUEST") == "guest");
    scene.know("U0AGENT", Errc::unavailable);
    CHECK(why_not(scene, "U0AGENT") == "rights_unknown");
    CHECK(no_right(scene, "U0AGENT") == "rights_unknown");
}

TEST_CASE("nobody asks from a workspace that is not served", "[actions]")
{
    const Scene scene;
    auto action = action_by("U0AGENT", "/reset-password");
    SECTION("another") { action.source.team = SlackTeamId{"T2"}; }
    SECTION("none") { action.source.team.reset(); }
    SECTION("a whole organization") { action.source.org_install = true; }
    const auto refusal = actions::refusal_to_ask(action, Purpose::reset, ada, scene.seen, scene.settings);
    REQUIRE(refusal);
    CHECK(refusal->code == "other_workspace");
}

TEST_CASE("nobody asks for their own account, once the address is known", "[actions]")
{
    Scene scene;
    Member owner = member_with("U0AGENT", {Role::support});
    owner.email = ada;
    scene.know("U0AGENT", owner);
    CHECK(why_not(scene, "U0AGENT") == "own_account");
    CHECK(no_right(scene, "U0AGENT") == "own_account");
    CHECK(why_not(scene, "U0AGENT", Purpose::reset, std::nullopt).empty());
    CHECK(why_not(scene, "U0AGENT", Purpose::reset, Email{"bea@acme.example"}).empty());
}

TEST_CASE("whose address Slack does not tell asks for nothing, with or without an address", "[actions]")
{
    Scene scene;
    Member hidden = member_with("U0AGENT", {Role::support});
    hidden.email.reset();
    scene.know("U0AGENT", hidden);
    CHECK(why_not(scene, "U0AGENT") == "own_account_unknown");
    CHECK(why_not(scene, "U0AGENT", Purpose::reset, std::nullopt) == "own_account_unknown");
    scene.settings.approval.own_account_check = OwnAccountCheck::say;
    CHECK(why_not(scene, "U0AGENT").empty());
    CHECK(why_not(scene, "U0AGENT", Purpose::reset, std::nullopt).empty());
}

TEST_CASE("a freeze and a full limit refuse who has the right, and say so in this order", "[actions]")
{
    Scene scene;
    reach_limit(scene);
    CHECK(why_not(scene, "U0AGENT") == "limit_person");
    CHECK(why_not(scene, "U0AGENT", Purpose::reset, std::nullopt) == "limit_person");
    scene.freeze("U0LEAD");
    CHECK(why_not(scene, "U0AGENT") == "frozen");
    // Rights come first: a freeze is nobody else's business.
    CHECK(why_not(scene, "U0NOBODY") == "not_a_requester");
    // What is stored already was counted when it came in.
    CHECK(no_right(scene, "U0AGENT").empty());
}

TEST_CASE("a limit is told before whose account it is", "[actions]")
{
    Scene scene;
    Member owner = member_with("U0AGENT", {Role::support});
    owner.email = ada;
    scene.know("U0AGENT", owner);
    reach_limit(scene);
    CHECK(why_not(scene, "U0AGENT") == "limit_person");
}

TEST_CASE("limits count by the time of the snapshot", "[actions]")
{
    Scene scene;
    reach_limit(scene);
    scene.seen.now = scene.seen.earlier.person.front() + 1h - 1ms;
    CHECK(why_not(scene, "U0AGENT") == "limit_person");
    scene.seen.now += 1ms;
    CHECK(why_not(scene, "U0AGENT").empty());
}

TEST_CASE("each refusal says that nothing was requested", "[actions]")
{
    Scene scene;
    const std::string user = GENERATE("U0AGENT", "U0NOBODY");
    SECTION("a limit") { reach_limit(scene); }
    SECTION("a freeze") { scene.freeze("U0LEAD"); }
    SECTION("their own account")
    {
        Member owner = member_with("U0AGENT", {Role::support});
        owner.email = ada;
        scene.know("U0AGENT", owner);
    }
    const auto action = action_by(user, "/reset-password");
    const auto refusal = actions::refusal_to_ask(action, Purpose::reset, ada, scene.seen, scene.settings);
    REQUIRE(refusal);
    CHECK(refusal->words.starts_with("Nothing was requested. "));
    CHECK(refusal->words.rfind("Nothing was requested. ") == 0);
}

TEST_CASE("who is turned away leaves a row, and of look-ups one an hour", "[actions]")
{
    const auto action = action_by("U0AGENT", "/reset-password");
    const auto once = actions::turned_away(action, Refusal{"limit_person", "words"}, noon + 20min);
    check_turned_away(once, "request_not_allowed U0AGENT why=limit_person through=/reset-password");
    CHECK_FALSE(once.transaction->audit_once);
    const auto mark_at = [&action](TimePoint now) {
        const auto verdict = actions::turned_away(action, Refusal{"limit_look_ups", "words"}, now);
        check_turned_away(verdict, "request_not_allowed U0AGENT why=limit_look_ups through=/reset-password");
        REQUIRE(verdict.transaction->audit_once);
        return *verdict.transaction->audit_once;
    };
    CHECK(mark_at(noon).digest == mark_at(noon + 1h - 1ms).digest);
    CHECK(mark_at(noon).digest != mark_at(noon + 1h).digest);
    CHECK(mark_at(noon).digest != mark_at(noon - 1ms).digest);
    CHECK(has(mark_at(noon).digest, "limit_look_ups/U0AGENT/"));
}

TEST_CASE("what is typed is cleaned and cut to its limit, field by field", "[actions]")
{
    const auto of_length = [](std::size_t units) { return " \u200b" + std::string(units, 'x') + "\n"; };
    for (const std::size_t over : {0U, 1U})
    {
        Draft draft;
        draft.reason = of_length(reason_units_max + over);
        draft.case_number = of_length(case_number_units_max + over);
        draft.verification = Verification{"call_back", of_length(note_units_max + over)};
        draft.given_name = of_length(name_units_max + over);
        draft.family_name = of_length(name_units_max + over);
        const Request request = made_of(draft);
        REQUIRE(request.names);
        const auto check = [over](const std::string& text, std::size_t units) {
            CHECK(utf16_units(text) == units);
            CHECK(text.ends_with("…") == (over == 1));
        };
        check(request.reason, reason_units_max);
        check(request.case_number, case_number_units_max);
        check(request.verification->note, note_units_max);
        check(request.names->given, name_units_max);
        check(request.names->family, name_units_max);
        CHECK(request.verification->method == "call_back");
    }
}

TEST_CASE("half a name is kept, so that the other half is asked for, and no name is none", "[actions]")
{
    const auto names_of = [](std::string given, std::string family) {
        Draft draft;
        draft.given_name = std::move(given);
        draft.family_name = std::move(family);
        return made_of(draft).names;
    };
    CHECK_FALSE(names_of(" ", "\u200b"));
    REQUIRE(names_of("Ada", ""));
    CHECK(names_of("Ada", "")->family.empty());
    REQUIRE(names_of("", "Byron"));
    CHECK(names_of("", "Byron")->family == "Byron");
}

TEST_CASE("a request is its author's, of the moment at which it was made, and waits for its look-up", "[actions]")
{
    Draft draft;
    draft.purpose = Purpose::first_password;
    const Request request = made_of(draft);
    CHECK(request.id == RequestId{"cs-9"});
    CHECK(request.requester == SlackUserId{"U1"});
    CHECK(request.email == ada);
    CHECK(request.created_at == noon + 1min);
    CHECK(request.purpose == Purpose::first_password);
    CHECK(request.state == State::looking_up);
    CHECK_FALSE(request.verification);
    CHECK_FALSE(request.reply);
    CHECK_FALSE(request.in_modal);
}

TEST_CASE("a request that is accepted is stored with its row, looked up, and looked after", "[actions]")
{
    Scene scene;
    scene.seen.now = noon + 1min;
    scene.seen.pseudonym = "p-1";
    Draft draft;
    draft.verification = Verification{"call_back", "rang twice"};
    const bool is_verified = GENERATE(true, false);
    if (!is_verified) draft.verification.reset();
    const auto verdict = actions::accepted(action_by("U0AGENT", "request.form"), made_of(draft), scene.seen);
    REQUIRE(verdict.transaction->insert);
    CHECK(verdict.transaction->insert->id == RequestId{"cs-9"});
    CHECK(verdict.transaction->at == noon + 1min);
    CHECK(jobs_text(*verdict.transaction) == "look_up still_waiting+30000");
    const std::string row =
        "request_received U1 cs-9 email=a…a@acme.example account=p-1 purpose=reset through=request.form";
    CHECK(only_row(*verdict.transaction) == row + (is_verified ? " verification=call_back" : ""));
    CHECK_FALSE(verdict.transaction->audit_once);
}
