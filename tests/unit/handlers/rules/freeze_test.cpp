#include "handlers/rules/freeze.hpp"

#include "handlers/model/freeze_document.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

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

TEST_CASE("half a release is told as such, with the version of the switch from then on", "[requests]")
{
    const FreezeSwitch held = frozen_switch();
    const FreezeSwitch half = released(held, lea);
    const FreezeNotice notice = notice_of(held, half, *half.freeze);
    CHECK(notice.what == FreezeNotice::What::half_released);
    CHECK(notice.version == 2);
}

TEST_CASE("the audit log keeps its names for releases that are of no use", "[requests][audit]")
{
    CHECK(name_of(ReleaseFault::not_frozen) == "not_frozen");
    CHECK(name_of(ReleaseFault::other_freeze) == "other_freeze");
    CHECK(name_of(ReleaseFault::released_before) == "released_before");
}

TEST_CASE("a freeze survives the way through its document, with everybody who released it", "[requests]")
{
    Freeze freeze{ada, noon, "a \"stolen\" session", {}};
    freeze.releases = {Decision{lea, noon + Milliseconds{1}}, Decision{ada, noon + Milliseconds{2}}};
    freeze.lapsed = 3;
    const std::string document = to_document(freeze);
    CHECK(
        document ==
        R"({"by":"U0ADA","since":1763800000000,"reason":"a \"stolen\" session",)"
        R"("releases":[{"by":"U0LEA","at":1763800000001},{"by":"U0ADA","at":1763800000002}],"lapsed":3})");
    const auto read = freeze_from_document(document);
    REQUIRE(read.has_value());
    CHECK(to_document(*read) == document);
    // What a version before this one wrote.
    const auto old = freeze_from_document(R"({"by":"U0ADA","since":1,"reason":"r","releases":[]})");
    REQUIRE(old.has_value());
    CHECK(old->lapsed == 0);
}

TEST_CASE("a freeze's document that is not ours is corrupt", "[requests]")
{
    const std::string document = GENERATE(
        "", "[]", "{}", R"({"by":1,"since":1,"reason":"r","releases":[]})",
        R"({"by":"U","since":"1","reason":"r","releases":[]})", R"({"by":"U","since":1,"reason":2,"releases":[]})",
        R"({"by":"U","since":1,"reason":"r","releases":{}})", R"({"by":"U","since":1,"reason":"r","releases":[1]})",
        R"({"by":"U","since":1,"reason":"r","releases":[{"by":"U"}]})",
        R"({"by":"U","since":1,"reason":"r","releases":[{"at":1}]})",
        R"({"by":"U","since":1,"reason":"r","releases":[],"lapsed":"1"})");
    INFO(document);
    CHECK_FALSE(freeze_from_document(document).has_value());
}

TEST_CASE("a notice says what happened to the switch, of which version it is from then on", "[requests]")
{
    FreezeSwitch free;
    free.version = 7;
    const FreezeSwitch held = frozen_by(free, Freeze{ada, noon, "incident", {}});
    CHECK(held.version == 7);
    const FreezeNotice frozen = notice_of(free, held, *held.freeze);
    CHECK(frozen.what == FreezeNotice::What::frozen);
    CHECK(frozen.version == 8);
    const Freeze both = with_release(with_release(*held.freeze, ada, noon, {}), lea, noon, {});
    const FreezeSwitch none = released_by(held, both);
    CHECK(none.version == 7);
    CHECK_FALSE(none.freeze);
    const FreezeNotice over = notice_of(held, none, both);
    CHECK(over.what == FreezeNotice::What::released);
}
