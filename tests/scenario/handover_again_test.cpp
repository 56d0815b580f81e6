#include "bot/store/database.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/disguise.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::FaultPlan;
using standins::slack::Delivery;

// A window that was closed is opened again as long as its five minutes last, and there are never two.
namespace {

void open_window(World& world)
{
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return world.request().handover->state == HandoverState::shown; }, 10s));
    // The message is redrawn, and has its other button.
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "Show password again"); }, 10s));
    world.run_for(5s);
}

void press_again(World& world)
{
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
}

void run_to(World& world, TimePoint at)
{
    world.run_for(std::chrono::duration_cast<Milliseconds>(at - world.time.now()));
}

// The open window goes on standing on another device of the same person, where the next one does not cover it.
const std::string telephone = "the agent's telephone";
void look_at_telephone(World& world)
{
    auto& modals = world.slack.memory().modals;
    auto taken = std::move(modals[cast::agent]);
    modals[cast::agent].clear();
    modals[telephone] = std::move(taken);
    REQUIRE(shown_secrets(world, telephone).size() == 1);
}

std::string on_telephone(World& world) { return world.modal(telephone); }

std::string name_of_window(World& world)
{
    return std::string{world.slack.modals(cast::agent).back().content.at("external_id").as_string()};
}

}  // namespace

