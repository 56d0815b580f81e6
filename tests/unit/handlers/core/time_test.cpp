#include "handlers/core/time.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;

TEST_CASE("a time survives the way through ISO 8601", "[core]")
{
    for (const char* text : {"2026-11-22T14:05:00.123Z", "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"})
    {
        const auto at = from_iso8601(text);
        REQUIRE(at.has_value());
        CHECK(to_iso8601(*at) == text);
    }
}

TEST_CASE("fractions of any length up to nine digits are read as milliseconds", "[core]")
{
    CHECK(*from_iso8601("2026-11-22T14:05:00Z") == *from_iso8601("2026-11-22T14:05:00.000Z"));
    CHECK(*from_iso8601("2026-11-22T14:05:00.1Z") == *from_iso8601("2026-11-22T14:05:00.100Z"));
    CHECK(*from_iso8601("2026-11-22T14:05:00.123456789Z") == *from_iso8601("2026-11-22T14:05:00.123Z"));
}

TEST_CASE("a text that is no UTC time is refused", "[core]")
{
    const auto text = GENERATE(
        "", "2026", "2026-11-22T14:05:00", "2026-11-22 14:05:00Z", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-11-22T24:00:00Z", "2026-11-22T14:05:00.Z", "2026-11-22T14:05:00.12xZ", "2026-11-22T14:05:00+01:00",
        "2026-11-22T14:05:00.1234567890Z");
    CHECK(from_iso8601(text).error() == Errc::malformed);
}

TEST_CASE("each part of a time is read for itself, up to its end", "[core]")
{
    CHECK(to_unix_ms(*from_iso8601("1970-01-01T00:00:00.001Z")) == 1);
    CHECK(to_unix_ms(*from_iso8601("1970-01-02T03:04:05.678Z")) == 97'445'678);
    CHECK(to_unix_ms(*from_iso8601("1971-02-01T00:00:00Z")) == 34'214'400'000);
    CHECK(to_unix_ms(*from_iso8601("1969-12-31T23:59:59.999Z")) == -1);
    CHECK(to_iso8601(from_unix_ms(-1)) == "1969-12-31T23:59:59.999Z");
    CHECK(to_iso8601(from_unix_ms(97'445'678)) == "1970-01-02T03:04:05.678Z");
    // A leap second is the first of the next minute.
    CHECK(*from_iso8601("2016-12-31T23:59:60Z") == *from_iso8601("2017-01-01T00:00:00Z"));
    CHECK(*from_iso8601("2026-11-22T14:05:00.12Z") == *from_iso8601("2026-11-22T14:05:00.120Z"));
    CHECK(*from_iso8601("2026-11-22T14:05:00.1239Z") == *from_iso8601("2026-11-22T14:05:00.123Z"));
}

TEST_CASE("a time with one part that is none is refused", "[core]")
{
    const std::string good = "2026-11-22T14:05:00.123456Z";
    REQUIRE(from_iso8601(good).has_value());
    for (std::size_t i = 0; i < good.size(); ++i)
        for (const char c : {'x', '/', ':'})
        {
            std::string text = good;
            if (text[i] == c) continue;
            text[i] = c;
            INFO(text);
            CHECK_FALSE(from_iso8601(text).has_value());
        }
    for (const char* text :
         {"2026-11-22T14:60:00Z", "2026-11-22T14:05:61Z", "2026-11-22T14:05:0Z", "2026-00-22T14:05:00Z",
          "2026-11-00T14:05:00Z", "2023-02-29T00:00:00Z", "2026-11-22T14:05:00,1Z"})
        CHECK_FALSE(from_iso8601(text).has_value());
}
