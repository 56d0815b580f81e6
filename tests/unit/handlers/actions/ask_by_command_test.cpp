#include "handlers/model/vault_context.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* reset = "/reset-password";
constexpr const char* create = "/create-password";

HandlerResult type(Desk& desk, const std::string& user, const std::string& name, const std::string& text)
{
    return desk.send(desk.command(user, name, text));
}

const Request& inserted(const Desk& desk)
{
    REQUIRE(desk.last().insert);
    return *desk.last().insert;
}

void check_refused(Desk& desk, const std::string& user, const std::string& name, const std::string& why)
{
    for (const char* text : {"ada@acme.example", ""})
    {
        const auto answer = type(desk, user, name, text);
        CHECK(has(reply_text(answer), "Nothing was requested."));
        CHECK_FALSE(answer.then);
        CHECK_FALSE(desk.last().insert);
        CHECK(desk.last().jobs.empty());
        CHECK(only_row(desk.last()) == "request_not_allowed " + user + " why=" + why + " through=" + name);
    }
}

void needs_a_ticket(Desk& desk) { desk.settings.fields.case_number_required = true; }

}  // namespace

TEST_CASE("who asks a command for help gets it, with or without a right, and nothing is stored", "[commands]")
{
    const std::string name = GENERATE(reset, create);
    const std::string text = GENERATE("help", " HELP ", "?", "--help");
    Desk desk;
    for (const char* user : {"U0AGENT", "U0NOBODY"})
    {
        const auto answer = type(desk, user, name, text);
        CHECK(reply_text(answer) == reply_text(desk.send(desk.command(user, "/password-help", ""))));
        CHECK_FALSE(answer.then);
    }
    CHECK(desk.store.tried.empty());
}