TEST_CASE("a window that was closed by mistake is opened again, and nothing begins anew", "[scenario][handover]")
{
    const bool is_heard = GENERATE(true, false);
    INFO(is_heard);
    World world{580};
    open_window(world);
    const TimePoint until = world.request().handover->until;
    const std::string first = name_of_window(world);
    CHECK(has(world.modal(cast::agent), "you can close this window and open it again from my message"));
    CHECK(has(world.dm(cast::agent), "you can open it again"));
    if (is_heard)
        CHECK(world.close_modal(cast::agent).status == 200);
    else
        static_cast<void>(world.slack.close_view(cast::agent, to_unix_ms(world.time.now())));
    world.run_for(1min);
    CHECK(is_sealed(world));
    CHECK(world.audit_rows("handover_window_closed") == (is_heard ? 1 : 0));

    press_again(world);
    CHECK(shown_secrets(world, cast::agent) == std::vector<std::string>{World::customer_password});
    CHECK(name_of_window(world) == first + "-2");
    CHECK(world.request().handover->until == until);
    CHECK(world.request().handover->times_shown == 2);
    CHECK(world.audit_rows("password_shown") == 2);
    CHECK(world.audit_rows("handover_opened") == 2);
    CHECK(detail_of(world, "handover_opened", "opening") == "2");

    run_to(world, until + 2s);
    CHECK_FALSE(is_sealed(world));
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(has(world.modal(cast::agent), "is gone"));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(detail_of(world, "handover_closed", "why") == "time");
    CHECK(detail_of(world, "handover_closed", "times_shown") == "2");
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what was closed for good is not opened again, but asked for as a link", "[scenario][handover]")
{
    World world{581};
    open_window(world);
    world.close_modal(cast::agent);
    press_again(world);
    const auto press = press_of(world, cast::agent);
    CHECK(close_for_good(world, cast::agent).status == 200);
    CHECK_FALSE(is_sealed(world));
    world.deliver(pressed_again(world, press));
    world.run_for(10s);
    CHECK(world.modal(cast::agent).empty());
    CHECK(detail_of(world, "handover_refused", "why") == "not_ready");
    CHECK(has(note_of(world, cast::agent), "and is gone"));
    CHECK(text_of(rows_of(world, "handover_closed").back(), "actor") == cast::agent);
    CHECK(has(world.dm(cast::agent), "Ask for a link instead"));
    world.press_in_dm(cast::agent, "handover.link");
    REQUIRE(world.run_until([&] { return world.requests().size() == 2; }, 10s));
    CHECK(world.request().wants_link);
}

TEST_CASE("the window in which it was shown before is emptied first", "[scenario][handover]")
{
    World world{582};
    open_window(world);
    look_at_telephone(world);
    bool was_empty = true;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        // What fills the second window leaves when the first one is empty.
        const bool fills = request.target.find("views.update") != std::string::npos &&
            request.body.find("rich_text_preformatted") != std::string::npos;
        if (fills) was_empty = was_empty && shown_secrets(world, telephone).empty();
    };
    press_again(world);
    CHECK(was_empty);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
    CHECK(has(on_telephone(world), "in another window"));
    run_to(world, world.request().handover->until + 2s);
    CHECK(has(on_telephone(world), "is gone"));
    CHECK(has(world.modal(cast::agent), "is gone"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("while the window before cannot be emptied nothing is shown in another", "[scenario][handover]")
{
    World world{583};
    open_window(world);
    look_at_telephone(world);
    world.slack.faults().add("views.update", {Fault::error_before}, FaultPlan::until_cleared);
    press_again(world);
    world.run_for(80s);
    CHECK(shown_secrets(world, telephone).size() == 1);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK_FALSE(world.request().handover->is_closed);
    CHECK(detail_of(world, "handover_not_opened", "why") == "former_window_open");
    CHECK(has(note_of(world, cast::agent), "is still there"));
    world.slack.faults().clear();
    press_again(world);
    CHECK(shown_secrets(world, telephone).empty());
    CHECK(shown_secrets(world, cast::agent).size() == 1);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("who lost the right since is shown nothing again, and what stands open is emptied", "[scenario][handover]")
{
    World world{584};
    open_window(world);
    look_at_telephone(world);
    std::erase(world.slack.group("S0SUPPORT").users, cast::agent);
    press_again(world);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(has(world.modal(cast::agent), "not allowed to ask for passwords any more"));
    CHECK(has(on_telephone(world), "is gone"));
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_closed);
    CHECK(detail_of(world, "handover_closed", "why") == "not_a_requester");
    CHECK(text_of(rows_of(world, "handover_closed").back(), "actor") == "countersign");
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("nobody else opens it again", "[scenario][handover]")
{
    World world{585};
    open_window(world);
    const auto press = press_of(world, cast::agent);
    const auto other = with_payload(
        world, press, [](boost::json::object& payload) { payload.at("user").as_object()["id"] = cast::other_lead; });
    CHECK(world.deliver(other).status == 200);
    world.run_for(5s);
    CHECK(world.modal(cast::other_lead).empty());
    CHECK(detail_of(world, "handover_refused", "why") == "not_the_requester");
    CHECK(fillings(world) == 1);
}

TEST_CASE("a freeze holds back another opening, and takes nothing away", "[scenario][handover]")
{
    const bool is_before = GENERATE(true, false);
    INFO(is_before);
    World world{586};
    open_window(world);
    world.close_modal(cast::agent);
    bool done = false;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (is_before || done || !has(request.target, "usergroups.")) return;
        done = true;
        freeze(world, true);
    };
    if (is_before) freeze(world, true);
    press_again(world);
    CHECK(fillings(world) == 1);
    CHECK(has(is_before ? note_of(world, cast::agent) : world.modal(cast::agent), "a stolen session"));
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK_FALSE(world.request().handover->is_closed);
    world.network.tap = [](const auto&, const auto&) {};
    freeze(world, false);
    press_again(world);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
}

TEST_CASE("when Slack cannot say who may see it again, it stays shown and can be pressed for", "[scenario][handover]")
{
    World world{587};
    open_window(world);
    world.close_modal(cast::agent);
    world.slack.faults().add("users.info", {Fault::error_before}, FaultPlan::until_cleared);
    press_again(world);
    CHECK(has(world.modal(cast::agent), "Checking"));
    world.run_for(30s);
    CHECK(has(world.modal(cast::agent), "cannot check your rights"));
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(detail_of(world, "handover_not_opened", "why") == "rights_unknown");
    world.slack.faults().clear();
    world.run_for(1min);  // until Slack's limits have room again
    press_again(world);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
}

TEST_CASE(
    "nothing is shown again when its time is nearly over, and whatever is under way then ends with it",
    "[scenario][handover]")
{
    const auto before_end = GENERATE(Milliseconds{16'000}, Milliseconds{14'000}, Milliseconds{1'000});
    const int delay = GENERATE(0, 2'500);
    INFO(before_end.count() << " " << delay);
    World world{588};
    open_window(world);
    world.close_modal(cast::agent);
    const TimePoint until = world.request().handover->until;
    run_to(world, until - before_end);
    if (delay > 0) world.slack.faults().add("*", {Fault::delay, delay}, FaultPlan::until_cleared);
    world.press_in_dm(cast::agent, "handover.show");
    run_to(world, until - 100ms);
    const bool in_time = before_end == 16'000ms && delay == 0;
    CHECK(shown_secrets(world, cast::agent).size() == (in_time ? 1 : 0));
    run_to(world, until + 20s);
    CHECK(fillings(world) == (in_time ? 2 : 1));
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK_FALSE(has(world.modal(cast::agent), "Checking"));
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_closed);
    CHECK_FALSE(is_sealed(world));
    CHECK(detail_of(world, "handover_closed", "why") == "time");
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a press after the end is refused, although nobody has closed it", "[scenario][handover]")
{
    World world{589};
    open_window(world);
    world.close_modal(cast::agent);
    const TimePoint until = world.request().handover->until;
    hold(world, job_kind::handover_close, until + 10min);
    run_to(world, until);
    press_again(world);
    CHECK(detail_of(world, "handover_refused", "why") == "not_ready");
    CHECK(fillings(world) == 1);
    CHECK(openings_tried(world) == 1);
}

TEST_CASE(
    "closed for good on another device while it is opened again: nothing is shown, or it is emptied at once",
    "[scenario][handover]")
{
    const bool is_filling = GENERATE(true, false);
    INFO(is_filling);
    World world{590};
    open_window(world);
    const Delivery for_good = world.slack.submit_view(cast::agent, {}, to_unix_ms(world.time.now()));
    look_at_telephone(world);
    // The second answer of views.update is that of what fills the window.
    if (is_filling)
        world.slack.faults().add("views.update", {Fault::delay, 2'500}, 1, 1);
    else
        world.slack.faults().add("usergroups.*", {Fault::delay, 2'500});
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(1s);
    CHECK(shown_secrets(world, cast::agent).size() == (is_filling ? 1 : 0));
    REQUIRE(world.request().handover->state == HandoverState::reopening);
    CHECK(world.deliver(for_good).status == 200);
    world.run_for(10s);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(has(world.modal(cast::agent), "is gone"));
    CHECK(world.request().handover->is_closed);
    CHECK_FALSE(is_sealed(world));
    CHECK(text_of(rows_of(world, "handover_closed").back(), "actor") == cast::agent);
    CHECK(world.audit_rows("handover_closed") == 1);
}

TEST_CASE(
    "a process that dies while it opens it again leaves nothing in that window, and takes nothing away",
    "[scenario][handover]")
{
    const bool is_filled = GENERATE(true, false);
    INFO(is_filled);
    World world{591};
    open_window(world);
    world.close_modal(cast::agent);
    world.run_for(5s);
    const TimePoint until = world.request().handover->until;
    bool done = false;
    int calls = 0;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (request.target.find("views.update") != std::string::npos) ++calls;
    };
    world.network.cut = [&](int) {
        if (done || calls < 2) return Network::Cut::never;
        done = true;
        return is_filled ? Network::Cut::after_applied : Network::Cut::before_applied;
    };
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    REQUIRE(done);
    REQUIRE_FALSE(world.alive());
    world.revive();
    CHECK(shown_secrets(world, cast::agent).size() == (is_filled ? 1 : 0));
    REQUIRE(world.request().handover->state == HandoverState::reopening);
    world.run_for(opening_settled_after + 5s);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_certain);
    CHECK(world.request().handover->until == until);
    CHECK(detail_of(world, "handover_not_opened", "why") == "process_died");
    press_again(world);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
    CHECK(name_of_window(world).ends_with("-3"));
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what is spelled goes to the window that shows it, and to no other", "[scenario][handover]")
{
    World world{592};
    open_window(world);
    const auto stale = world.slack.click_in_view(
        cast::agent, standins::slack::Place::modal, "handover.spell", to_unix_ms(world.time.now()));
    look_at_telephone(world);
    press_again(world);
    CHECK(world.deliver(stale).status == 200);
    world.run_for(5s);
    CHECK(detail_of(world, "spelling_refused", "why") == "view_unknown");
    CHECK(world.press_in_modal(cast::agent, "handover.spell").status == 200);
    world.run_for(5s);
    CHECK(shown_secrets(world, cast::agent).size() == 2);
    CHECK(shown_secrets(world, telephone).empty());
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a spelling that is under way when it is opened again fills no second window", "[scenario][handover]")
{
    World world{593};
    open_window(world);
    const auto spell = world.slack.click_in_view(
        cast::agent, standins::slack::Place::modal, "handover.spell", to_unix_ms(world.time.now()));
    look_at_telephone(world);
    world.slack.faults().add("usergroups.*", {Fault::delay, 2'500});
    world.press_in_dm(cast::agent, "handover.show");
    world.deliver(spell);
    world.run_for(2s);
    CHECK(shown_secrets(world, cast::agent).empty());
    world.run_for(10s);
    CHECK(shown_secrets(world, cast::agent).size() >= 1);
    CHECK(shown_secrets(world, telephone).empty());
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}
