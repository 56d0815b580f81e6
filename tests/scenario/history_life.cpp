#include "tests/scenario/history_life.hpp"

#include "tests/scenario/truth.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace countersign::test {

using namespace std::chrono_literals;
using standins::Fault;
using standins::FaultPlan;
using standins::PlannedFault;
using standins::slack::Delivery;

namespace {

constexpr const char* change_call = "PATCH /api/v2/users/*";
constexpr const char* read_call = "GET /api/v2/users/*";

// They take turns by the number of the request, so that a few histories have seen all. The lengths have no divisor in
// common: each habit meets each plot.
constexpr std::array plots = {Plot::both_approve,  Plot::one_approves,   Plot::denies,        Plot::freezes_first,
                              Plot::answer_lost,   Plot::one_approves,   Plot::by_chance,     Plot::cancels,
                              Plot::change_lost,   Plot::both_approve,   Plot::one_approves,  Plot::auth0_is_gone,
                              Plot::by_chance,     Plot::unknown_person, Plot::freezes_first, Plot::one_approves,
                              Plot::lost_and_gone, Plot::one_approves,   Plot::nobody_decides};
constexpr std::array habits = {Habit::closes,      Habit::leaves,  Habit::keeps_open, Habit::spells, Habit::twice,
                               Habit::loses_close, Habit::refused, Habit::lost,       Habit::frozen};
static_assert(plots.size() == 19 && habits.size() == 9);

Fault any_fault(SeededRandom& dice)
{
    constexpr std::array faults = {Fault::delay,        Fault::rate_limit,  Fault::error_before, Fault::error_after,
                                   Fault::reset_before, Fault::reset_after, Fault::garbage,      Fault::truncate};
    return faults[dice.below(faults.size())];
}

template <std::size_t size>
void plan_faults(SeededRandom& dice, FaultPlan& plan, const std::array<const char*, size>& calls)
{
    for (std::uint64_t i = dice.below(4); i > 0; --i)
    {
        const char* call = calls[dice.below(size)];
        const Fault fault = any_fault(dice);
        const int delay = static_cast<int>(dice.below(40'000));
        const int wait = static_cast<int>(1 + dice.below(20));
        const int times = static_cast<int>(1 + dice.below(3));
        plan.add(call, PlannedFault{fault, delay, wait}, times, static_cast<int>(dice.below(10)));
    }
}

// The newest private line of the agent that has this button.
std::string line_with(const World& world, const std::string& action)
{
    std::string ts;
    for (const auto& message : world.slack.visible_to(cast::agent, cast::desk))
        if (has(boost::json::serialize(message.blocks), action)) ts = message.ts;
    return ts;
}

}  // namespace

Life::Life(std::uint64_t seed) : world_{seed}, dice_{seed * 7919}, number_{seed * 2} { break_lines(); }

void Life::break_lines()
{
    constexpr std::array auth0_calls = {change_call, "GET *", "POST /oauth/token", "*"};
    constexpr std::array slack_calls = {"chat.postMessage", "chat.update", "conversations.*",
                                        "response_url",     "views.*",     "*"};
    plan_faults(dice_, world_.auth0.faults(), auth0_calls);
    plan_faults(dice_, world_.slack.faults(), slack_calls);
    const int death = dice_.below(2) == 0 ? static_cast<int>(10 + dice_.below(60)) : 0;
    world_.network.cut = [death](int number) {
        return number == death ? Network::Cut::after_applied : Network::Cut::never;
    };
    if (dice_.below(4) == 0) world_.die_before_commit(static_cast<int>(3 + dice_.below(60)));
}

std::string Life::live()
{
    for (int round = 0; round < 2; ++round, ++number_)
        play(plots[number_ % plots.size()], habits[number_ % habits.size()]);
    settle_all();
    ends_.merge(ends_of(world_));
    for (const Request& request : world_.requests())
        if (request.state == State::changed && open_at_death_.count(request.id.str()) > 0)
            ends_.emplace(end_seen::resumed);
    return broken_promise(world_);
}

void Life::play(Plot plot, Habit habit)
{
    ask(plot);
    rise();
    world_.run_until([&] { return !world_.alive() || world_.cards() > 0; }, 20min);
    rise();
    world_.run_for(Milliseconds{dice_.below(20'000)});
    rise();
    close_everything();
    if (world_.cards() > 0) decide(plot);
    rest(plot == Plot::nobody_decides || plot == Plot::auth0_is_gone ? 8h : 3h);
    if (plot == Plot::auth0_is_gone || plot == Plot::lost_and_gone) world_.auth0.faults().clear();
    take_over(habit);
    rest(1h);
    close_everything();
    release();
}

void Life::ask(Plot plot)
{
    const std::string email = plot == Plot::unknown_person ? "nobody@acme.example" : World::customer_email;
    if (dice_.below(3) == 0)
        fill_in_form(email);
    else
        world_.ask(cast::agent, email);
}

void Life::fill_in_form(const std::string& email)
{
    world_.ask(cast::agent, "");
    rise();
    world_.wait_for_modal(cast::agent);
    rise();
    if (!has(world_.modal(cast::agent), "\"request.form\"")) return;
    act([&] {
        if (world_.submit(cast::agent, {{"email", email}}).status == 200) ends_.emplace(end_seen::by_form);
    });
}

void Life::decide(Plot plot)
{
    const auto approve = [this](const std::string& user) { act([&] { world_.press(user, "request.approve"); }); };
    const auto lose = [this](const char* call, Fault fault, int times, int spared = 0) {
        world_.auth0.faults().add(call, PlannedFault{fault, 0, 1}, times, spared);
    };
    switch (plot)
    {
    case Plot::nobody_decides:
    case Plot::unknown_person: return;
    case Plot::denies: act([&] { world_.deny(cast::lead); }); return;
    case Plot::cancels: cancel(); return;
    case Plot::freezes_first: meet_freeze(); break;
    case Plot::answer_lost: lose(change_call, Fault::reset_after, 1); break;
    case Plot::change_lost: lose(change_call, Fault::reset_before, 1); break;
    case Plot::auth0_is_gone: lose("*", Fault::error_before, FaultPlan::until_cleared); break;
    case Plot::lost_and_gone:
        lose(change_call, Fault::reset_before, FaultPlan::until_cleared);
        lose(read_call, Fault::error_before, FaultPlan::until_cleared, 1);
        break;
    case Plot::by_chance:
        for (const std::string& user : {cast::lead, cast::other_lead})
            act([&] { world_.press(user, dice_.below(4) == 0 ? "request.deny" : "request.approve"); });
        return;
    case Plot::both_approve:
    case Plot::one_approves: break;
    }
    approve(cast::lead);
    if (plot == Plot::both_approve) press_late();
}

// Before the card says that it is decided.
void Life::press_late()
{
    act([&] { world_.press(cast::other_lead, "request.approve"); });
    world_.run_for(20s);
    rise();
    if (has(world_.private_line(cast::other_lead, cast::approvals), "approved by <@" + cast::lead + ">"))
        ends_.emplace(end_seen::told_by_whom);
}

void Life::cancel()
{
    const std::string ts = line_with(world_, "request.cancel");
    if (ts.empty()) return;
    act([&] { world_.deliver(world_.slack.click(cast::agent, cast::desk, ts, "request.cancel", now())); });
}

// Everything is frozen under the hands of those who ask and approve, and released.
void Life::meet_freeze()
{
    act([&] { world_.freeze(cast::other_lead, "a caller imitates customers"); });
    act([&] { world_.press(cast::lead, "request.approve"); });
    act([&] { world_.ask(cast::agent, "grace@acme.example"); });
    world_.run_for(Milliseconds{dice_.below(600'000)});
    release();
    world_.run_until([&] { return !world_.alive() || has(world_.card(), "request.approve"); }, 20min);
    rise();
}

void Life::release()
{
    rise();
    if (!world_.ledger().reads().freeze().freeze) return;
    const auto announced = [&] { return !world_.alive() || has(world_.approvals(), "\"freeze.release\""); };
    world_.run_until(announced, 1h);
    for (const std::string& user : {cast::lead, cast::other_lead})
    {
        act([&] { world_.press_in_channel(user, "freeze.release"); });
        world_.run_for(30s);
        rise();
    }
}

void Life::take_over(Habit habit)
{
    rise();
    if (habit == Habit::leaves || !has(world_.dm(cast::agent), "\"handover.show\"")) return;
    if (habit == Habit::frozen)
    {
        act([&] { world_.freeze(cast::lead, "a stolen telephone"); });
        press_show(habit);
        release();
    }
    const auto message = world_.posted_to(cast::agent).back();
    std::optional<Delivery> again;
    if (habit == Habit::twice || habit == Habit::loses_close || habit == Habit::closes)
        again = world_.slack.click(cast::agent, message.channel, message.ts, "handover.show", now() + 40'000);
    if (habit == Habit::lost) world_.slack.faults().add("views.update", PlannedFault{Fault::reset_after, 0, 1}, 6);
    if (habit == Habit::refused)
    {
        world_.slack.faults().add("views.open", PlannedFault{Fault::rate_limit, 0, 1});
        press_show(habit);
    }
    if (!press_show(habit) || habit == Habit::keeps_open) return;
    if (habit == Habit::closes && again) close_for_good(*again);
    if (habit == Habit::spells && has(world_.modal(cast::agent), "handover.spell"))
        act([&] { world_.press_in_modal(cast::agent, "handover.spell"); });
    if (habit == Habit::twice && again) press_again(*again);
    if (habit == Habit::loses_close && again) lose_close(*again);
    if (dice_.below(3) > 0) close_everything();
}

// True when the window is there.
bool Life::press_show(Habit habit)
{
    rise();
    if (!has(world_.dm(cast::agent), "\"handover.show\"")) return false;
    act([&] { world_.press_in_dm(cast::agent, "handover.show"); });
    world_.run_for(habit == Habit::frozen || habit == Habit::refused ? 10s : Milliseconds{5'000 + dice_.below(30'000)});
    if (habit == Habit::lost) world_.run_for(50s);  // until nobody tries any more
    rise();
    if (!has_window()) return false;
    ends_.emplace(end_seen::window);
    return true;
}

void Life::press_again(const Delivery& again)
{
    act([&] { world_.deliver(again); });
    world_.run_for(10s);
    rise();
}

// There is no window for whoever presses again.
void Life::close_for_good(const Delivery& again)
{
    act([&] { world_.submit(cast::agent, {}); });
    if (has_window()) return;
    press_again(again);
    if (!has_window()) ends_.emplace(end_seen::stays_shut);
}

// The window is gone from the screen, the bot does not know, and it is opened again.
void Life::lose_close(const Delivery& again)
{
    if (dice_.below(2) == 0 && has_window()) world_.crash();
    if (const auto closed = world_.slack.close_view(cast::agent, now()))
        world_.slack.unanswered(*closed, now());
    else
        return;
    ends_.emplace(end_seen::closing_lost);
    rise();
    press_again(again);
    if (has_window()) ends_.emplace(end_seen::opened_again);
}

void Life::settle_all()
{
    // Whatever is still open expires, whatever still waits is delivered.
    for (int lives = 0; lives < 5; ++lives)
    {
        world_.settle(30h);
        if (world_.alive()) break;
        rise();
    }
}

void Life::act(const std::function<void()>& deed)
{
    rise();
    try
    {
        deed();
    }
    catch (const standins::slack::CannotAct&)
    {
        // What they wanted to press is not there, or not any more.
    }
    rise();
}

void Life::rise()
{
    if (world_.alive()) return;
    ends_.emplace(end_seen::killed);
    world_.revive();
    for (const Request& request : world_.requests())
    {
        if (!request.is_open()) continue;
        ends_.emplace(end_seen::killed_while_open);
        open_at_death_.insert(request.id.str());
    }
}

void Life::rest(Milliseconds longest)
{
    rise();
    world_.settle(longest);
    rise();
}

void Life::close_everything()
{
    for (int windows = 0; windows < 5 && !world_.slack.modals(cast::agent).empty(); ++windows)
        act([&] { world_.close_modal(cast::agent); });
    for (int windows = 0; windows < 5 && !world_.slack.modals(cast::lead).empty(); ++windows)
        act([&] { world_.close_modal(cast::lead); });
}

bool Life::has_window() const
{
    const auto open = world_.slack.modals(cast::agent);
    return !open.empty() && has(boost::json::serialize(open.back().content), "rich_text_preformatted");
}

standins::TimeMs Life::now() const { return to_unix_ms(world_.time.now()); }

}  // namespace countersign::test