TEST_CASE("a reset that is asked for by command is stored with all that was said, and looked up", "[commands]")
{
    Desk desk;
    desk.clock.advance(1min);
    const auto answer = type(desk, "U0AGENT", reset, "Ada@Acme.Example locked out\nsince Monday");
    const Request& request = inserted(desk);
    CHECK(request.state == State::looking_up);
    CHECK(request.purpose == Purpose::reset);
    CHECK(request.requester == SlackUserId{"U0AGENT"});
    CHECK(request.email == Email{"ada@acme.example"});
    CHECK(request.reason == "locked out since Monday");
    CHECK_FALSE(request.reason_was_cut);
    CHECK_FALSE(request.names);
    CHECK_FALSE(request.in_modal);
    CHECK_FALSE(request.wants_link);
    CHECK(request.created_at == Desk::noon + 1min);
    CHECK(desk.last().at == Desk::noon + 1min);
    CHECK(jobs_text(desk.last()) == "look_up still_waiting+30000");
    CHECK(
        only_row(desk.last()) ==
        "request_received U0AGENT " + request.id.str() + " email=a…a@acme.example account=" +
            desk.vault.pseudonym("ada@acme.example") + " purpose=reset through=/reset-password");
    CHECK(has(reply_text(answer), "Looking up `ada@acme.example`"));
    CHECK(has(reply_text(answer), request.id.str()));
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a command's answer can be replaced for 29 minutes, by an address that is sealed for it alone", "[commands]")
{
    Desk desk;
    type(desk, "U0AGENT", reset, "ada@acme.example");
    const Request& request = inserted(desk);
    REQUIRE(request.reply);
    CHECK(request.reply->expires_at == Desk::noon + 29min);
    CHECK(request.reply->channel == ChannelId{"C0DESK"});
    const auto url = desk.vault.open(request.reply->response_url, reply_context(request.id));
    REQUIRE(url.has_value());
    CHECK(url->matches(Desk::response_url));
}

TEST_CASE("a command without text opens the form, and asks for nothing yet", "[commands]")
{
    const auto [user, name, title] = GENERATE(table<std::string, std::string, std::string>(
        {{"U0AGENT", reset, "Reset a password"}, {"U0IMPL", create, "Create a password"}}));
    Desk desk;
    const auto answer = type(desk, user, name, " \u200b ");
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    CHECK(modal_callback(answer) == "request.form");
    CHECK(has(modal_text(answer), title));
    const auto& opened = std::get<OpenView>(answer.then.value());
    CHECK(opened.user == SlackUserId{user});
    CHECK(opened.trigger_id.matches("trigger of " + user));
    REQUIRE(opened.fallback);
    CHECK(opened.fallback->channel == ChannelId{"C0DESK"});
    CHECK(opened.fallback->response_url->matches(Desk::response_url));
    CHECK_FALSE(desk.last().insert);
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("whoever may not ask is refused by the command and gets no form", "[commands]")
{
    Desk desk;
    for (const char* user : {"U0LEAD", "U0MANAGER", "U0AUDITOR", "U0NOBODY"})
        check_refused(desk, user, reset, "not_a_requester");
    check_refused(desk, "U0AGENT", create, "not_an_implementer");
    check_refused(desk, "U0GUEST", reset, "guest");
    desk.freeze("U0LEAD");
    check_refused(desk, "U0AGENT", reset, "frozen");
    // Rights come first: a freeze is nobody else's business.
    check_refused(desk, "U0NOBODY", reset, "not_a_requester");
    desk.people.answers = false;
    check_refused(desk, "U0AGENT", reset, "rights_unknown");
}

TEST_CASE("a command that lacks what is demanded is completed in a window", "[commands]")
{
    Desk desk;
    const std::string text = "ada@acme.example";
    SECTION("a reason") { desk.settings.fields.reason_required = true; }
    SECTION("a ticket") { needs_a_ticket(desk); }
    SECTION("a verification")
    {
        desk.settings.verification.required = true;
        desk.settings.verification.methods = {{"call_back", "Called back"}};
    }
    const auto answer = type(desk, "U0AGENT", reset, text);
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    CHECK(modal_callback(answer) == "request.waiting");
    CHECK(inserted(desk).in_modal);
    CHECK_FALSE(inserted(desk).reply);
    CHECK(jobs_text(desk.last()) == "look_up still_waiting+30000");
    const auto& opened = std::get<OpenView>(answer.then.value());
    CHECK_FALSE(opened.fallback);
    CHECK(opened.trigger_id.matches("trigger of U0AGENT"));
}

TEST_CASE("a command that cannot be stored is not acknowledged, whatever would follow", "[commands]")
{
    const auto [fault, expected] =
        GENERATE(table<Errc, Errc>({{Errc::replayed, Errc::replayed}, {Errc::unavailable, Errc::unavailable}}));
    Desk desk;
    desk.store.refuses = fault;
    const auto check = [&desk, expected = expected](const std::string& user, const std::string& text) {
        const auto answer = type(desk, user, reset, text);
        CHECK(rejected(answer) == expected);
        CHECK_FALSE(answer.then);
    };
    check("U0AGENT", "ada@acme.example");
    check("U0AGENT", "");
    check("U0AGENT", "no address");
    check("U0NOBODY", "ada@acme.example");
    needs_a_ticket(desk);
    check("U0AGENT", "ada@acme.example");
}

TEST_CASE("a person's limit refuses the next command, at the limit and not before", "[commands]")
{
    Desk desk;
    desk.settings.limits = LimitSettings{Limit{2, 0}, Limit{}, Limit{}};
    type(desk, "U0AGENT", reset, "ada@acme.example");
    type(desk, "U0AGENT", reset, "bea@acme.example");
    CHECK(desk.last().insert);
    const auto answer = type(desk, "U0AGENT", reset, "cal@acme.example");
    CHECK(has(reply_text(answer), "Nothing was requested. You may make 2 requests within an hour, and you have."));
    CHECK(only_row(desk.last()) == "request_not_allowed U0AGENT why=limit_person through=/reset-password");
    // It is the person's own, and ends to the millisecond.
    type(desk, "U0LEAD2", reset, "cal@acme.example");
    CHECK(desk.last().insert);
    desk.clock.set(Desk::noon + 1h - Milliseconds{1});
    type(desk, "U0AGENT", reset, "cal@acme.example");
    CHECK_FALSE(desk.last().insert);
    desk.clock.set(Desk::noon + 1h);
    type(desk, "U0AGENT", reset, "cal@acme.example");
    CHECK(desk.last().insert);
}

TEST_CASE("everybody's limit refuses whoever comes next", "[commands]")
{
    Desk desk;
    desk.settings.limits = LimitSettings{Limit{}, Limit{}, Limit{0, 2}};
    type(desk, "U0AGENT", reset, "ada@acme.example");
    type(desk, "U0LEAD2", reset, "bea@acme.example");
    const auto answer = type(desk, "U0IMPL", reset, "cal@acme.example");
    CHECK(has(reply_text(answer), "All people together may make 2 requests within 24 hours"));
    CHECK(only_row(desk.last()) == "request_not_allowed U0IMPL why=limit_everybody through=/reset-password");
}
