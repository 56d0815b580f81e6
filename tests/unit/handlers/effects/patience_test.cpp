#include "handlers/effects/patience.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace std::chrono_literals;

namespace {

const TimePoint noon = *from_iso8601("2026-11-23T12:00:00.000Z");

}  // namespace

TEST_CASE("a call is made again after twice the time at each try, and not at the end", "[handover]")
{
    Patience patience{noon + 16s};
    TimePoint now = noon;
    for (const auto wait : {1s, 2s, 4s, 8s})
    {
        const auto again = patience.again(now, Problem{Errc::unavailable});
        REQUIRE(again);
        CHECK(*again == wait);
        now += wait;
    }
    CHECK_FALSE(patience.again(now, Problem{Errc::unavailable}));
    Patience other{noon + 1s};
    CHECK_FALSE(other.again(noon, Problem{Errc::unavailable}));
}

TEST_CASE("a call is made again when the service says, if that is in time", "[handover]")
{
    Patience patience{noon + 30s};
    CHECK(patience.again(noon, Problem{Errc::rate_limited, "paced", 7s}) == 7s);
    CHECK_FALSE(patience.again(noon, Problem{Errc::rate_limited, "paced", 30s}));
    CHECK(patience.again(noon, Problem{Errc::rate_limited, "paced", 1s}) == 4s);
}

TEST_CASE("what is definite is not asked again", "[handover]")
{
    for (const Errc code : {Errc::not_found, Errc::forbidden, Errc::refused, Errc::too_large})
        CHECK_FALSE(Patience{noon + 30s}.again(noon, Problem{code}));
    for (const Errc code : {Errc::rate_limited, Errc::unreachable, Errc::answer_lost, Errc::unavailable})
        CHECK(Patience{noon + 30s}.again(noon, Problem{code}));
}
