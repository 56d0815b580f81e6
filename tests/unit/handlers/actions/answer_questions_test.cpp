#include "handlers/rules/ids.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/form_fields.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Entries = std::map<std::string, std::string>;

HandlerResult submit(
    Desk& desk, const std::string& user, std::string_view form_id, const std::string& metadata, const Entries& entries)
{
    auto form = desk.form(user, form_id, metadata);
    for (const auto& [field, text] : entries) form.values[views::entered_at(field)] = text;
    return desk.send(std::move(form));
}

HandlerResult ask(Desk& desk, const std::string& user, const Entries& entries)
{
    return submit(desk, user, request_form, "reset", entries);
}

HandlerResult answer(Desk& desk, const std::string& user, const Entries& entries)
{
    return submit(desk, user, choose_form, "cs-1", entries);
}

// At which the agent's request waits for its requester's answers.
struct AskingDesk : Desk
{
    explicit AskingDesk(Request request = asking_request()) { put(std::move(request)); }

    static Request asking_request()
    {
        Request request = request_of("U0AGENT", State::choosing);
        request.asked = false;
        request.account.reset();
        request.reason = "before";
        request.reason_was_cut = true;
        request.expires_at = noon + 30min;
        Account other{Auth0UserId{"auth0|2"}};
        other.database_connections = {"Partners"};
        Account first{Auth0UserId{"auth0|1"}};
        first.database_connections = {"Users"};
        request.candidates = {first, other};
        request.questions = {std::string{question::account}};
        return request;
    }
};

slack::ViewClosed closing(const Desk& desk, const std::string& user)
{
    const auto form = desk.form(user, choose_form, "cs-1");
    return slack::ViewClosed{form.source, form.actor, form.callback_id, form.private_metadata, "V1", false};
}

const auto store_faults = std::vector<std::tuple<Errc, Errc, std::size_t>>{
    {Errc::replayed, Errc::replayed, 1U},
    {Errc::conflict, Errc::unavailable, 4U},
    {Errc::unavailable, Errc::unavailable, 1U}};

}  // namespace

TEST_CASE("a form is stored with all its fields, and looked up", "[intake]")
{
    Desk desk;
    desk.settings.verification.methods = {{"call_back", "Called back"}};
    const auto shown =
        ask(desk, "U0AGENT",
            {{"email", "Ada@acme.example"},
             {"reason", "locked out"},
             {"ticket", "CS-1"},
             {"method", "call_back"},
             {"note", "rang twice"},
             {"given", "Ada"},
             {"family", "Byron"}});
    CHECK(modal_callback(shown) == "request.waiting");
    REQUIRE(desk.last().insert);
    const Request& request = *desk.last().insert;
    CHECK(request.state == State::looking_up);
    CHECK(request.requester == SlackUserId{"U0AGENT"});
    CHECK(request.email == Email{"ada@acme.example"});
    CHECK(request.reason == "locked out");
    CHECK(request.case_number == "CS-1");
    REQUIRE(request.verification);
    CHECK(request.verification->method == "call_back");
    CHECK(request.verification->note == "rang twice");
    REQUIRE(request.names);
    CHECK(request.names->given == "Ada");
    CHECK(request.names->family == "Byron");
    CHECK(request.in_modal);
    CHECK_FALSE(request.reply);
    CHECK(jobs_text(desk.last()) == "look_up still_waiting+30000");
    CHECK(
        only_row(desk.last()) ==
        "request_received U0AGENT " + request.id.str() + " email=a…a@acme.example account=" +
            desk.vault.pseudonym("ada@acme.example") + " purpose=reset through=request.form verification=call_back");
}

