#include "bot/runtime/anchored_clock.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

const TimePoint noon = *from_iso8601("2026-11-23T12:00:00Z");

// A machine whose clocks a test sets.
struct Machine final : MachineTime
{
    TimePoint wall() const override { return date; }
    SteadyTime steady() const override { return since_start; }

    TimePoint date = noon;
    SteadyTime since_start{7h};
};

std::string text_of(const ClockNews& news)
{
    const std::string seconds = std::to_string(news.by / 1s);
    switch (news.what)
    {
    case ClockNews::What::stepped: return "stepped " + seconds;
    case ClockNews::What::behind_ledger: return "behind ledger " + seconds;
    case ClockNews::What::confirmed: return "confirmed " + seconds;
    case ClockNews::What::not_comparable: return "not comparable";
    case ClockNews::What::off: return "off " + seconds + " than " + std::string{news.than};
    case ClockNews::What::right_again: return "right after " + seconds;
    case ClockNews::What::anchored_anew: return "anchored anew " + seconds;
    }
    return "corrupt";
}

using Lines = std::vector<std::string>;

struct Fixture
{
    explicit Fixture(std::optional<TimePoint> newest_stored = {})
        : clock{machine, newest_stored, [this](const ClockNews& news) { said.push_back(text_of(news)); }}
    {}

    // Time goes on, for the machine and for the world.
    void pass(Milliseconds time)
    {
        machine.date += time;
        machine.since_start += time;
        truth += time;
    }
    void step(Milliseconds by)
    {
        machine.date += by;
        clock.look();
    }
    // The machine stands still, its steady clock with it, and is given the right date afterwards.
    void stand_still(Milliseconds time)
    {
        truth += time;
        machine.date += time;
    }
    // A service that is right, or wrong by so much.
    void hear(Milliseconds wrong = 0s) { clock.learn(std::chrono::floor<std::chrono::seconds>(truth + wrong)); }
    Lines news() { return std::exchange(said, {}); }

    Lines said;
    Machine machine;
    TimePoint truth = noon;
    AnchoredClock clock;
};

struct Confirmed : Fixture
{
    Confirmed()
    {
        hear();
        said.clear();
    }
};

}  // namespace

TEST_CASE("the date goes on with the steady time, however the machine's date is set", "[clock]")
{
    Confirmed fixture;
    for (const Milliseconds by : {Milliseconds{-87'600h}, Milliseconds{-1h}, Milliseconds{3s}, Milliseconds{87'600h}})
    {
        fixture.step(by);
        fixture.pass(10s);
        fixture.clock.look();
        CHECK(fixture.clock.now() == fixture.truth);
        CHECK(fixture.clock.is_confirmed());
    }
    CHECK(fixture.clock.moves() == 0);
}

TEST_CASE("a step of a second or more is said once, a smaller one is not", "[clock]")
{
    Confirmed fixture;
    fixture.step(999ms);
    CHECK(fixture.news().empty());
    fixture.step(1ms);
    CHECK(fixture.news() == Lines{"stepped 1"});
    fixture.pass(10s);
    fixture.clock.look();
    CHECK(fixture.news().empty());
    fixture.step(-200s);
    CHECK(fixture.news() == Lines{"stepped -200"});
}

TEST_CASE("a machine more than five minutes off is off from its step until it is set right", "[clock]")
{
    const auto way = GENERATE(1, -1);
    Confirmed fixture;
    fixture.step(way * Milliseconds{5min});
    CHECK_FALSE(fixture.clock.is_off());
    fixture.said.clear();
    fixture.step(way * 1s);
    CHECK(fixture.clock.is_off());
    const std::string sign = way < 0 ? "-" : "";
    CHECK(fixture.news() == Lines{"stepped " + sign + "1", "off " + sign + "301 than anchor"});
    fixture.pass(15s);
    fixture.clock.look();
    CHECK(fixture.clock.is_confirmed());
    CHECK(fixture.news().empty());
    fixture.step(way * -301s);
    CHECK_FALSE(fixture.clock.is_off());
    CHECK(fixture.news() == Lines{way < 0 ? "stepped 301" : "stepped -301", "right after 15"});
}

