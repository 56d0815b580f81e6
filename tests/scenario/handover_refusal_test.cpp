#include "handlers/rules/jobs.hpp"
#include "tests/scenario/disguise.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/tables.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;
using standins::slack::Delivery;

// Presses around a password that do nothing: each is written down with its reason, and the person is told.
namespace {

json::object& action_in(json::object& payload) { return payload.at("actions").as_array().at(0).as_object(); }

Delivery pressed_by(World& world, const Delivery& press, const std::string& user)
{
    return with_payload(world, press, [&user](json::object& payload) { payload.at("user").as_object()["id"] = user; });
}

// One row of this action: who did it, to which request, and why it did nothing.
void check_row(World& world, std::string_view action, const std::string& actor, const std::string& why)
{
    const auto rows = rows_of(world, action);
    REQUIRE(rows.size() == 1);
    CHECK(text_of(rows.front(), "actor") == actor);
    CHECK(text_of(rows.front(), "request") == world.request().id.str());
    CHECK(detail_of(world, action, "why") == why);
}

void check_ready(World& world)
{
    CHECK(openings_tried(world) == 0);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(is_sealed(world));
    CHECK(world.audit_rows("password_shown") == 0);
}

void open_window(World& world)
{
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return world.request().handover->state == HandoverState::shown; }, 10s));
}

Delivery spelling(World& world)
{
    return world.slack.click_in_view(
        cast::agent, standins::slack::Place::modal, "handover.spell", to_unix_ms(world.time.now()));
}

// Nothing was spelled out, and what is shown goes on being shown.
void check_not_spelled(World& world, const std::string& actor, const std::string& why)
{
    world.run_for(5s);
    check_row(world, "spelling_refused", actor, why);
    CHECK(world.audit_rows("password_spelled") == 0);
    CHECK(calls_of(world, "views.update") == fillings(world));
    CHECK(shown_secrets(world, cast::agent).size() == 1);
}

}  // namespace

TEST_CASE("a press of somebody else is written down as theirs, and they are told", "[scenario][handover]")
{
    World world{510};
    REQUIRE(reset_and_wait(world));
    CHECK(world.deliver(pressed_by(world, press_of(world, cast::agent), cast::other_lead)).status == 200);
    world.run_for(5s);
    check_row(world, "handover_refused", cast::other_lead, "not_the_requester");
    check_ready(world);
    // It came with the requester's response_url.
    CHECK(has(note_of(world, cast::agent), "only the person who made the request"));
}

TEST_CASE("a press from another workspace is written down as such", "[scenario][handover]")
{
    World world{511};
    REQUIRE(reset_and_wait(world));
    const auto foreign = with_payload(world, press_of(world, cast::agent), [](json::object& payload) {
        payload["team"] = json::object{{"id", "T0OTHERTEAM"}};
    });
    CHECK(world.deliver(foreign).status == 200);
    world.run_for(5s);
    check_row(world, "handover_refused", cast::agent, "other_workspace");
    check_ready(world);
}

TEST_CASE("a press that is not on the message on file shows nothing and says so", "[scenario][handover]")
{
    const auto place = GENERATE(as<std::string>{}, "channel_id", "message_ts");
    INFO(place);
    World world{512};
    REQUIRE(reset_and_wait(world));
    const auto elsewhere = with_payload(world, press_of(world, cast::agent), [&place](json::object& payload) {
        payload.at("container").as_object()[place] = place == "channel_id" ? cast::desk : "1763800000.000001";
    });
    CHECK(world.deliver(elsewhere).status == 200);
    world.run_for(5s);
    check_row(world, "handover_refused", cast::agent, "message_unknown");
    check_ready(world);
}

TEST_CASE(
    "a press for a request that nobody made shows nothing, and is written down without one", "[scenario][handover]")
{
    World world{513};
    REQUIRE(reset_and_wait(world));
    const auto unknown = with_payload(world, press_of(world, cast::agent), [](json::object& payload) {
        action_in(payload)["value"] = "cs-nobodymade11";
    });
    CHECK(world.deliver(unknown).status == 200);
    world.run_for(5s);
    const auto rows = rows_of(world, "handover_refused");
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().at("request").is_null());
    CHECK(detail_of(world, "handover_refused", "why") == "message_unknown");
    CHECK(has(note_of(world, cast::agent), "does not belong to a request that I know"));
    check_ready(world);
}

