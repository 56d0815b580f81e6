#include "handlers/actions/ask_by_command.hpp"
#include "tests/unit/handlers/actions/asking_scene.hpp"

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

actions::Verdict ask(
    const Scene& scene, const std::string& user, const std::string& text, Purpose purpose = Purpose::reset)
{
    const std::string name = purpose == Purpose::reset ? "/reset-password" : "/create-password";
    const actions::AskCommand command{action_by(user, name), purpose, text, RequestId{"cs-9"}, ChannelId{"C0DESK"},
                                      Sealed{"for the line"}};
    return actions::ask(command, scene.seen, scene.settings);
}

const Request& inserted(const actions::Verdict& verdict)
{
    REQUIRE(verdict.transaction);
    REQUIRE(verdict.transaction->insert);
    return *verdict.transaction->insert;
}

}  // namespace

TEST_CASE("a reset is asked for by an address and a reason, and its line can be replaced for 29 minutes", "[actions]")
{
    Scene scene;
    scene.seen.now = noon + 1min;
    const auto verdict = ask(scene, "U0AGENT", "Ada@Acme.Example locked out\nsince Monday");
    const Request& request = inserted(verdict);
    CHECK(request.id == RequestId{"cs-9"});
    CHECK(request.requester == SlackUserId{"U0AGENT"});
    CHECK(request.purpose == Purpose::reset);
    CHECK(request.email == Email{"ada@acme.example"});
    CHECK(request.reason == "locked out since Monday");
    CHECK_FALSE(request.reason_was_cut);
    CHECK_FALSE(request.names);
    CHECK_FALSE(request.in_modal);
    REQUIRE(request.reply);
    CHECK(request.reply->channel == ChannelId{"C0DESK"});
    CHECK(request.reply->response_url.bytes == "for the line");
    CHECK(request.reply->expires_at == noon + 30min);
    CHECK(has(only_row(*verdict.transaction), "purpose=reset through=/reset-password"));
    CHECK(said(verdict) == "Looking up `ada@acme.example` in Auth0… (request cs-9)");
    CHECK_FALSE(verdict.window);
}

TEST_CASE("behind the address of a first password stand names, the last word being the family's", "[actions]")
{
    const auto [text, given, family, was_split] = GENERATE(table<std::string, std::string, std::string, bool>(
        {{"Grace Brewster Hopper", "Grace Brewster", "Hopper", true},
         {"Grace Hopper", "Grace", "Hopper", false},
         {"Grace", "Grace", "", false}}));
    const auto verdict = ask(Scene{}, "U0IMPL", "grace@acme.example " + text, Purpose::first_password);
    const Request& request = inserted(verdict);
    CHECK(request.purpose == Purpose::first_password);
    CHECK(request.reason.empty());
    REQUIRE(request.names);
    CHECK(request.names->given == given);
    CHECK(request.names->family == family);
    CHECK(request.names_were_split == was_split);
    CHECK(has(only_row(*verdict.transaction), "purpose=first_password through=/create-password"));
}

TEST_CASE("a first password may be asked for without names", "[actions]")
{
    const auto verdict = ask(Scene{}, "U0IMPL", "grace@acme.example", Purpose::first_password);
    CHECK_FALSE(inserted(verdict).names);
    CHECK_FALSE(inserted(verdict).names_were_split);
}

TEST_CASE("a reason is marked as cut from 501 characters on, and names never are", "[actions]")
{
    const std::string fits(500, 'x'), is_too_long(501, 'x');
    CHECK_FALSE(inserted(ask(Scene{}, "U0AGENT", "ada@acme.example " + fits)).reason_was_cut);
    CHECK(inserted(ask(Scene{}, "U0AGENT", "ada@acme.example " + is_too_long)).reason_was_cut);
    const auto names = ask(Scene{}, "U0IMPL", "ada@acme.example " + is_too_long, Purpose::first_password);
    CHECK_FALSE(inserted(names).reason_was_cut);
}

