#include "handlers/rules/limits.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace std::chrono_literals;

namespace {

const TimePoint now = from_unix_ms(1'763'800'000'000);

}  // namespace

TEST_CASE("a window with room lets one more in", "[requests]")
{
    CHECK_FALSE(full_window(Limit{2, 3}, {}, now));
    CHECK_FALSE(full_window(Limit{2, 3}, {now - 1min}, now));
    CHECK_FALSE(full_window(Limit{2, 3}, {now - 1min, now - 61min}, now));
}

TEST_CASE("a full window is full until its oldest request leaves it", "[requests]")
{
    const auto hour = full_window(Limit{2, 0}, {now - 1min, now - 20min, now - 30min}, now);
    REQUIRE(hour);
    CHECK(hour->until == now + 40min);
    CHECK(hour->requests == 2);
    CHECK_FALSE(full_window(Limit{2, 0}, {now - 1min, now - 20min}, now + 40min));
}

TEST_CASE("of two full windows the one that is full for longer counts", "[requests]")
{
    const auto full = full_window(Limit{1, 2}, {now - 10min, now - 2h}, now);
    REQUIRE(full);
    CHECK(full->length == 24h);
    CHECK(full->until == now + 22h);
}

TEST_CASE("zero is no limit", "[requests]")
{
    const std::vector<TimePoint> many(1000, now);
    CHECK_FALSE(full_window(Limit{0, 0}, many, now));
    CHECK(full_window(Limit{0, 5}, many, now));
}

TEST_CASE("a window is full at its limit, and not one before", "[requests]")
{
    const std::vector<TimePoint> two{now - 1min, now - 2min};
    CHECK_FALSE(full_window(Limit{3, 0}, two, now));
    CHECK_FALSE(full_window(Limit{0, 3}, two, now));
    CHECK(full_window(Limit{2, 0}, two, now)->requests == 2);
    CHECK(full_window(Limit{0, 2}, two, now)->requests == 2);
    CHECK(full_window(Limit{1, 0}, two, now)->until == now + 59min);
    CHECK_FALSE(full_window(Limit{1, 0}, {}, now));
}

TEST_CASE("a request leaves its window to the millisecond", "[requests]")
{
    const std::vector<TimePoint> one{now};
    CHECK(full_window(Limit{1, 0}, one, now + 1h - Milliseconds{1}));
    CHECK_FALSE(full_window(Limit{1, 0}, one, now + 1h));
    CHECK(full_window(Limit{0, 1}, one, now + 24h - Milliseconds{1}));
    CHECK_FALSE(full_window(Limit{0, 1}, one, now + 24h));
    CHECK(full_window(Limit{1, 0}, one, now)->length == 1h);
    CHECK(full_window(Limit{0, 1}, one, now)->length == 24h);
}

TEST_CASE("an hour that is full for longer than the day counts", "[requests]")
{
    const auto full = full_window(Limit{1, 2}, {now - 10min, now - 23h - 30min}, now);
    REQUIRE(full);
    CHECK(full->length == 1h);
    CHECK(full->until == now + 50min);
    CHECK(full->requests == 1);
}

TEST_CASE("as many requests are looked at as the larger of the two limits", "[requests]")
{
    CHECK(rows_needed(Limit{2, 7}) == 7);
    CHECK(rows_needed(Limit{7, 2}) == 7);
    CHECK(rows_needed(Limit{0, 0}) == 0);
}

TEST_CASE("the limits of a person come before everybody's, and that of look-ups before both", "[requests]")
{
    using Of = RequestWindow::Of;
    LimitSettings limits{Limit{1, 0}, Limit{1, 0}, Limit{1, 0}, Limit{1, 0}};
    const EarlierRequests all{{now - 1min}, {now - 2min}, {now - 3min}};
    const auto first = reached_limit(limits, all, now);
    REQUIRE(first);
    CHECK(first->of == Of::look_ups);
    CHECK(first->window.until == now + 59min);
    limits.look_ups = Limit{};
    const auto second = reached_limit(limits, all, now);
    REQUIRE(second);
    CHECK(second->of == Of::person);
    CHECK(second->window.until == now + 58min);
    limits.person = Limit{};
    const auto third = reached_limit(limits, all, now);
    REQUIRE(third);
    CHECK(third->of == Of::everybody);
    CHECK(third->window.until == now + 57min);
    limits.everybody = Limit{};
    // What is left is about one account, and no limit on who begins.
    CHECK_FALSE(reached_limit(limits, all, now));
}

TEST_CASE("each limit counts its own requests, and no others", "[requests]")
{
    using Of = RequestWindow::Of;
    const LimitSettings limits{Limit{2, 0}, Limit{}, Limit{3, 0}, Limit{4, 0}};
    const auto made = [](std::size_t number) { return std::vector<TimePoint>(number, now); };
    const auto of = [&](std::size_t look_ups, std::size_t person, std::size_t everybody) {
        const auto limit = reached_limit(limits, {made(look_ups), made(person), made(everybody)}, now);
        return limit ? std::optional<Of>{limit->of} : std::nullopt;
    };
    CHECK(of(3, 1, 2) == std::nullopt);
    CHECK(of(4, 1, 2) == Of::look_ups);
    CHECK(of(3, 2, 2) == Of::person);
    CHECK(of(3, 1, 3) == Of::everybody);
}

TEST_CASE("a request that is stored counts those before it, neither itself nor those after it", "[requests]")
{
    using Times = std::vector<TimePoint>;
    CHECK(before_request({now + 1ms, now, now - 1ms, now - 2ms}, now) == Times{now - 1ms, now - 2ms});
    CHECK(before_request({now + 2ms, now + 1ms, now}, now).empty());
    CHECK(before_request({}, now).empty());
    // Of those of the same moment one is the request itself.
    CHECK(before_request({now, now}, now) == Times{now});
}

TEST_CASE("limits have names of their own", "[requests]")
{
    using Of = RequestWindow::Of;
    CHECK(name_of(Of::person) == "limit_person");
    CHECK(name_of(Of::account) == "limit_account");
    CHECK(name_of(Of::everybody) == "limit_everybody");
    CHECK(name_of(Of::look_ups) == "limit_look_ups");
}

TEST_CASE("where nothing is configured these limits hold", "[requests]")
{
    const LimitSettings usual;
    CHECK(usual.person.an_hour == 5);
    CHECK(usual.person.a_day == 20);
    CHECK(usual.account.an_hour == 2);
    CHECK(usual.account.a_day == 3);
    CHECK(usual.everybody.an_hour == 30);
    CHECK(usual.everybody.a_day == 200);
}