TEST_CASE("a press for a request that ended without a password shows nothing", "[scenario][handover]")
{
    World world{514};
    REQUIRE(reset_and_wait(world));
    const auto press = press_of(world, cast::agent);
    REQUIRE(world.ask_and_wait());
    world.deny(cast::lead);
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "Denied"); }, 2min));
    world.run_for(2s);
    const auto denied = world.request().id;
    const std::size_t before = openings_tried(world);  // of the form in which it was denied
    const auto message = world.posted_to(cast::agent).back();
    const auto forged = with_payload(world, press, [&](json::object& payload) {
        action_in(payload)["value"] = denied.str();
        payload.at("container").as_object()["message_ts"] = message.ts;
    });
    CHECK(world.deliver(forged).status == 200);
    world.run_for(5s);
    check_row(world, "handover_refused", cast::agent, "message_unknown");
    CHECK(openings_tried(world) == before);
}

TEST_CASE(
    "who is known to have lost the right is told so, and it is shown once they have it again", "[scenario][handover]")
{
    World world{515};
    REQUIRE(reset_and_wait(world));
    auto& support = world.slack.group("S0SUPPORT").users;
    std::erase(support, cast::agent);
    world.run_for(3min);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    check_row(world, "handover_refused", cast::agent, "not_a_requester");
    check_ready(world);
    CHECK(has(note_of(world, cast::agent), "not allowed to ask for passwords any more"));
    support.push_back(cast::agent);
    world.run_for(3min);
    world.press_in_dm(cast::agent, "handover.show");
    CHECK(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

TEST_CASE("a press while a freeze holds is written down with it", "[scenario][handover]")
{
    World world{516};
    REQUIRE(reset_and_wait(world));
    freeze(world, true);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    check_row(world, "handover_refused", cast::agent, "frozen");
    check_ready(world);
}

TEST_CASE("a press while another is opening the window is told so, and opens no second one", "[scenario][handover]")
{
    World world{517};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.update", {Fault::delay, 2'500});
    const auto first = press_of(world, cast::agent);
    world.deliver(first);
    world.run_for(1s);
    REQUIRE(world.request().handover->state == HandoverState::opening);
    world.deliver(pressed_again(world, first));
    world.run_for(1s);
    CHECK(has(note_of(world, cast::agent), "is opening the password"));
    world.run_for(10s);
    check_row(world, "handover_refused", cast::agent, "not_ready");
    CHECK(openings_tried(world) == 1);
    CHECK(world.request().handover->is_certain);
}

TEST_CASE("a press or a spelling that comes twice is one", "[scenario][handover]")
{
    World world{518};
    REQUIRE(reset_and_wait(world));
    const auto press = press_of(world, cast::agent);
    CHECK(world.deliver(press).status == 200);
    world.run_for(5s);
    CHECK(world.deliver(press).status == 401);
    world.run_for(5s);
    CHECK(world.audit_rows("password_shown") == 1);
    CHECK(world.audit_rows("handover_refused") == 0);
    CHECK(openings_tried(world) == 1);

    const auto spell = spelling(world);
    CHECK(world.deliver(spell).status == 200);
    world.run_for(5s);
    CHECK(world.deliver(spell).status == 401);
    world.run_for(5s);
    CHECK(world.audit_rows("password_spelled") == 1);
    CHECK(calls_of(world, "views.update") == 2);  // the password, and its spelling
}

TEST_CASE("a refused press that comes twice is written down once", "[scenario][handover]")
{
    World world{519};
    REQUIRE(reset_and_wait(world));
    freeze(world, true);
    const auto press = press_of(world, cast::agent);
    world.deliver(press);
    world.run_for(5s);
    CHECK(world.deliver(press).status == 401);
    world.run_for(5s);
    CHECK(world.audit_rows("handover_refused") == 1);
}

TEST_CASE("nothing is spelled out for a press that is not in the window itself", "[scenario][handover]")
{
    const auto missing = GENERATE(as<std::string>{}, "view", "private_metadata");
    INFO(missing);
    World world{520};
    open_window(world);
    const auto forged = with_payload(world, spelling(world), [&missing](json::object& payload) {
        if (missing == "private_metadata")
        {
            payload.at("view").as_object()["private_metadata"] = "cs-anotherone11";
            return;
        }
        // As if it stood in a message.
        payload.at("view").as_object().erase("id");
        payload.at("container") = json::object{{"type", "message"}, {"channel_id", cast::desk}};
    });
    CHECK(world.deliver(forged).status == 200);
    check_not_spelled(world, cast::agent, "view_unknown");
}

TEST_CASE("nothing is spelled out for somebody else, or from another workspace", "[scenario][handover]")
{
    const bool is_foreign = GENERATE(true, false);
    INFO(is_foreign);
    World world{521};
    open_window(world);
    Delivery forged = pressed_by(world, spelling(world), cast::other_lead);
    if (is_foreign)
        forged = with_payload(world, spelling(world), [](json::object& payload) {
            payload.at("view").as_object()["app_installed_team_id"] = "T0OTHERTEAM";
        });
    CHECK(world.deliver(forged).status == 200);
    check_not_spelled(
        world, is_foreign ? cast::agent : cast::other_lead, is_foreign ? "other_workspace" : "not_the_requester");
}

TEST_CASE("nothing is spelled out for who lost the right, or while a freeze holds", "[scenario][handover]")
{
    const bool is_frozen = GENERATE(true, false);
    INFO(is_frozen);
    World world{522};
    open_window(world);
    if (is_frozen)
        freeze(world, true);
    else
        std::erase(world.slack.group("S0SUPPORT").users, cast::agent);
    world.run_for(2min);
    CHECK(world.deliver(spelling(world)).status == 200);
    check_not_spelled(world, cast::agent, is_frozen ? "frozen" : "not_a_requester");
}

TEST_CASE("nothing is spelled out of what was not shown", "[scenario][handover]")
{
    World world{523};
    open_window(world);
    const auto spell = spelling(world);
    const auto other = approved(world, "cs-waitsstill01", PasswordFormat::passphrase);
    REQUIRE(carry_out(world, other));
    world.run_for(2s);
    const auto forged = with_payload(world, spell, [&other](json::object& payload) {
        action_in(payload)["value"] = other.id.str();
        payload.at("view").as_object()["private_metadata"] = other.id.str();
    });
    CHECK(world.deliver(forged).status == 200);
    check_not_spelled(world, cast::agent, "closed");
}

TEST_CASE("nothing is spelled out once the window was closed for good", "[scenario][handover]")
{
    World world{524};
    open_window(world);
    const auto spell = spelling(world);
    close_for_good(world, cast::agent);
    CHECK(world.deliver(spell).status == 200);
    world.run_for(5s);
    check_row(world, "spelling_refused", cast::agent, "closed");
    CHECK(calls_of(world, "views.update") == 1);
}

TEST_CASE("a link is not spelled out", "[scenario][handover]")
{
    World world{525};
    open_window(world);
    const auto spell = spelling(world);
    const auto link = approved(world, "cs-linkisopen01", PasswordFormat::link);
    REQUIRE(carry_out(world, link));
    world.run_for(2s);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return world.request().handover->state == HandoverState::shown; }, 10s));
    const auto forged = with_payload(world, spell, [&link](json::object& payload) {
        action_in(payload)["value"] = link.id.str();
        payload.at("view").as_object()["private_metadata"] = link.id.str();
    });
    CHECK(world.deliver(forged).status == 200);
    check_not_spelled(world, cast::agent, "nothing_to_spell");
}

