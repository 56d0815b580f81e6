#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;

namespace {

// A case number and the way of verification are demanded.
void strict(Config& config)
{
    config.requests.fields.case_number_required = true;
    config.requests.fields.case_number_pattern = "CS-##*";
    config.requests.fields.ticket_example = "CS-1815";
    config.requests.verification.required = true;
    config.requests.verification.methods = {{"call_back", "Called back"}, {"in_person", "In person"}};
}

}  // namespace

TEST_CASE("the form asks, waits, and says that a team lead is asked", "[scenario][intake]")
{
    World world{701};
    REQUIRE(open_form(world, cast::agent));
    CHECK(world.requests().empty());
    const auto answer =
        world.submit(cast::agent, {{"email", World::customer_email}, {"reason", "locked out"}, {"ticket", "CS-1"}});
    CHECK(answer.status == 200);
    CHECK(has(world.modal(cast::agent), "Looking up"));
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    CHECK(has(world.modal(cast::agent), "Ada Byron"));
    CHECK(world.slack.modals(cast::agent).size() == 1);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(has(world.card(), "locked out"));
    CHECK(has(world.card(), "CS-1"));
    CHECK(world.dms(cast::agent) == 0);
    approve_and_settle(world);
    CHECK(world.customer_has_new_password());
    CHECK(world.dms(cast::agent) == 1);
}

TEST_CASE("what is wrong is said at its field, and nothing is stored", "[scenario][intake]")
{
    World world{702, strict};
    REQUIRE(open_form(world, cast::agent));
    // Slack's client holds back some of these; nothing is said about other clients.
    const std::string email = GENERATE(
        "ada.acme.example", "%D0%B0da%40acme.example", "ada%40acme.example%2C+grace%40acme.example", "ada%40acme",
        "%3Cmailto%3Aeve%40evil.example%7Cada%40acme.example%3E");
    INFO(email);
    const auto form = world.slack.submit_view(
        cast::agent, {{"email", World::customer_email}, {"ticket", "4711"}, {"method", "call_back"}},
        to_unix_ms(world.time.now()));
    const auto answer = deliver_forged(world, form, "ada%40acme.example", email);
    CHECK(answer.status == 200);
    CHECK(has(field_errors(answer), "\"email\":"));
    CHECK(has(field_errors(answer), "CS-1815"));
    CHECK(world.requests().empty());
    CHECK(world.submit(cast::agent, {{"email", World::customer_email}, {"ticket", "CS-4711"}}).status == 200);
    CHECK(world.requests().size() == 1);
    approve_and_settle(world);
}

