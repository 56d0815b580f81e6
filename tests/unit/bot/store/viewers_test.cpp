#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using store::Reader;
using store::Writer;

namespace {

const SlackUserId ada{"U0ADA"};

Transaction shown(HomeViewer viewer)
{
    Transaction change{noon};
    change.viewer.emplace(std::move(viewer));
    return change;
}

}  // namespace

TEST_CASE("the Home that somebody turned to is kept, whatever was rendered of the page before it", "[store]")
{
    Writer engine{":memory:", noon};
    Reader reads{engine.connection()};
    const auto must = [&engine](const Transaction& change) { REQUIRE(engine.apply({&change, 1}).front().has_value()); };
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