TEST_CASE(
    "a spelling for a request that nobody made, or without a password, writes no request's row", "[scenario][handover]")
{
    World world{526};
    open_window(world);
    const auto forged = with_payload(world, spelling(world), [](json::object& payload) {
        action_in(payload)["value"] = "cs-nobodymade11";
        payload.at("view").as_object()["private_metadata"] = "cs-nobodymade11";
    });
    CHECK(world.deliver(forged).status == 200);
    world.run_for(5s);
    CHECK(world.audit_rows("spelling_refused") == 0);
    CHECK(world.audit_rows("password_spelled") == 0);

    const auto spell = spelling(world);
    REQUIRE(world.ask_and_wait());
    const auto waits = world.request().id;
    const auto early = with_payload(world, spell, [&waits](json::object& payload) {
        action_in(payload)["value"] = waits.str();
        payload.at("view").as_object()["private_metadata"] = waits.str();
    });
    CHECK(world.deliver(early).status == 200);
    check_not_spelled(world, cast::agent, "view_unknown");
}

TEST_CASE("a spelling is written down as the requester's", "[scenario][handover]")
{
    World world{527};
    open_window(world);
    CHECK(world.deliver(spelling(world)).status == 200);
    const auto rows = rows_of(world, "password_spelled");
    REQUIRE(rows.size() == 1);
    CHECK(text_of(rows.front(), "actor") == cast::agent);
    CHECK(text_of(rows.front(), "request") == world.request().id.str());
    CHECK(rows.front().at("details").as_object().empty());
}

