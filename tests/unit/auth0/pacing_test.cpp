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
    CHECK_FALSE(pacing.refusal(Priority::change, noon));
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "1"}, {"x-ratelimit-reset", after_noon(3)}}), noon);
    CHECK_FALSE(pacing.refusal(Priority::change, noon));
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", after_noon(3)}}), noon);

    const auto refusal = pacing.refusal(Priority::change, noon + 500ms);
    REQUIRE(refusal);
    CHECK(refusal->code == Errc::rate_limited);
    CHECK(refusal->retry_after == 3s);
    CHECK(pacing.refusal(Priority::change, noon + 2999ms)->retry_after == 1s);
    CHECK_FALSE(pacing.refusal(Priority::change, noon + 3s));
}

TEST_CASE("an empty bucket whose reset is over or unknown does not close", "[auth0]")
{
    Pacing pacing;
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", after_noon(-1)}}), noon);
    pacing.note(answer(200, "", {{"x-ratelimit-remaining", "0"}}), noon);
    pacing.note(answer(429, ""), noon);
    CHECK_FALSE(pacing.refusal(Priority::change, noon));
}

TEST_CASE("a clock that is set back does not keep the door closed", "[auth0]")
{
    Pacing pacing;
    pacing.note(answer(429, "", {{"retry-after", "60"}}), noon);
    CHECK(pacing.refusal(Priority::change, noon));
    CHECK_FALSE(pacing.refusal(Priority::change, noon - 1h));
}

TEST_CASE("the last tenth of a bucket is for changes, and its second half not for after-care", "[auth0]")
{
    const auto passes = [](Priority priority, const char* limit, const char* remaining) {
        Pacing pacing;
        pacing.note(
            answer(
                200, "",
                {{"x-ratelimit-limit", limit},
                 {"x-ratelimit-remaining", remaining},
                 {"x-ratelimit-reset", after_noon(3)}}),
            noon);
        return !pacing.refusal(priority, noon);
    };
    struct Row
    {
        const char* limit;
        const char* remaining;
        bool change, look_up, after_care;
    };
    const Row row = GENERATE(
        Row{"40", "40", true, true, true}, Row{"40", "21", true, true, true}, Row{"40", "20", true, true, false},
        Row{"40", "5", true, true, false}, Row{"40", "4", true, false, false}, Row{"40", "1", true, false, false},
        Row{"40", "0", false, false, false}, Row{"10", "2", true, true, false}, Row{"10", "1", true, false, false},
        // The free plan's two calls a second: waiting for the next second is all that there is to do.
        Row{"2", "1", true, true, true}, Row{"2", "0", false, false, false}, Row{"9", "1", true, true, true},
        // A size that is not known, or is nonsense, keeps nothing back.
        Row{"", "1", true, true, true}, Row{"-40", "1", true, true, true}, Row{"many", "1", true, true, true});
    CAPTURE(row.limit, row.remaining);
    CHECK(passes(Priority::change, row.limit, row.remaining) == row.change);
    CHECK(passes(Priority::look_up, row.limit, row.remaining) == row.look_up);
    CHECK(passes(Priority::after_care, row.limit, row.remaining) == row.after_care);
}

TEST_CASE("a 429 stops every priority", "[auth0]")
{
    Pacing pacing;
    pacing.note(answer(429, "", {{"retry-after", "4"}, {"x-ratelimit-remaining", "30"}}), noon);
    for (const Priority priority : {Priority::change, Priority::look_up, Priority::after_care})
        CHECK(pacing.refusal(priority, noon)->retry_after == 4s);
}
