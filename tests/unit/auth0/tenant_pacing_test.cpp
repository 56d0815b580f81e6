#include "auth0/tenant_pacing.hpp"

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

// An answer that leaves so many calls of a bucket of that size, and names a time to come.
http::ClientResponse leaves(std::string remaining, std::string size, int refill_s = 3)
{
    return answer(
        200, "",
        {{"x-ratelimit-limit", std::move(size)},
         {"x-ratelimit-remaining", std::move(remaining)},
         {"x-ratelimit-reset", after_noon(refill_s)}});
}

const SteadyTime start{1h};

void answered(Pacing::Turn& turn, const http::ClientResponse& response, SteadyTime at)
{
    turn.answered(response, noon + (at - start), at);
}

// One call, from queue to answer, at the same moment. When it has to wait: until when.
std::optional<SteadyTime> call(
    Pacing& pacing, const http::ClientResponse& response, SteadyTime now = start, Priority priority = Priority::change,
    CallGroup group = CallGroup::read_users)
{
    Pacing::Turn turn = pacing.queue(priority, group);
    const auto until = turn.take(now);
    if (!until) answered(turn, response, now);
    return until;
}

// When a call of that sort could be sent: at once is nothing.
std::optional<SteadyTime> wait_of(
    Pacing& pacing, SteadyTime now = start, Priority priority = Priority::change,
    CallGroup group = CallGroup::read_users)
{
    return pacing.queue(priority, group).take(now);
}

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
    CHECK_FALSE(wait({{"x-ratelimit-reset", after_noon(30) + "s"}}));
    // Rather a moment late than asked in vain.
    CHECK(wait_asked(answer(429, "", {{"x-ratelimit-reset", after_noon(5)}}), noon + 500ms) == 5s);
}

TEST_CASE("an empty bucket is waited for until its reset and no longer", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("1", "2")));
    CHECK_FALSE(wait_of(pacing));
    REQUIRE_FALSE(call(pacing, leaves("0", "2")));
    CHECK(wait_of(pacing, start + 500ms) == start + 3s);
    CHECK(wait_of(pacing, start + 2999ms) == start + 3s);
    CHECK_FALSE(wait_of(pacing, start + 3s));
}

TEST_CASE("where answers name no limit nobody waits, however many call at once", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, answer(200, "")));
    std::vector<Pacing::Turn> turns;
    for (int i = 0; i < 100; ++i)
    {
        turns.push_back(pacing.queue(Priority::after_change, CallGroup::read_users));
        CHECK_FALSE(turns.back().take(start));
    }
}

TEST_CASE("an empty bucket whose reset is over or unknown is waited for a second", "[auth0]")
{
    const auto response = GENERATE(
        answer(200, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", after_noon(-1)}}),
        answer(200, "", {{"x-ratelimit-remaining", "0"}}), answer(429, ""));
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, response));
    CHECK(wait_of(pacing) == start + 1s);
    CHECK_FALSE(wait_of(pacing, start + 1s));
}

TEST_CASE("the last tenth of a bucket is for changes, and its second half not for after-care", "[auth0]")
{
    const auto passes = [](Priority priority, const char* limit, const char* remaining) {
        Pacing pacing;
        REQUIRE_FALSE(call(pacing, leaves(remaining, limit)));
        return !wait_of(pacing, start, priority);
    };
    struct Row
    {
        const char* limit;
        const char* remaining;
        bool change, look_up, after_change;
    };
    const Row row = GENERATE(
        Row{"40", "40", true, true, true}, Row{"40", "21", true, true, true}, Row{"40", "20", true, true, false},
        Row{"40", "5", true, true, false}, Row{"40", "4", true, false, false}, Row{"40", "1", true, false, false},
        Row{"40", "0", false, false, false}, Row{"10", "2", true, true, false}, Row{"10", "1", true, false, false},
        // The free plan's two calls a second: waiting for the next second is all that there is to do.
        Row{"2", "1", true, true, true}, Row{"2", "0", false, false, false}, Row{"9", "1", true, true, true},
        Row{"40", "-9223372036854775808", false, false, false}, Row{"40", "9223372036854775807", true, true, true},
        Row{"9223372036854775807", "1", true, false, false},
        // A size that is not known, or is nonsense, keeps nothing back.
        Row{"", "1", true, true, true}, Row{"-40", "1", true, true, true}, Row{"many", "1", true, true, true});
    CAPTURE(row.limit, row.remaining);
    CHECK(passes(Priority::change, row.limit, row.remaining) == row.change);
    CHECK(passes(Priority::look_up, row.limit, row.remaining) == row.look_up);
    CHECK(passes(Priority::after_change, row.limit, row.remaining) == row.after_change);
}

