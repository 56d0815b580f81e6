#include "handlers/core/http_date.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

TEST_CASE("a date is read as servers must write it", "[http]")
{
    const auto date = http::parse_date("Sun, 06 Nov 1994 08:49:37 GMT");
    REQUIRE(date.has_value());
    CHECK(date->time_since_epoch().count() == 784'111'777);
}

TEST_CASE("anything else is no date", "[http]")
{
    const auto text = GENERATE(
        as<std::string>{}, "", "784111777", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49:37 GMT+1", "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 36 Nov 1994 08:49:37 GMT", std::string{"Sun, 06 Nov 1994 08:49:37 GMT\0", 30});
    INFO(text);
    CHECK_FALSE(http::parse_date(text).has_value());
}
