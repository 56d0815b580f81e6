#pragma once

#include "tests/scenario/history_ends.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/seeded_random.hpp"

#include <functional>
#include <set>
#include <string>

namespace countersign::test {

// What people do about a request.
enum class Plot
{
    both_approve,  // the second one comes late
    one_approves,
    denies,
    freezes_first,  // before the approval, which meets it
    answer_lost,    // of the change
    nobody_decides,
    cancels,
    change_lost,     // on the way: it is sent again
    auth0_is_gone,   // from the approval on
    lost_and_gone,   // after the answer to the change was lost, so that nothing can be proved
    unknown_person,  // is asked for
    by_chance,
};

// What the requester does with a password that waits.
enum class Habit
{
    closes,       // for good, and presses again in vain
    leaves,       // never asks for it
    keeps_open,   // until the window empties itself
    spells,       // has it spelled, then closes the window
    twice,        // presses again while the window is open
    loses_close,  // closes the window, Slack does not deliver it, and presses again
    refused,      // by Slack, the first time
    lost,         // the answers to what fills the window
    frozen,       // meets a freeze, and presses again when it is over
};

// A day of one customer's resets with whatever can go wrong drawn from the seed.
class Life
{
public:
    explicit Life(std::uint64_t seed);

    // The promise that was broken, or empty.
    std::string live();
    // What it came to.
    const Ends& ends() const { return ends_; }

private:
    void break_lines();
    void play(Plot plot, Habit habit);
    void ask(Plot plot);
    void fill_in_form(const std::string& email);
    void decide(Plot plot);
    void meet_freeze();
    void release();
    void press_late();
    void cancel();
    void take_over(Habit habit);
    bool press_show(Habit habit);
    void press_again(const standins::slack::Delivery& again);
    void close_for_good(const standins::slack::Delivery& again);
    void lose_close(const standins::slack::Delivery& again);
    void settle_all();

    // Acts as somebody does, if Slack's client lets them.
    void act(const std::function<void()>& deed);
    void rise();
    void rest(Milliseconds longest);
    void close_everything();
    bool has_window() const;
    standins::TimeMs now() const;

    World world_;
    SeededRandom dice_;
    std::uint64_t number_;
    Ends ends_;
    std::set<std::string> open_at_death_;
};

}  // namespace countersign::test
