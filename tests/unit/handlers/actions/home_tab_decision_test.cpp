#include "handlers/actions/home_tab.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

TEST_CASE("a Home that is opened is published whatever was published before, and kept up to date", "[actions]")
{
    const auto verdict = actions::show_home(SlackUserId{"U0AGENT"}, 2, noon + 1min);
    REQUIRE(verdict.transaction->viewer);
    CHECK(verdict.transaction->viewer->user == SlackUserId{"U0AGENT"});
    CHECK(verdict.transaction->viewer->opened_at == noon + 1min);
    CHECK(verdict.transaction->viewer->page == 2);
    CHECK(verdict.transaction->viewer->digest.empty());
    REQUIRE(verdict.transaction->jobs.size() == 1);
    CHECK(verdict.transaction->jobs.front().kind == "home");
    CHECK(verdict.transaction->jobs.front().due == noon + 1min);
    CHECK(verdict.transaction->audit.empty());
    CHECK(std::holds_alternative<slack::Acknowledged>(verdict.answer));
    CHECK_FALSE(verdict.window);
}

TEST_CASE("a page of the Home is a number from 0 to 1000, and 0 when it is none", "[actions]")
{
    const auto [value, page] = GENERATE(table<std::string, std::int64_t>(
        {{"0", 0},
         {"7", 7},
         {"1000", 1000},
         {"1001", 1000},
         {"-1", 0},
         {"", 0},
         {"x", 0},
         {"99999999999999999999", 0}}));
    CHECK(actions::home_page(value) == page);
}