TEST_CASE("a command without text opens the form, and who may not ask gets none", "[actions]")
{
    const auto verdict = ask(Scene{}, "U0AGENT", " \u200b ");
    CHECK(has(window_text(verdict), "Reset a password"));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK_FALSE(verdict.transaction->insert);
    CHECK(verdict.transaction->audit.empty());
    CHECK(said(verdict).empty());
    CHECK(has(window_text(ask(Scene{}, "U0IMPL", "", Purpose::first_password)), "Create a password"));
    const auto refused = ask(Scene{}, "U0LEAD", "");
    CHECK_FALSE(refused.window);
    check_turned_away(refused, "request_not_allowed U0LEAD why=not_a_requester through=/reset-password");
}

TEST_CASE("what cannot be read as an address is said to be none, after what refuses anybody", "[actions]")
{
    Scene scene;
    const auto verdict = ask(scene, "U0AGENT", "ada.acme.example locked out");
    CHECK(has(said(verdict), "Nothing was requested."));
    CHECK(has(said(verdict), "/reset-password ada@example.com"));
    CHECK(verdict.transaction->audit.empty());
    CHECK_FALSE(verdict.transaction->insert);
    CHECK(has(said(ask(scene, "U0IMPL", "grace", Purpose::first_password)), "/create-password ada@example.com"));
    reach_limit(scene);
    CHECK(has(said(ask(scene, "U0AGENT", "ada.acme.example")), "You may make 1 request within an hour"));
}

TEST_CASE("whoever may not ask is told why in private, and nothing is requested", "[actions]")
{
    Scene scene;
    const std::string text = GENERATE("ada@acme.example", "");
    SECTION("no right")
    {
        const auto verdict = ask(scene, "U0AGENT", text, Purpose::first_password);
        check_turned_away(verdict, "request_not_allowed U0AGENT why=not_an_implementer through=/create-password");
        CHECK(has(said(verdict), "asked for by the implementation user group"));
    }
    SECTION("frozen")
    {
        scene.freeze("U0LEAD");
        const auto verdict = ask(scene, "U0AGENT", text);
        check_turned_away(verdict, "request_not_allowed U0AGENT why=frozen through=/reset-password");
        CHECK(has(said(verdict), "*Frozen* by <@U0LEAD>"));
    }
    SECTION("a limit")
    {
        reach_limit(scene);
        const auto verdict = ask(scene, "U0AGENT", text);
        check_turned_away(verdict, "request_not_allowed U0AGENT why=limit_person through=/reset-password");
        CHECK(has(said(verdict), "Nothing was requested. You may make 1 request"));
    }
}

TEST_CASE("nobody asks for their own account by command, but opens the form", "[actions]")
{
    Scene scene;
    Member owner = member_with("U0AGENT", {Role::support});
    owner.email = Email{"ada@acme.example"};
    scene.know("U0AGENT", owner);
    const auto verdict = ask(scene, "U0AGENT", "Ada@acme.example");
    check_turned_away(verdict, "request_not_allowed U0AGENT why=own_account through=/reset-password");
    CHECK(has(said(verdict), "nobody asks for their own account"));
    CHECK(ask(scene, "U0AGENT", "").window);
    CHECK(ask(scene, "U0AGENT", "bea@acme.example").transaction->insert);
}

TEST_CASE("a command that lacks what is demanded is stored, and completed in a window that is no loss", "[actions]")
{
    Scene scene;
    SECTION("a reason") { scene.settings.fields.reason_required = true; }
    SECTION("a case number") { scene.settings.fields.case_number_required = true; }
    SECTION("a verification") { scene.settings.verification.required = true; }
    const auto verdict = ask(scene, "U0AGENT", "ada@acme.example");
    CHECK(inserted(verdict).in_modal);
    CHECK_FALSE(inserted(verdict).reply);
    CHECK(has(window_text(verdict), "request.waiting"));
    CHECK_FALSE(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(std::holds_alternative<slack::Acknowledged>(verdict.answer));
}

TEST_CASE("a command with the reason that is demanded needs no window", "[actions]")
{
    Scene scene;
    scene.settings.fields.reason_required = true;
    const auto verdict = ask(scene, "U0AGENT", "ada@acme.example locked out");
    CHECK_FALSE(verdict.window);
    CHECK_FALSE(inserted(verdict).in_modal);
    CHECK(inserted(verdict).reply);
}
