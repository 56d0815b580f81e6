#include "auth0/pacing.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::auth0;
using countersign::test::answer;
using countersign::test::noon;
using namespace std::chrono_literals;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

std::string after_noon(int s) { return std::to_string(to_unix_s(noon) + s); }

}  // namespace

TEST_CASE("a 429 asks for the wait of Retry-After, else of the reset, within 1 and 60 s", "[auth0]")
{
    const auto wait = [](Headers headers) { return wait_asked(answer(429, "", std::move(headers)), noon); };
    CHECK(wait({{"retry-after", "7"}, {"x-ratelimit-reset", after_noon(30)}}) == 7s);
    CHECK(wait({{"retry-after", "soon"}, {"x-ratelimit-reset", after_noon(30)}}) == 30s);
    CHECK(wait({{"x-ratelimit-reset", after_noon(30)}}) == 30s);
    CHECK(wait({{"x-ratelimit-reset", after_noon(0)}}) == 1s);
    CHECK(wait({{"x-ratelimit-reset", after_noon(-5000)}}) == 1s);
    CHECK(wait({{"x-ratelimit-reset", after_noon(3600)}}) == 60s);
    CHECK(wait({{"x-ratelimit-reset", "9223372036854775807"}}) == 60s);
    CHECK(wait({{"x-ratelimit-reset", "-9223372036854775808"}}) == 1s);
    CHECK(wait({{"retry-after", "100000"}}) == 60s);
    CHECK_FALSE(wait({}));
    CHECK_FALSE(wait({{"x-ratelimit-reset", "99999999999999999999"}}));
    CHECK_FALSE(wait({{"x-ratelimit-reset", "abc"}}));
}

TEST_CASE("an empty bucket closes until its reset and no longer", "[auth0]")
{
    Pacing pacing;
    CHECK_FALSE(pacing.refusal(noon));
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "1"}, {"x-ratelimit-reset", after_noon(3)}}), noon);
    CHECK_FALSE(pacing.refusal(noon));
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", after_noon(3)}}), noon);

    const auto refusal = pacing.refusal(noon + 500ms);
    REQUIRE(refusal);
    CHECK(refusal->code == Errc::rate_limited);
    CHECK(refusal->retry_after == 3s);
    CHECK(pacing.refusal(noon + 2999ms)->retry_after == 1s);
    CHECK_FALSE(pacing.refusal(noon + 3s));
}

TEST_CASE("an empty bucket whose reset is over or unknown does not close", "[auth0]")
{
    Pacing pacing;
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", after_noon(-1)}}), noon);
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "0"}}), noon);
    pacing.note(answer(429, ""), noon);
    CHECK_FALSE(pacing.refusal(noon));
}

TEST_CASE("a clock that is set back does not keep the door closed", "[auth0]")
{
    Pacing pacing;
    pacing.note(answer(429, "", {{"retry-after", "60"}}), noon);
    CHECK(pacing.refusal(noon));
    CHECK_FALSE(pacing.refusal(noon - 1h));
}