TEST_CASE("a 429 stops every priority", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, answer(429, "", {{"retry-after", "4"}, {"x-ratelimit-remaining", "30"}})));
    for (const Priority priority : {Priority::change, Priority::look_up, Priority::after_change})
        CHECK(wait_of(pacing, start, priority) == start + 4s);
}

TEST_CASE("no more calls are under way at once than the last answer left", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("2", "9")));
    Pacing::Turn first = pacing.queue(Priority::look_up, CallGroup::read_users);
    CHECK_FALSE(first.take(start));
    {
        Pacing::Turn second = pacing.queue(Priority::look_up, CallGroup::read_users);
        CHECK_FALSE(second.take(start));
        // Before their answers nobody knows what is left.
        CHECK(wait_of(pacing) == start + Pacing::look_again_after);
    }  // that one never got an answer
    CHECK_FALSE(wait_of(pacing));
    answered(first, leaves("0", "9"), start);
    CHECK(wait_of(pacing) == start + 3s);
}

TEST_CASE("where nothing is known one call goes ahead, and the others wait for its answer", "[auth0]")
{
    Pacing pacing;
    const bool is_refilled = GENERATE(false, true);
    const SteadyTime now = is_refilled ? start + 3s : start;
    if (is_refilled) REQUIRE_FALSE(call(pacing, leaves("0", "50")));
    Pacing::Turn first = pacing.queue(Priority::look_up, CallGroup::read_users);
    CHECK_FALSE(first.take(now));
    CHECK(wait_of(pacing, now) == now + Pacing::look_again_after);
    answered(first, leaves("16", "50", 4), now);
    CHECK_FALSE(wait_of(pacing, now));
}

TEST_CASE("a turn goes by priority, then in the order of asking, and who gives up is passed over", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("0", "2")));
    const SteadyTime refilled = start + 3s;
    const SteadyTime later = refilled + Pacing::look_again_after;
    Pacing::Turn care = pacing.queue(Priority::after_change, CallGroup::delete_users);
    std::optional<Pacing::Turn> first{pacing.queue(Priority::look_up, CallGroup::read_users)};
    Pacing::Turn second = pacing.queue(Priority::look_up, CallGroup::read_users);
    std::optional<Pacing::Turn> change{pacing.queue(Priority::change, CallGroup::write_users)};
    for (Pacing::Turn* behind : {&care, &*first, &second}) CHECK(behind->take(refilled) == later);
    change.reset();
    for (Pacing::Turn* behind : {&care, &second}) CHECK(behind->take(refilled) == later);
    CHECK_FALSE(first->take(refilled));
    answered(*first, leaves("1", "2", 4), refilled);
    CHECK(care.take(refilled) == later);
    CHECK_FALSE(second.take(refilled));
    answered(second, leaves("0", "2", 4), refilled);
    CHECK(care.take(refilled) == start + 4s);
}

TEST_CASE("who has answers already goes before who begins, but not before a change", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("0", "2")));
    const SteadyTime refilled = start + 3s;
    Pacing::Turn begins = pacing.queue(Priority::look_up, CallGroup::read_users);
    Pacing::Turn has_answers = pacing.queue(Priority::look_up, CallGroup::read_users, Progress::has_answers);
    Pacing::Turn change = pacing.queue(Priority::change, CallGroup::write_users);
    CHECK(begins.take(refilled));
    CHECK(has_answers.take(refilled));
    CHECK_FALSE(change.take(refilled));
    answered(change, leaves("1", "2", 4), refilled);
    CHECK(begins.take(refilled));
    CHECK_FALSE(has_answers.take(refilled));
}

