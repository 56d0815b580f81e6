#include "handlers/core/time.hpp"

#include <catch2/catch.hpp>

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
    CHECK(from_iso8601(text).error() == make_error_code(Errc::malformed));
}