TEST_CASE(
    "a form that is sent again, as after a lost answer, gets the first one's answer and makes no second request",
    "[intake]")
{
    Desk desk;
    const auto filled = [&desk] {
        auto form = desk.form("U0AGENT", request_form, "reset");
        form.values[views::entered_at("email")] = "ada@acme.example";
        form.view_hash = "h1";
        return form;
    };
    CHECK(modal_callback(desk.send(filled())) == "request.waiting");
    REQUIRE(desk.last().insert);
    const std::string id = desk.last().insert->id.str();
    CHECK(id.size() == 15);
    CHECK(modal_callback(desk.send(filled())) == "request.waiting");
    CHECK_FALSE(desk.last().insert);
    CHECK(desk.last().audit.empty());

    SECTION("as it stands by now")
    {
        Request found = desk.stored(id);
        found.questions = {std::string{question::details}};
        Transaction change{Desk::noon};
        advance(change, std::move(found), Event::ask, "countersign");
        desk.apply(std::move(change));
        CHECK(modal_callback(desk.send(filled())) == "request.choose");
    }
    SECTION("also when a limit is reached by now")
    {
        desk.settings.limits.person = Limit{1, 0};
        CHECK(modal_callback(desk.send(filled())) == "request.waiting");
    }
    SECTION("and another form, another person's, or one without a hash is another request")
    {
        auto other = filled();
        other.view_hash = "h2";
        desk.send(std::move(other));
        REQUIRE(desk.last().insert);
        CHECK(desk.last().insert->id.str() != id);
        auto plain = filled();
        plain.view_hash.clear();
        desk.send(std::move(plain));
        REQUIRE(desk.last().insert);
        const std::string plain_id = desk.last().insert->id.str();
        CHECK(plain_id != id);
        plain = filled();
        plain.view_hash.clear();
        desk.send(std::move(plain));
        REQUIRE(desk.last().insert);
        CHECK(desk.last().insert->id.str() != plain_id);
    }
    SECTION("and a copy of the same HTTP request stays refused")
    {
        desk.store.refuses = Errc::replayed;
        CHECK(rejected(desk.send(filled())) == Errc::replayed);
    }
}

TEST_CASE("two copies of a form at the same moment are one request", "[intake]")
{
    Desk desk;
    const auto filled = [&desk] {
        auto form = desk.form("U0AGENT", request_form, "reset");
        form.values[views::entered_at("email")] = "ada@acme.example";
        form.view_hash = "h1";
        return form;
    };
    desk.store.before_commit = [&] {
        // The first copy is stored between our reading and our commit.
        Request first{
            request_id_named(desk.vault.pseudonym("view/V1/h1")), SlackUserId{"U0AGENT"}, Email{"ada@acme.example"},
            std::nullopt, Desk::noon};
        desk.put(std::move(first));
    };
    // The reading that finds nothing commits nothing, so that the hook runs before the insert.
    CHECK(modal_callback(desk.send(filled())) == "request.waiting");
    CHECK(desk.store.tried.size() == 2);
    CHECK(desk.store.tried.front().insert);
    CHECK_FALSE(desk.store.tried.back().insert);
}

TEST_CASE("a form with a fault is asked for again, and neither stored nor remembered", "[intake]")
{
    Desk desk;
    desk.settings.fields.reason_required = true;
    const auto wrong = ask(desk, "U0AGENT", {{"email", "ada.acme.example"}});
    CHECK(has(field_errors(wrong), "email: I could not read that"));
    CHECK(has(field_errors(wrong), "reason: Say why"));
    CHECK(has(field_errors(ask(desk, "U0AGENT", {{"email", "ada@acme.example"}})), "reason: "));
    CHECK(has(field_errors(ask(desk, "U0AGENT", {{"email", ""}, {"reason", "x"}})), "email: Whose password?"));
    CHECK(desk.store.tried.empty());
}

TEST_CASE("a form that cannot be stored is not acknowledged", "[intake]")
{
    const auto [fault, expected] =
        GENERATE(table<Errc, Errc>({{Errc::replayed, Errc::replayed}, {Errc::unavailable, Errc::unavailable}}));
    const std::string user = GENERATE("U0AGENT", "U0LEAD");
    Desk desk;
    desk.store.refuses = fault;
    CHECK(rejected(ask(desk, user, {{"email", "ada@acme.example"}})) == expected);
}

