#include "bot/store/engine.hpp"
#include "bot/store/reads.hpp"
#include "tests/support/ledger.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using store::Engine;
using store::Reads;

namespace {

const SlackUserId ada{"U0ADA"};

Change shown(HomeViewer viewer)
{
    Change change{noon};
    change.viewer.emplace(std::move(viewer));
    return change;
}

}  // namespace

TEST_CASE("the Home that somebody turned to is kept, whatever was rendered of the page before it", "[store]")
{
    Engine engine{":memory:", noon};
    Reads reads{engine.connection()};
    const auto must = [&engine](const Change& change) { REQUIRE(engine.apply({&change, 1}).front().has_value()); };
    must(shown({ada, noon, 0, {}}));
    must(shown({ada, noon + 1s, 1, {}}));
    must(shown({ada, noon, 0, "digest of the first page"}));
    auto kept = reads.viewer(ada);
    REQUIRE(kept);
    CHECK(kept->page == 1);
    CHECK(kept->opened_at == noon + 1s);
    CHECK(kept->digest.empty());

    must(shown({ada, noon + 1s, 1, "digest of the second page"}));
    kept = reads.viewer(ada);
    REQUIRE(kept);
    CHECK(kept->digest == "digest of the second page");
}