TEST_CASE("what is on the screen already can be spelled out before Slack's answer has come", "[scenario][handover]")
{
    World world{528};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.update", {Fault::delay, 2'500});
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 2s));
    REQUIRE(world.request().handover->state == HandoverState::opening);
    CHECK(world.deliver(spelling(world)).status == 200);
    world.run_for(10s);
    CHECK(world.audit_rows("password_spelled") == 1);
    CHECK(shown_secrets(world, cast::agent).size() == 2);
}

TEST_CASE("nobody else can close the window, and none is closed from another workspace", "[scenario][handover]")
{
    const bool is_foreign = GENERATE(true, false);
    INFO(is_foreign);
    World world{529};
    open_window(world);
    world.run_for(30s);  // until the steps after the change are done
    const std::string before = decisive_tables(world);
    const bool for_good = GENERATE(true, false);
    INFO(for_good);
    const auto now = to_unix_ms(world.time.now());
    std::optional<Delivery> closing = world.slack.submit_view(cast::agent, {}, now);
    if (!for_good) closing = world.slack.close_view(cast::agent, now);
    REQUIRE(closing);
    const auto forged = with_payload(world, *closing, [is_foreign](json::object& payload) {
        if (is_foreign)
            payload.at("view").as_object()["app_installed_team_id"] = "T0OTHERTEAM";
        else
            payload.at("user").as_object()["id"] = cast::other_lead;
    });
    CHECK(world.deliver(forged).status == 200);
    world.run_for(5s);
    CHECK(decisive_tables(world) == before);
    CHECK(is_sealed(world));
    CHECK_FALSE(world.request().handover->is_closed);

    CHECK(world.deliver(*closing).status == 200);
    CHECK(world.request().handover->is_closed == for_good);
    CHECK(is_sealed(world) != for_good);
    check_row(world, for_good ? "handover_closed" : "handover_window_closed", cast::agent, "");
}

TEST_CASE("a closing that comes twice is one", "[scenario][handover]")
{
    World world{530};
    open_window(world);
    const auto closing = world.slack.close_view(cast::agent, to_unix_ms(world.time.now()));
    REQUIRE(closing);
    CHECK(world.deliver(*closing).status == 200);
    static_cast<void>(world.deliver(*closing));
    const auto once_more = with_payload(world, *closing, [](json::object& payload) { payload["is_cleared"] = true; });
    CHECK(world.deliver(once_more).status == 200);
    world.run_for(5s);
    CHECK(world.audit_rows("handover_window_closed") == 1);
    CHECK(world.audit_rows("handover_closed") == 0);
    CHECK(is_sealed(world));
}

TEST_CASE(
    "a window that is closed for good twice was closed once, and the second one is told nothing",
    "[scenario][handover]")
{
    World world{531};
    open_window(world);
    const auto now = to_unix_ms(world.time.now());
    const auto first = world.slack.submit_view(cast::agent, {}, now);
    const auto second = world.slack.submit_view(cast::agent, {}, now);
    CHECK(world.deliver(first).status == 200);
    CHECK(world.deliver(first).status == 200);
    CHECK(world.deliver(second).status == 200);
    world.run_for(5s);
    CHECK(world.modal(cast::agent).empty());
    CHECK(world.audit_rows("handover_closed") == 1);
}

TEST_CASE("a window of another request, or of none, closes nothing", "[scenario][handover]")
{
    const auto mark = GENERATE(as<std::string>{}, "cs-nobodymade11", "cs-nobodymade11-2", "", "-2", "-", "x");
    const bool for_good = GENERATE(true, false);
    INFO(mark << " " << for_good);
    World world{532};
    open_window(world);
    const auto now = to_unix_ms(world.time.now());
    std::optional<Delivery> closing = world.slack.submit_view(cast::agent, {}, now);
    if (!for_good) closing = world.slack.close_view(cast::agent, now);
    const auto forged = with_payload(
        world, *closing, [&mark](json::object& payload) { payload.at("view").as_object()["private_metadata"] = mark; });
    CHECK(world.deliver(forged).status == 200);
    world.run_for(5s);
    CHECK(is_sealed(world));
    CHECK(world.audit_rows("handover_closed") + world.audit_rows("handover_window_closed") == 0);
}
