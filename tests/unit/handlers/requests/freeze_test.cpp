#include "handlers/requests/freeze.hpp"

#include "handlers/requests/freeze_document.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

const TimePoint noon = from_unix_ms(1'763'800'000'000);
const SlackUserId ada{"U0ADA"};
const SlackUserId lea{"U0LEA"};

// As the store gives it back after a commit.
FreezeSwitch committed(FreezeSwitch next)
{
    next.version += 1;
    return next;
}

FreezeSwitch released(const FreezeSwitch& held, const SlackUserId& who, const std::set<SlackUserId>& lapsed = {})
{
    return released_by(held, with_release(*held.freeze, who, noon, lapsed));
}

FreezeSwitch frozen_switch() { return committed(frozen_by(FreezeSwitch{}, Freeze{ada, noon, "incident", {}})); }

}  // namespace

TEST_CASE("two different people release a freeze, and whoever froze may be one of them", "[requests]")
{
    const FreezeSwitch held = frozen_switch();
    REQUIRE_FALSE(release_fault(held, 1, ada));
    const FreezeSwitch half = committed(released(held, ada));
    REQUIRE(half.freeze);
    CHECK(release_fault(half, 1, ada) == ReleaseFault::released_before);
    CHECK(release_fault(half, 2, ada) == ReleaseFault::released_before);
    REQUIRE_FALSE(release_fault(half, 1, lea));
    REQUIRE_FALSE(release_fault(half, 2, lea));
    CHECK_FALSE(released(half, lea).freeze);
    CHECK_FALSE(lacks_one_release(*held.freeze));
    CHECK(lacks_one_release(*half.freeze));
}

TEST_CASE("a release that lapsed leaves the freeze as it was, for one more, by any button of it", "[requests]")
{
    const FreezeSwitch half = committed(released(frozen_switch(), ada));
    const FreezeSwitch other_half = committed(released(half, lea, {ada}));
    REQUIRE(other_half.freeze);
    CHECK(other_half.freeze->releases.size() == 1);
    CHECK(release_fault(other_half, 1, lea) == ReleaseFault::released_before);
    for (const std::int64_t button : {1, 2, 3}) CHECK_FALSE(release_fault(other_half, button, ada));
    CHECK(release_fault(other_half, 0, ada) == ReleaseFault::other_freeze);
    CHECK_FALSE(released(other_half, ada).freeze);
    const auto read = freeze_from_document(to_document(*other_half.freeze));
    REQUIRE(read.has_value());
    CHECK(read->lapsed == 1);
}

TEST_CASE("a button of another freeze, or of none, releases nothing", "[requests]")
{
    const FreezeSwitch free = committed(released(committed(released(frozen_switch(), ada)), lea));
    CHECK(release_fault(free, 1, lea) == ReleaseFault::not_frozen);
    const FreezeSwitch again = committed(frozen_by(free, Freeze{lea, noon, "another", {}}));
    for (const std::int64_t old : {-1, 0, 1, 2, 3}) CHECK(release_fault(again, old, ada) == ReleaseFault::other_freeze);
    CHECK_FALSE(release_fault(again, again.version, ada));
    CHECK(release_fault(again, again.version + 1, ada) == ReleaseFault::other_freeze);
}

TEST_CASE("a notice survives being a job's payload", "[requests]")
{
    const FreezeSwitch held = frozen_switch();
    const FreezeSwitch half = released(held, lea);
    const FreezeNotice notice = notice_of(held, half, *half.freeze);
    CHECK(notice.what == FreezeNotice::What::half_released);
    CHECK(notice.version == 2);
    const auto read = notice_from(to_payload(notice));
    REQUIRE(read.has_value());
    CHECK(read->what == notice.what);
    CHECK(read->version == 2);
    CHECK(read->freeze.reason == "incident");
    CHECK(read->freeze.releases.front().by == lea);
    for (const char* broken : {"", "{}", "[]", R"({"what":"frozen","version":1,"freeze":"{}"})"})
        CHECK_FALSE(notice_from(broken).has_value());
}
