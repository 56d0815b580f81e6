#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// What becomes of the window that somebody has before them.
enum class Closing
{
    for_good,
    delivered,  // closed otherwise, and the bot hears of it
    lost,       // closed, and nobody hears of it
    never,      // left open
};

void close_window(World& world, Closing closing)
{
    if (world.modal(cast::agent).empty() || closing == Closing::never) return;
    if (closing == Closing::for_good && !shown_secrets(world, cast::agent).empty())
        close_for_good(world, cast::agent);
    else if (closing == Closing::delivered)
        world.close_modal(cast::agent);
    else
        static_cast<void>(world.slack.close_view(cast::agent, to_unix_ms(world.time.now())));
}

// A reset that was done, and the first press of its button: made, and delivered again and again.
struct Waiting
{
    explicit Waiting(World& world) : press{press_of(world, cast::agent)} {}

    standins::slack::Delivery press;
};

// Somebody who goes on pressing: until it is shown, while the window is open, after it was closed, and after its time,
// also when the message has no button any more.
void take_over(World& world, const Waiting& waiting, Closing closing)
{
    for (int tries = 0; tries < 7; ++tries)
    {
        world.revive();
        world.deliver(pressed_again(world, waiting.press));
        world.run_for(55s);
        world.revive();
        if (tries == 3) close_window(world, closing);
    }
    for (int lives = 0; lives < 20; ++lives)
    {
        world.settle(2h);
        if (world.alive()) break;
        world.revive();
    }
    world.deliver(pressed_again(world, waiting.press));
    world.run_for(10s);
    world.revive();
}

void check_end(World& world)
{
    const Request request = world.request();
    REQUIRE(request.handover);
    CHECK(request.handover->is_closed);
    CHECK(request.handover->state == HandoverState::shown);
    // What is said to have been shown for certain was, and each window has its press.
    if (request.handover->is_certain) CHECK(fillings(world) >= 1);
    CHECK(world.audit_rows("password_shown") >= fillings(world));
    CHECK(world.audit_rows("password_shown") >= 1);
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK_FALSE(is_sealed(world));
    CHECK(world.dms(cast::agent) == 1);
    CHECK(broken_promise(world) == "");
}

struct Span
{
    int calls = 0;
    int commits = 0;
};

// What a hand-over takes from the press on, until its window is over.
Span span(Closing closing)
{
    World world{460};
    REQUIRE(reset_and_wait(world));
    const Waiting waiting{world};
    world.run_for(1min);
    const int calls = world.network.calls(), commits = world.commits();
    take_over(world, waiting, closing);
    CHECK(fillings(world) >= 4);
    CHECK(world.request().handover->is_certain);
    CHECK(world.request().handover->times_shown == static_cast<int>(fillings(world)));
    check_end(world);
    return {world.network.calls() - calls, world.commits() - commits};
}

constexpr int commits_max = 20;  // what comes then is more of the same
constexpr int calls_max = 16;

}  // namespace

TEST_CASE(
    "kill -9 before any commit of a hand-over shows the password in one window within its time, and loses nothing",
    "[scenario][crash]")
{
    const Closing closing = GENERATE(Closing::for_good, Closing::delivered, Closing::lost, Closing::never);
    const Span whole = span(closing);
    REQUIRE(whole.commits > 6);
    for (int number = 1; number <= std::min(whole.commits, commits_max); ++number)
    {
        World world{460};
        REQUIRE(reset_and_wait(world));
        const Waiting waiting{world};
        world.run_for(1min);
        INFO("commit " << number << ", closing " << static_cast<int>(closing));
        world.die_before_commit(number);
        take_over(world, waiting, closing);
        check_end(world);
    }
}

TEST_CASE(
    "kill -9 at any call of a hand-over shows the password in one window within its time, and loses nothing",
    "[scenario][crash]")
{
    const Closing closing = GENERATE(Closing::for_good, Closing::lost);
    const auto cut = GENERATE(Network::Cut::before_applied, Network::Cut::after_applied);
    const Span whole = span(closing);
    REQUIRE(whole.calls > 3);
    for (int number = 1; number <= std::min(whole.calls, calls_max); ++number)
    {
        World world{460};
        REQUIRE(reset_and_wait(world));
        const Waiting waiting{world};
        world.run_for(1min);
        INFO("call " << number << (cut == Network::Cut::before_applied ? " before" : " after"));
        const int fatal = world.network.calls() + number;
        bool done = false;
        world.network.cut = [&](int current) {
            if (done || current != fatal) return Network::Cut::never;
            done = true;
            return cut;
        };
        take_over(world, waiting, closing);
        check_end(world);
    }
}

TEST_CASE("whoever presses on is shown it again until its time is over, and then nothing more", "[scenario]")
{
    const Closing closing = GENERATE(Closing::delivered, Closing::lost, Closing::never);
    INFO(static_cast<int>(closing));
    World world{461};
    REQUIRE(reset_and_wait(world));
    const auto first = press_of(world, cast::agent);
    world.deliver(first);
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
    world.run_for(5s);
    world.deliver(pressed_again(world, first));
    world.run_for(5s);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
    close_window(world, closing);
    world.deliver(pressed_again(world, first));
    world.run_for(5s);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
    CHECK(fillings(world) == 3);
    world.run_for(5min);
    world.deliver(pressed_again(world, first));
    world.run_for(10s);
    CHECK(detail_of(world, "handover_refused", "why") == "not_ready");
    CHECK(fillings(world) == 3);
    CHECK(world.audit_rows("password_shown") == 3);
    CHECK(world.audit_rows("handover_refused") == 1);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK_FALSE(is_sealed(world));
    CHECK(broken_promise(world) == "");
}
