#include "tests/scenario/clock_steps.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/tables.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

// Somebody sets the machine's clock at every point of a request's life.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

namespace {

const std::string forgotten_email = "grace@navy.example";

// Of the customer's company each change waits for a minute, and nobody waits long for a decision.
void short_days(Config& config)
{
    Tier tier;
    tier.name = "slow";
    tier.domains = {"acme.example"};
    tier.cooling = 1min;
    config.requests.tiers = {tier};
    config.requests.approval.expires_after = 8min;
}

// What happened, and when.
struct Happened
{
    std::vector<std::string> what;
    std::vector<TimePoint> when;
};

// A day with two requests: one that ends with a window that shows a password, and one that nobody decides. People act
// while the clock is right; in between it is wrong.
class Day
{
public:
    // `wrong_for`: at most, each time.
    Day(Milliseconds by, Milliseconds wrong_for) : world{2100, short_days}, by_{by}, wrong_for_{wrong_for}
    {
        standins::auth0::UserSpec user;
        user.email = forgotten_email;
        user.given_name = "Grace";
        user.family_name = "Hopper";
        world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
    }

    void live()
    {
        const TimePoint begin = world.time.now();
        REQUIRE(world.ask_and_wait(forgotten_email));
        accepted_ = world.slack.command(
            cast::agent, cast::desk, "/reset-password", World::customer_email, to_unix_ms(world.time.now()));
        REQUIRE(world.deliver(*accepted_).status == 200);
        go_wrong_until(begin + 90s);  // looked up, and asked about
        REQUIRE(world.cards() == 2);
        world.auth0.faults().add("PATCH /api/v2/users/*", lost());
        REQUIRE(world.approve(cast::lead).status == 200);
        go_wrong_until(begin + 170s);  // cooling, carried out, checked, and ready
        REQUIRE(has(world.dm(cast::agent), "handover.show"));
        REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
        REQUIRE(wait_for_password(world, cast::agent));
        go_wrong_until(begin + 9min);  // shown, and over; the other one expires
        CHECK_FALSE(is_sealed(world));
        REQUIRE(world.settle());
    }

    Happened happened()
    {
        Happened all;
        for (const AuditRow& row : world.ledger().reads().audit_after(0, 10'000))
        {
            const auto read = boost::json::parse(row.text).as_object();
            all.what.push_back(text_of(read, "action") + " " + text_of(read, "request"));
            all.when.push_back(*from_iso8601(text_of(read, "at")));
        }
        return all;
    }

    World world;

private:
    static standins::PlannedFault lost()
    {
        standins::PlannedFault fault;
        fault.fault = Fault::reset_after;
        return fault;
    }

    void go_wrong_until(TimePoint end)
    {
        CHECK(knock_again(world, *accepted_) == 401);
        world.time.step_wall(by_);
        look_at_the_door();
        world.run_for(std::min(wrong_for_, end - world.time.now()));
        look_at_the_door();
        world.time.step_wall(-by_);
        CHECK(readyz(world) == "ready");
        CHECK(knock_again(world, *accepted_) == 401);
        world.run_for(end - world.time.now());
    }

    void look_at_the_door()
    {
        const bool is_off = std::chrono::abs(by_) > 5min;
        CHECK(knock_again(world, *accepted_) == 401);
        CHECK(readyz(world) == (is_off ? "clock_off" : "ready"));
        if (!is_off) return;
        const std::string before = decisive_tables(world);
        CHECK(knock_with_help(world) == 401);
        CHECK(knock_with_help(world, by_) == 401);  // signed by the same wrong clock
        CHECK(decisive_tables(world) == before);
    }

    Milliseconds by_, wrong_for_;
    std::optional<standins::slack::Delivery> accepted_;
};

const Happened& undisturbed()
{
    static const Happened usual = [] {
        Day day{0ms, 1h};
        day.live();
        return day.happened();
    }();
    return usual;
}

}  // namespace

TEST_CASE("whenever the machine's clock is set, and wherever, a day goes as it would have", "[scenario][clock]")
{
    const auto [by, wrong_for] = GENERATE(table<Milliseconds, Milliseconds>(
        {{-10 * year, 1h}, {-1h, 1h}, {-1h, 15s}, {-20s, 1h}, {20s, 1h}, {1h, 15s}, {1h, 1h}, {10 * year, 1h}}));
    INFO("by " << by / 1s << " s, for " << wrong_for / 1s << " s at most");
    const Happened& usual = undisturbed();
    REQUIRE(usual.what.size() > 8);

    Day day{by, wrong_for};
    day.live();
    const Happened happened = day.happened();
    CHECK(happened.what == usual.what);
    REQUIRE(happened.when.size() == usual.when.size());
    for (std::size_t i = 0; i < usual.when.size(); ++i)
    {
        INFO(usual.what[i]);
        CHECK(std::chrono::abs(happened.when[i] - usual.when[i]) < 2s);
    }
    CHECK(day.world.password_changes() == 1);
    CHECK(broken_promise(day.world) == "");
}

TEST_CASE("who is no approver any more cannot approve while the clock is set back", "[scenario][clock]")
{
    const auto by = GENERATE(as<Milliseconds>{}, -1h, -4min, 4min, 1h);
    INFO("by " << by / 1s << " s");
    World world{2101};
    REQUIRE(world.ask_and_wait());
    world.time.step_wall(by);
    world.run_for(5s);
    std::erase(world.slack.group("S0LEADS").users, cast::lead);
    world.run_for(2min);
    const bool is_off = std::chrono::abs(by) > 5min;
    CHECK(world.approve(cast::lead).status == (is_off ? 401 : 200));
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    world.time.step_wall(-by);
    CHECK(world.approve(cast::lead).status == 200);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(world.password_changes() == 0);

    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a job in flight is not begun again when the date is moved past the end of its lease", "[scenario][clock]")
{
    World world{2102};
    standins::PlannedFault slow;
    slow.fault = Fault::delay;
    slow.delay_ms = 15'000;
    world.auth0.faults().add("PATCH /api/v2/users/*", slow);
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.auth0.faults().pending() == 0; }, 1min));
    world.time.stand_still(3h);
    world.run_for(10s);
    CHECK(readyz(world) == "ready");  // the date was moved: nothing is off any more
    CHECK(knock_with_help(world) == 200);
    CHECK(world.request().state == State::executing);
    world.run_for(1min);
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 1);
    const auto& calls = world.auth0.calls();
    CHECK(std::count_if(calls.begin(), calls.end(), [](const auto& call) { return call.method == "PATCH"; }) == 1);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what expired while the machine stood still has expired once it runs", "[scenario][clock]")
{
    World world{2103};
    REQUIRE(world.ask_and_wait());
    world.time.stand_still(5h);
    world.run_for(1min);
    CHECK(world.request().state == State::expired);
    CHECK(readyz(world) == "ready");
    CHECK(broken_promise(world) == "");
}
