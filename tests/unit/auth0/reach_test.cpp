#include "auth0/reach.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace std::chrono_literals;
using auth0::Reach;

namespace {

const SteadyTime start{1h};

}  // namespace

TEST_CASE("Auth0 is away once calls have failed for half a minute, and none in between did not", "[auth0]")
{
    Reach reach;
    CHECK_FALSE(reach.is_away(start));
    reach.failed(start, start);
    CHECK_FALSE(reach.is_away(start + 1min));  // one failure is no outage, however long ago
    reach.failed(start + 30s - 1ms, start + 30s - 1ms);
    CHECK_FALSE(reach.is_away(start + 30s));
    reach.failed(start + 30s, start + 30s);
    CHECK(reach.is_away(start + 30s));
    reach.answered();
    CHECK_FALSE(reach.is_away(start + 30s));
    reach.failed(start + 31s, start + 31s);
    CHECK_FALSE(reach.is_away(start + 31s));
}

TEST_CASE("a call that hangs counts from its begin", "[auth0]")
{
    Reach reach;
    reach.failed(start, start + 15s);
    reach.failed(start + 20s, start + 35s);
    CHECK(reach.is_away(start + 35s));
}

TEST_CASE("when nothing was asked for a while nobody knows that Auth0 is away", "[auth0]")
{
    Reach reach;
    reach.failed(start, start);
    reach.failed(start + 1min, start + 1min);
    CHECK(reach.is_away(start + 1min + Reach::believed_for));
    CHECK_FALSE(reach.is_away(start + 1min + Reach::believed_for + 1ms));
}