TEST_CASE("an answer is kept with all its fields, and looked up once the form's answer has arrived", "[intake]")
{
    Request before = AskingDesk::asking_request();
    before.questions = {
        std::string{question::account}, std::string{question::names}, std::string{question::verification}};
    AskingDesk desk{before};
    desk.settings.verification.methods = {{"call_back", "Called back"}};
    desk.clock.advance(3min);
    const auto shown = answer(
        desk, "U0AGENT",
        {{"account", "1.0"},
         {"given", "Ada"},
         {"family", "Byron"},
         {"reason", "after"},
         {"ticket", "CS-2"},
         {"method", "call_back"}});
    CHECK(modal_callback(shown) == "request.waiting");
    const Request request = desk.stored();
    CHECK(request.state == State::looking_up);
    REQUIRE(request.choice);
    CHECK(request.choice->account == Auth0UserId{"auth0|2"});
    CHECK(request.choice->connection == "Partners");
    REQUIRE(request.names);
    CHECK(request.names->given == "Ada");
    CHECK(request.names->family == "Byron");
    CHECK(request.reason == "after");
    CHECK_FALSE(request.reason_was_cut);
    CHECK(request.case_number == "CS-2");
    REQUIRE(request.verification);
    CHECK(request.verification->method == "call_back");
    CHECK(request.in_modal);
    CHECK(request.updated_at == Desk::noon + 3min);
    CHECK(jobs_text(desk.last()) == "homes+2000 look_up+500 still_waiting+30000");
    CHECK(
        only_row(desk.last()) ==
        "requester_answered U0AGENT cs-1 state=looking_up requester=U0AGENT email=a…a@acme.example");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("an answer that cannot be stored is not acknowledged", "[intake]")
{
    const auto [fault, expected, tries] = GENERATE(from_range(store_faults));
    const auto late = GENERATE(0min, 30min);
    AskingDesk desk;
    desk.clock.advance(late);
    desk.store.refuses = fault;
    CHECK(rejected(answer(desk, "U0AGENT", {{"account", "0.0"}})) == expected);
    CHECK(desk.store.tried.size() == tries);
    CHECK(desk.stored().state == State::choosing);
}

TEST_CASE("of two answers at the same moment the second is told that it comes too late", "[intake]")
{
    AskingDesk desk;
    desk.store.before_commit = [&desk] {
        Request request = desk.stored();
        request.choice = Choice{Auth0UserId{"auth0|2"}, "Partners"};
        Transaction change{Desk::noon};
        advance(change, std::move(request), Event::resume, "U0AGENT");
        desk.apply(std::move(change));
    };
    const auto shown = answer(desk, "U0AGENT", {{"account", "0.0"}});
    CHECK(has(modal_text(shown), "does not wait for this any more"));
    CHECK(desk.stored().choice->account == Auth0UserId{"auth0|2"});
}

TEST_CASE("the button opens the questions, and from then on the request is in a window", "[intake]")
{
    AskingDesk desk;
    const auto shown = desk.send(desk.click("U0AGENT", complete_action, "cs-1"));
    CHECK(modal_callback(shown) == "request.choose");
    CHECK(desk.stored().in_modal);
    CHECK(desk.stored().state == State::choosing);
    CHECK(desk.last().audit.empty());
    const auto& opened = std::get<OpenView>(shown.then.value());
    CHECK(opened.user == SlackUserId{"U0AGENT"});
    CHECK(opened.trigger_id.matches("trigger of U0AGENT"));
    REQUIRE(opened.fallback);
    CHECK(opened.fallback->response_url->matches(Desk::response_url));
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("questions whose opening cannot be stored are not opened", "[intake]")
{
    const auto [fault, expected, tries] = GENERATE(from_range(store_faults));
    AskingDesk desk;
    desk.store.refuses = fault;
    const auto shown = desk.send(desk.click("U0AGENT", complete_action, "cs-1"));
    CHECK(rejected(shown) == expected);
    CHECK_FALSE(shown.then);
    CHECK(desk.store.tried.size() == tries);
}

TEST_CASE("closing the questions cancels nothing, and the private line offers to go on", "[intake]")
{
    Request before = AskingDesk::asking_request();
    before.in_modal = true;
    AskingDesk desk{before};
    desk.clock.advance(2min);
    CHECK(std::holds_alternative<slack::Acknowledged>(desk.send(closing(desk, "U0AGENT")).answer));
    CHECK(desk.stored().state == State::choosing);
    CHECK_FALSE(desk.stored().in_modal);
    CHECK_FALSE(desk.stored().decision);
    CHECK(jobs_text(desk.last()) == "answer");
    CHECK(desk.last().audit.empty());
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a closing from another workspace, or of an unknown request, does nothing", "[intake]")
{
    AskingDesk desk;
    auto foreign = closing(desk, "U0AGENT");
    foreign.source.team = SlackTeamId{"T2"};
    CHECK_FALSE(rejected(desk.send(std::move(foreign))));
    auto unknown = closing(desk, "U0AGENT");
    unknown.private_metadata = "cs-2";
    CHECK_FALSE(rejected(desk.send(std::move(unknown))));
    CHECK(desk.store.tried.empty());
    CHECK(desk.stored().state == State::choosing);
}

TEST_CASE("a closing that cannot be stored is not acknowledged", "[intake]")
{
    const auto [fault, expected, tries] = GENERATE(from_range(store_faults));
    AskingDesk desk;
    desk.store.refuses = fault;
    CHECK(rejected(desk.send(closing(desk, "U0AGENT"))) == expected);
    CHECK(desk.store.tried.size() == tries);
}