TEST_CASE("an address without an account is refused in the modal, and nobody is bothered", "[scenario][intake]")
{
    World world{703};
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", "nobody@acme.example"}});
    REQUIRE(wait_for_words(world, cast::agent, "no account with this e-mail address"));
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.cards() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a command without what is demanded opens a modal with what was typed", "[scenario][intake]")
{
    World world{704, strict};
    CHECK(world.ask(cast::agent, std::string{World::customer_email} + " locked out since Monday").status == 200);
    REQUIRE(world.wait_for_modal(cast::agent));
    CHECK(has(world.modal(cast::agent), "Looking up"));
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    CHECK(has(world.modal(cast::agent), "locked out since Monday"));
    CHECK(has(world.modal(cast::agent), "Ada Byron"));
    CHECK(world.cards() == 0);

    const auto faulty = world.submit(cast::agent, {{"ticket", "none"}, {"method", "in_person"}});
    CHECK(has(field_errors(faulty), "\"ticket\":"));
    CHECK(world.request().state == State::choosing);

    world.submit(cast::agent, {{"ticket", "CS-7"}, {"method", "in_person"}, {"note", "at the desk"}});
    CHECK(has(world.modal(cast::agent), "Looking up"));
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    for (const char* fact : {"locked out since Monday", "CS-7", "In person"}) CHECK(has(world.card(), fact));
    CHECK(world.request().verification->note == "at the desk");
    approve_and_settle(world);
}

TEST_CASE("whoever closes the window while it looks up is told in a direct message", "[scenario][intake]")
{
    const bool is_asked_back = GENERATE(false, true);
    INFO(is_asked_back);
    World world{711};
    if (is_asked_back) add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    world.close_modal(cast::agent);
    REQUIRE(world.run_until([&] { return world.dms(cast::agent) == 1; }, 1min));
    if (!is_asked_back)
    {
        CHECK(has(world.dm(cast::agent), "A team lead is asked"));
        approve_and_settle(world);
        CHECK(world.dms(cast::agent) == 2);
        return;
    }
    CHECK(has(world.dm(cast::agent), "request.complete"));
    world.press_in_dm(cast::agent, "request.complete");
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    world.submit(cast::agent, {{"account", "0.0"}});
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    approve_and_settle(world);
}

TEST_CASE("a form that does not open loses no request: the person is told in a direct message", "[scenario][intake]")
{
    const Fault fault =
        GENERATE(Fault::error_before, Fault::error_after, Fault::reset_before, Fault::reset_after, Fault::delay);
    INFO(static_cast<int>(fault));
    World world{712, strict};
    world.slack.faults().add("views.open", PlannedFault{fault, 9'000, 1}, 5);
    CHECK(world.ask(cast::agent, std::string{World::customer_email} + " locked out").status == 200);
    REQUIRE(world.run_until(
        [&] { return world.dms(cast::agent) == 1 || has(world.modal(cast::agent), "\"request.choose\""); }, 1min));
    CHECK(world.request().state == State::choosing);
    world.slack.faults().clear();
    if (world.modal(cast::agent).empty())
    {
        world.press_in_dm(cast::agent, "request.complete");
        REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    }
    CHECK(has(world.modal(cast::agent), "locked out"));
    world.submit(cast::agent, {{"ticket", "CS-7"}, {"method", "in_person"}});
    approve_and_settle(world);
}

TEST_CASE("the same submission delivered twice is one request", "[scenario][intake]")
{
    World world{713};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    const auto form =
        world.slack.submit_view(cast::agent, {{"email", World::customer_email}}, to_unix_ms(world.time.now()));
    CHECK(world.deliver_together({form, form}) == 1);
    CHECK(world.requests().size() == 1);
    REQUIRE(world.run_until([&] { return world.request().state == State::choosing; }, 1min));
    world.deliver(form);
    CHECK(world.requests().size() == 1);
    world.run_for(20s);
    // The window never learned of the answer: its owner was told in a direct message.
    REQUIRE(world.dms(cast::agent) == 1);
    close_all_modals(world, cast::agent);
    world.press_in_dm(cast::agent, "request.complete");
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    const auto choice = world.slack.submit_view(cast::agent, {{"account", "0.0"}}, to_unix_ms(world.time.now()));
    CHECK(world.deliver_together({choice, choice}) == 1);
    close_all_modals(world, cast::agent);
    CHECK(world.audit_rows("requester_answered") == 1);
    approve_and_settle(world);
}

TEST_CASE("shortcuts and the Home open the form; a message gives its address", "[scenario][intake]")
{
    World world{715};
    const auto now = [&world] { return to_unix_ms(world.time.now()); };
    world.deliver(world.slack.shortcut(cast::agent, "reset_password", now()));
    REQUIRE(world.wait_for_modal(cast::agent));
    CHECK(has(world.modal(cast::agent), "\"request.form\""));
    CHECK_FALSE(has(world.modal(cast::agent), "initial_value\":\"ada@"));
    close_all_modals(world, cast::agent);

    world.deliver(world.slack.open_home(cast::agent, now()));
    world.run_for(5s);
    world.deliver(world.slack.click_in_view(cast::agent, standins::slack::Place::home, "home.new", now()));
    REQUIRE(world.wait_for_modal(cast::agent));
    CHECK(has(world.modal(cast::agent), "\"request.form\""));
    close_all_modals(world, cast::agent);

    const std::string ts = world.slack.say(
        cast::nobody, cast::desk, "Please: (<mailto:ada@acme.example|ada@acme.example>) is locked out!", now());
    world.deliver(world.slack.message_shortcut(cast::agent, cast::desk, ts, "reset_from_message", now()));
    REQUIRE(world.wait_for_modal(cast::agent));
    CHECK(has(world.modal(cast::agent), "\"initial_value\":\"ada@acme.example\""));
    CHECK(world.requests().empty());
    world.submit(cast::agent, {{"reason", "asked in the channel"}});
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    approve_and_settle(world);
}
