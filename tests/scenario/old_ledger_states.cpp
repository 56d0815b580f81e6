#include "tests/scenario/old_ledger_states.hpp"

#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/old_ledger.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace countersign::test {

using namespace std::chrono_literals;
using standins::Fault;
using standins::FaultPlan;
using standins::PlannedFault;

namespace {

constexpr const char* change_call = "PATCH /api/v2/users/*";

void must(bool holds, const char* what)
{
    if (!holds) throw std::runtime_error{std::string{"the moment does not come: "} + what};
}

void wait_for(World& world, State state, Milliseconds limit = 10min)
{
    const auto is_there = [&] { return !world.requests().empty() && world.request().state == state; };
    must(world.run_until(is_there, limit), "state");
}

void ask(World& world)
{
    must(world.ask_and_wait(), "card");
    world.run_for(10s);
}

void approve(World& world)
{
    ask(world);
    world.approve(cast::lead);
}

void fail(World& world, const char* call, Fault fault, int times)
{
    world.auth0.faults().add(call, PlannedFault{fault, 0, 1}, times);
}

// Until the password waits to be shown, and the message says so.
void set(World& world)
{
    approve(world);
    must(world.run_until([&] { return has(world.dm(cast::agent), "handover.show"); }, 10min), "message");
    world.run_for(1min);
}

void show(World& world)
{
    set(world);
    world.press_in_dm(cast::agent, "handover.show");
    must(world.run_until([&] { return has(world.modal(cast::agent), "rich_text_preformatted"); }, 10s), "window");
    world.run_for(10s);
}

// Dies in the call that makes or changes a password.
void die_in_change(World& world, const std::string& method, Network::Cut cut)
{
    const auto is_it = std::make_shared<bool>(false);
    world.network.tap = [is_it, method](const std::string&, const standins::Request& request) {
        const bool writes_user = request.target.find("/api/v2/users") != std::string::npos;
        *is_it = writes_user && request.method == method && request.body.find("\"password\"") != std::string::npos;
    };
    world.network.cut = [is_it, cut](int) { return *is_it ? cut : Network::Cut::never; };
}

void end_in_change(World& world, const std::string& method, Network::Cut cut)
{
    die_in_change(world, method, cut);
    must(world.run_until([&] { return !world.alive(); }, 10min), "death");
}

void press_in_line(World& world, const std::string& action)
{
    std::string ts;
    for (const auto& message : world.slack.visible_to(cast::agent, cast::desk))
        if (has(boost::json::serialize(message.blocks), action)) ts = message.ts;
    world.deliver(world.slack.click(cast::agent, cast::desk, ts, action, to_unix_ms(world.time.now())));
}

void freeze(World& world) { world.freeze(cast::lead, "a caller imitates customers"); }

void release_once(World& world)
{
    must(world.run_until([&] { return has(world.approvals(), "\"freeze.release\""); }, 5min), "announcement");
    world.press_in_channel(cast::lead, "freeze.release");
}

void block(World& world) { world.auth0.set_blocked(world.customer, true, to_unix_ms(world.time.now())); }

void change(World& world)
{
    approve(world);
    wait_for(world, State::changed);
}

// --- the moments

void add_beginnings(std::vector<Moment>& all)
{
    all.push_back({"looking_up", "usual", [](World& world) { world.ask(cast::agent, World::customer_email); }});
    all.push_back({"looking_up_in_form", "usual", [](World& world) {
                       must(open_form(world, cast::agent), "form");
                       world.submit(cast::agent, {{"email", World::customer_email}, {"reason", "locked out"}});
                   }});
    all.push_back({"choosing", "usual", [](World& world) {
                       add_partner_account(world);
                       world.ask(cast::agent, World::customer_email);
                       wait_for(world, State::choosing);
                       world.run_for(10s);
                   }});
    all.push_back({"pending", "usual", ask});
    all.push_back({"pending_reminded", "reminding", [](World& world) {
                       ask(world);
                       world.run_for(31min);
                   }});
    all.push_back({"pending_asked_to_remind", "usual", [](World& world) {
                       ask(world);
                       world.deliver(world.slack.open_home(cast::agent, to_unix_ms(world.time.now())));
                       world.run_for(10s);
                       world.deliver(world.slack.click_in_view(
                           cast::agent, standins::slack::Place::home, "request.remind", to_unix_ms(world.time.now())));
                   }});
    all.push_back({"pending_home_opened", "usual", [](World& world) {
                       ask(world);
                       world.deliver(world.slack.open_home(cast::agent, to_unix_ms(world.time.now())));
                   }});
    all.push_back({"pending_pressed_by_nobody", "usual", [](World& world) {
                       ask(world);
                       world.press(cast::nobody, "request.approve");
                   }});
    all.push_back({"pending_endorsed", "two approvals", [](World& world) {
                       approve(world);
                       world.run_for(10s);
                   }});
    all.push_back({"approved", "usual", approve});
    all.push_back({"approved_cooling", "cooling", [](World& world) {
                       approve(world);
                       world.run_for(10min);
                   }});
}

void add_changes(std::vector<Moment>& all)
{
    const auto dying = [](const char* method, Network::Cut cut) {
        return [method, cut](World& world) {
            approve(world);
            end_in_change(world, method, cut);
        };
    };
    all.push_back({"executing_not_sent", "usual", dying("PATCH", Network::Cut::before_applied)});
    all.push_back({"executing_sent", "usual", dying("PATCH", Network::Cut::after_applied)});
    all.push_back({"executing_passphrase", "passphrases", dying("PATCH", Network::Cut::after_applied)});
    all.push_back({"executing_creation", "usual", [](World& world) {
                       command(world, cast::implementer, "/create-password", "grace@acme.example Grace Hopper");
                       must(world.run_until([&] { return world.cards() == 1; }, 5min), "card");
                       world.run_for(10s);
                       world.approve(cast::lead);
                       end_in_change(world, "POST", Network::Cut::after_applied);
                   }});
    all.push_back({"executing_while_blocked", "usual", [](World& world) {
                       block(world);
                       approve(world);
                       end_in_change(world, "PATCH", Network::Cut::after_applied);
                   }});
    const auto lost = [](Fault fault) {
        return [fault](World& world) {
            ask(world);
            fail(world, change_call, fault, 1);
            world.approve(cast::lead);
            wait_for(world, State::checking);
        };
    };
    all.push_back({"checking_sent", "usual", lost(Fault::reset_after)});
    all.push_back({"checking_not_sent", "usual", lost(Fault::reset_before)});
    all.push_back({"changed_now", "telling owners", change});
    all.push_back({"changed_to_be_blocked_again", "usual", [](World& world) {
                       block(world);
                       change(world);
                   }});
    all.push_back({"changed_link", "links", change});
}

void add_handovers(std::vector<Moment>& all)
{
    all.push_back({"waiting_to_be_shown", "usual", set});
    all.push_back({"opening", "usual", [](World& world) {
                       set(world);
                       world.press_in_dm(cast::agent, "handover.show");
                   }});
    all.push_back({"shown", "usual", show});
    all.push_back({"shown_to_be_spelled", "usual", [](World& world) {
                       show(world);
                       world.press_in_modal(cast::agent, "handover.spell");
                   }});
    all.push_back({"closed", "usual", [](World& world) {
                       show(world);
                       world.submit(cast::agent, {});
                       world.run_for(10s);
                   }});
    all.push_back({"expired_unseen", "usual", [](World& world) {
                       set(world);
                       world.run_for(15min);
                   }});
    all.push_back({"trouble_to_be_told", "usual", [](World& world) {
                       show(world);
                       world.slack.faults().add("views.update", PlannedFault{Fault::error_before, 0, 1}, 10);
                       world.press_in_modal(cast::agent, "handover.spell");
                       must(world.run_until([&] { return world.audit_rows("job_buried") > 0; }, 5min), "burial");
                   }});
}

void add_endings(std::vector<Moment>& all)
{
    all.push_back({"denied_now", "usual", [](World& world) {
                       ask(world);
                       world.deny(cast::lead);
                   }});
    all.push_back({"denied", "usual", [](World& world) {
                       ask(world);
                       world.deny(cast::lead);
                       world.settle();
                   }});
    all.push_back({"cancelled_now", "usual", [](World& world) {
                       ask(world);
                       press_in_line(world, "request.cancel");
                   }});
    all.push_back({"cancelled", "usual", [](World& world) {
                       ask(world);
                       press_in_line(world, "request.cancel");
                       world.settle();
                   }});
    all.push_back({"expired", "usual", [](World& world) {
                       ask(world);
                       must(world.settle(5h), "expiry");
                   }});
    all.push_back({"refused", "usual", [](World& world) {
                       world.ask(cast::agent, "nobody@acme.example");
                       wait_for(world, State::refused);
                       world.settle();
                   }});
    all.push_back({"failed", "usual", [](World& world) {
                       ask(world);
                       fail(world, "*", Fault::error_before, FaultPlan::until_cleared);
                       world.approve(cast::lead);
                       must(world.settle(8h), "failure");
                   }});
    all.push_back({"unknown", "usual", [](World& world) {
                       ask(world);
                       fail(world, change_call, Fault::reset_before, 1);
                       world.approve(cast::lead);
                       wait_for(world, State::checking);
                       world.auth0.set_password(world.customer, "by-the-owner-herself-3", to_unix_ms(world.time.now()));
                       must(world.settle(3h), "giving up");
                   }});
}

void wait_for_job(World& world, const std::string& kind)
{
    const auto is_there = [&] {
        const auto jobs = unfinished_jobs(world.database());
        return std::find(jobs.begin(), jobs.end(), kind) != jobs.end();
    };
    must(world.run_until(is_there, 5min), "job");
}

// What takes a while to come after the stroke.
void add_consequences(std::vector<Moment>& all)
{
    all.push_back({"cards_to_be_redrawn", "usual", [](World& world) {
                       ask(world);
                       world.die_before_commit(2);  // the freeze is written down, and nothing else
                       freeze(world);
                       must(world.run_until([&] { return !world.alive(); }, 1min), "death");
                   }});
    all.push_back({"care_to_be_reported", "usual", [](World& world) {
                       change(world);
                       wait_for_job(world, "thread");
                   }});
}

void add_freezes(std::vector<Moment>& all)
{
    all.push_back({"frozen_now", "usual", [](World& world) {
                       ask(world);
                       freeze(world);
                   }});
    all.push_back({"frozen", "usual", [](World& world) {
                       ask(world);
                       freeze(world);
                       world.run_for(1min);
                   }});
    all.push_back({"frozen_when_approved", "usual", [](World& world) {
                       ask(world);
                       fail(world, "*", Fault::error_before, 3);
                       world.approve(cast::lead);
                       freeze(world);
                       world.run_for(1min);
                   }});
    all.push_back({"frozen_when_to_be_shown", "usual", [](World& world) {
                       set(world);
                       freeze(world);
                       world.run_for(1min);
                   }});
    all.push_back({"half_released", "usual", [](World& world) {
                       ask(world);
                       freeze(world);
                       release_once(world);
                       world.run_for(10s);
                   }});
    all.push_back({"being_released", "usual", [](World& world) {
                       ask(world);
                       freeze(world);
                       release_once(world);
                       world.run_for(10s);
                       world.press_in_channel(cast::other_lead, "freeze.release");
                   }});
}

}  // namespace

const std::vector<Moment>& moments()
{
    static const std::vector<Moment> all = [] {
        std::vector<Moment> found;
        add_beginnings(found);
        add_changes(found);
        add_handovers(found);
        add_endings(found);
        add_freezes(found);
        add_consequences(found);
        return found;
    }();
    return all;
}

}  // namespace countersign::test