TEST_CASE("the first date within five minutes confirms the anchor, and is not taken over", "[clock]")
{
    const auto wrong = GENERATE(as<std::chrono::seconds>{}, 0s, 299s, -299s);
    Fixture fixture;
    CHECK_FALSE(fixture.clock.is_confirmed());
    CHECK(fixture.clock.wants_date());
    fixture.hear(wrong);
    CHECK(fixture.clock.is_confirmed());
    CHECK(fixture.clock.wants_date() == (wrong != 0s));  // whoever is minutes off is heard once more
    CHECK(fixture.news() == Lines{"confirmed " + std::to_string(-wrong / 1s)});
    CHECK(fixture.clock.now() == noon);
}

TEST_CASE("a start with a wrong date is off until the machine's date agrees with two of a service's", "[clock]")
{
    const auto wrong = GENERATE(as<std::chrono::hours>{}, -87'600h, -1h, 1h, 87'600h);
    Fixture fixture;
    fixture.truth -= wrong;
    fixture.hear();
    CHECK_FALSE(fixture.clock.is_confirmed());
    CHECK(fixture.clock.is_off());
    CHECK(fixture.news() == Lines{"off " + std::to_string(wrong / 1s) + " than services"});
    fixture.pass(2s);
    fixture.hear();
    CHECK(fixture.clock.moves() == 0);

    fixture.step(-wrong);
    CHECK(fixture.clock.is_off());
    fixture.said.clear();
    fixture.hear();
    CHECK(fixture.clock.now() == fixture.truth);
    CHECK(fixture.clock.is_confirmed());
    CHECK_FALSE(fixture.clock.is_off());
    CHECK(fixture.clock.moves() == 1);
    CHECK(fixture.news() == Lines{"anchored anew " + std::to_string(-wrong / 1s), "right after 2"});
}

TEST_CASE("one date that says otherwise changes nothing once the anchor is confirmed, two do", "[clock]")
{
    Confirmed fixture;
    fixture.hear(1h);
    fixture.pass(999ms);
    fixture.hear(1h);
    CHECK(fixture.clock.is_confirmed());
    fixture.pass(1ms);
    SECTION("a second after the first, and agreeing with it")
    {
        fixture.hear(1h + 59s);
        CHECK_FALSE(fixture.clock.is_confirmed());
        CHECK(fixture.clock.is_off());
        CHECK(fixture.clock.wants_date());
        CHECK(fixture.news() == Lines{"off -3600 than services"});
        // Nobody but the services says so.
        CHECK(fixture.clock.moves() == 0);

        fixture.hear();
        CHECK(fixture.clock.is_off());
        fixture.pass(1s);
        fixture.hear();
        CHECK(fixture.clock.is_confirmed());
        CHECK_FALSE(fixture.clock.is_off());
    }
    SECTION("which do not agree with each other")
    {
        fixture.hear(1h + 2min);
        CHECK(fixture.clock.is_confirmed());
        CHECK_FALSE(fixture.clock.is_off());
    }
    SECTION("which are interrupted by one that agrees with the anchor")
    {
        fixture.hear();
        fixture.hear(1h);
        CHECK(fixture.clock.is_confirmed());
    }
}

TEST_CASE(
    "after the machine stood still the date is moved to the machine's as soon as services agree with it", "[clock]")
{
    Confirmed fixture;
    fixture.stand_still(3h);
    fixture.clock.look();
    CHECK(fixture.clock.is_off());
    CHECK(fixture.clock.wants_date());
    fixture.hear();
    CHECK(fixture.clock.moves() == 0);
    CHECK(fixture.clock.wants_date());  // a second one, soon
    fixture.pass(3s);
    fixture.hear();
    CHECK(fixture.clock.moves() == 1);
    CHECK(fixture.clock.now() == fixture.truth);
    CHECK_FALSE(fixture.clock.is_off());
    CHECK(fixture.news() == Lines{"stepped 10800", "off 10800 than anchor", "anchored anew 10800", "right after 3"});
}

