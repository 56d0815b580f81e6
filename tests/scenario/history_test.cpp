#include "tests/scenario/history_life.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace countersign;
using namespace countersign::test;

namespace {

constexpr std::uint64_t usual_histories = 60;
static_assert(usual_histories >= EndTally::all_from);

std::uint64_t number_from(const char* variable, std::uint64_t usual)
{
    const char* given = std::getenv(variable);
    return given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
}

}  // namespace

TEST_CASE("no history of faults and crashes breaks a promise, and each kind of end is met", "[scenario][history]")
{
    // COUNTERSIGN_SEED=N replays one history; COUNTERSIGN_HISTORIES=N plays as many. The usual number, and any greater
    // one, has to meet every end that is known: a bot that refuses everything breaks no promise, and must not pass.
    // Twenty have to meet the common ones; fewer, such as a replay, are asked for none.
    const bool is_replay = std::getenv("COUNTERSIGN_SEED") != nullptr;
    const std::uint64_t first = number_from("COUNTERSIGN_SEED", 1000);
    const std::uint64_t count = is_replay ? 1 : number_from("COUNTERSIGN_HISTORIES", usual_histories);
    REQUIRE(count > 0);
    EndTally tally;
    for (std::uint64_t seed = first; seed < first + count; ++seed)
    {
        INFO("replay with COUNTERSIGN_SEED=" << seed);
        Life life{seed};
        CHECK(life.live() == "");
        tally.add(life.ends());
    }
    INFO(tally.table());
    CHECK(tally.missing() == "");
}
