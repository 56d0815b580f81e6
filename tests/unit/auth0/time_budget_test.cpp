#include "auth0/time_budget.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::auth0;
using namespace std::chrono_literals;

TEST_CASE("what is waited for counts once, and never above what patience has", "[auth0]")
{
    const SteadyTime start{};
    TimeBudget budget{start};
    budget.waited(20s);
    CHECK(budget.patience_left() == TimeBudget::patience - 20s);
    CHECK(budget.left(start + 20s) == TimeBudget::whole);
    budget.waited(-5s);
    CHECK(budget.patience_left() == TimeBudget::patience - 20s);
    budget.waited(1h);
    CHECK(budget.patience_left() == 0s);
    CHECK(budget.left(start + TimeBudget::patience + 1s) == TimeBudget::whole - 1s);
    CHECK(budget.left(start + 1h) == 0s);
}

TEST_CASE("what would be lost is waited for longer", "[auth0]")
{
    TimeBudget budget{SteadyTime{}};
    CHECK_FALSE(budget.has_answers());
    budget.waited(1h);
    budget.answered();
    CHECK(budget.has_answers());
    CHECK(budget.patience_left() == TimeBudget::patience_to_finish - TimeBudget::patience);
}