TEST_CASE("groups with buckets of their own do not wait for each other, and those of one bucket do", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("39", "40"), start, Priority::look_up, CallGroup::read_users));
    REQUIRE_FALSE(call(pacing, leaves("0", "5"), start, Priority::look_up, CallGroup::read_connections));
    CHECK(wait_of(pacing, start, Priority::look_up, CallGroup::read_connections));
    CHECK_FALSE(wait_of(pacing, start, Priority::look_up, CallGroup::read_users));
    // One that has had no answer yet goes by the last that came.
    CHECK(wait_of(pacing, start, Priority::change, CallGroup::write_users));
    CHECK_FALSE(call(pacing, leaves("1", "5"), start + 3s, Priority::change, CallGroup::write_users));
    CHECK_FALSE(wait_of(pacing, start + 3s, Priority::look_up, CallGroup::read_connections));
}

TEST_CASE("a tenant that names ever new sizes of buckets is still paced", "[auth0]")
{
    Pacing pacing;
    for (int size = 1; size <= 1000; ++size) REQUIRE_FALSE(call(pacing, leaves("1", std::to_string(size))));
    REQUIRE_FALSE(call(pacing, leaves("0", "1001")));
    CHECK(wait_of(pacing) == start + 3s);
}

TEST_CASE("a tenant that names more sizes than any has buckets fills the first one again", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("5", "1"), start, Priority::change, CallGroup::read_logs));
    for (int size = 2; size <= 32; ++size) REQUIRE_FALSE(call(pacing, leaves("5", std::to_string(size))));
    REQUIRE_FALSE(call(pacing, leaves("0", "500")));
    CHECK(wait_of(pacing, start, Priority::change, CallGroup::read_logs) == start + 3s);
}

TEST_CASE("whoever waits for an empty bucket holds up nobody of another one", "[auth0]")
{
    Pacing pacing;
    REQUIRE_FALSE(call(pacing, leaves("39", "40"), start, Priority::look_up, CallGroup::read_users));
    REQUIRE_FALSE(call(pacing, leaves("0", "5"), start, Priority::look_up, CallGroup::read_connections));
    Pacing::Turn waits = pacing.queue(Priority::change, CallGroup::read_connections);
    REQUIRE(waits.take(start));
    CHECK_FALSE(wait_of(pacing, start, Priority::look_up, CallGroup::read_users));
}

TEST_CASE("a turn may outlive the pacing that it is of", "[auth0]")
{
    std::optional<Pacing> pacing{std::in_place};
    Pacing::Turn turn = pacing->queue(Priority::change, CallGroup::other);
    CHECK_FALSE(turn.take(start));
    pacing.reset();
    answered(turn, leaves("1", "2"), start);
}

TEST_CASE("each call is counted in its group", "[auth0]")
{
    using http::Method;
    CHECK(group_of(Method::get, "api/v2/users-by-email?email=a") == CallGroup::read_users);
    CHECK(group_of(Method::get, "api/v2/users?q=a") == CallGroup::read_users);
    CHECK(group_of(Method::get, "api/v2/users/auth0%7C1") == CallGroup::read_users);
    CHECK(group_of(Method::patch, "api/v2/users/auth0%7C1") == CallGroup::write_users);
    CHECK(group_of(Method::post, "api/v2/users") == CallGroup::write_users);
    CHECK(group_of(Method::del, "api/v2/users/auth0%7C1/sessions") == CallGroup::delete_users);
    CHECK(group_of(Method::get, "api/v2/logs?page=0") == CallGroup::read_logs);
    CHECK(group_of(Method::get, "api/v2/connections?name=a") == CallGroup::read_connections);
    CHECK(group_of(Method::post, "api/v2/tickets/password-change") == CallGroup::other);
}