TEST_CASE("a start that was minutes off is put right with the machine, and not before", "[clock]")
{
    Fixture fixture;
    fixture.truth -= 4min;
    fixture.hear();
    fixture.pass(10s);
    fixture.hear();
    CHECK(fixture.clock.is_confirmed());
    CHECK(fixture.clock.now() == fixture.truth + 4min);
    fixture.step(-4min);
    fixture.hear();
    CHECK(fixture.clock.now() == fixture.truth);
    CHECK(fixture.clock.moves() == 1);
}

TEST_CASE("answers without a date are said once and gone by, until one has a date", "[clock]")
{
    Fixture fixture;
    fixture.clock.learn(std::nullopt);
    fixture.clock.learn(std::nullopt);
    CHECK(fixture.clock.is_confirmed());
    CHECK_FALSE(fixture.clock.wants_date());
    CHECK(fixture.news() == Lines{"not comparable"});
    fixture.hear(1h);
    fixture.pass(1s);
    fixture.hear(1h);
    CHECK_FALSE(fixture.clock.is_confirmed());
    fixture.clock.learn(std::nullopt);
    CHECK_FALSE(fixture.clock.is_confirmed());
}

TEST_CASE("a date behind the ledger is off until a service confirms it", "[clock]")
{
    Fixture fixture{noon + 301s};
    CHECK(fixture.clock.is_off());
    CHECK(fixture.news() == Lines{"behind ledger -301", "off -301 than ledger"});
    fixture.clock.learn(std::nullopt);
    CHECK(fixture.clock.is_off());
    CHECK_FALSE(fixture.clock.is_confirmed());
    fixture.said.clear();
    SECTION("which shows that the ledger was written by a clock that was ahead")
    {
        fixture.hear();
        CHECK_FALSE(fixture.clock.is_off());
        CHECK(fixture.news() == Lines{"confirmed 0", "right after 0"});
    }
    SECTION("or until it is no more than five minutes behind, where none says its date")
    {
        fixture.pass(1s);
        fixture.clock.learn(std::nullopt);
        CHECK_FALSE(fixture.clock.is_off());
        CHECK(fixture.clock.is_confirmed());
    }
}

TEST_CASE("a date that is up to five minutes behind the ledger waits for a service like any other", "[clock]")
{
    Fixture fixture{noon + 300s};
    CHECK_FALSE(fixture.clock.is_off());
    CHECK_FALSE(fixture.clock.is_confirmed());
    CHECK(fixture.news().empty());
}

TEST_CASE("a step asks for a service's date, not for one that was on its way", "[clock]")
{
    Confirmed fixture;
    CHECK_FALSE(fixture.clock.wants_date());
    fixture.stand_still(2h);
    fixture.hear(-2h);
    CHECK(fixture.clock.wants_date());
    fixture.pass(1s);
    fixture.hear();
    CHECK(fixture.clock.wants_date());
    fixture.pass(1s);
    fixture.hear();
    CHECK_FALSE(fixture.clock.wants_date());
    CHECK(fixture.clock.now() == fixture.truth);
}

TEST_CASE(
    "certificates are judged by the machine's date until ours is confirmed, and while ours is contradicted", "[clock]")
{
    Fixture fixture;
    fixture.step(-87'600h);
    CHECK(fixture.clock.certificate_date() == fixture.machine.date);
    fixture.hear();
    CHECK(fixture.clock.certificate_date() == fixture.truth);
    fixture.hear(1h);
    fixture.pass(1s);
    fixture.hear(1h);
    CHECK(fixture.clock.certificate_date() == fixture.machine.date);
}
