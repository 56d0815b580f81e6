#include "handlers/rules/job_classes.hpp"

#include "handlers/effects/job_handler.hpp"
#include "handlers/model/after_change.hpp"
#include "handlers/rules/jobs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;

namespace {

bool has(const JobKinds& kinds, std::string_view kind)
{
    const bool is_listed = std::find(kinds.kinds.begin(), kinds.kinds.end(), kind) != kinds.kinds.end();
    return is_listed == (kinds.are == JobKinds::Are::these);
}

std::size_t classes_with(std::string_view kind)
{
    return static_cast<std::size_t>(
        std::count_if(job_classes.begin(), job_classes.end(), [kind](const JobClassPlaces& each) {
            return has(kinds_of(each.job_class), kind);
        }));
}

}  // namespace

TEST_CASE("every kind of job is in one class, and no class is without places", "[jobs]")
{
    REQUIRE(job_handlers().size() > 20);
    for (const JobHandler& handler : job_handlers())
    {
        CAPTURE(handler.kind);
        CHECK(classes_with(handler.kind) == 1);
        CHECK(has(kinds_of(class_of(handler.kind)), handler.kind));
    }
    std::size_t row = 0;
    for (const JobClassPlaces& each : job_classes)
    {
        CHECK(each.places > 0);
        CHECK(static_cast<std::size_t>(each.job_class) == row++);
    }
}

TEST_CASE("a kind of a version to come is in a class, too", "[jobs]")
{
    CHECK(class_of("of_a_newer_version") == JobClass::rest);
    CHECK(classes_with("of_a_newer_version") == 1);
}

TEST_CASE("what waits for Auth0 shares its places with nothing that does not", "[jobs]")
{
    // What talks to Auth0: see the effects.
    const std::set<std::string_view> in_auth0 = {
        job_kind::look_up,
        job_kind::change,
        job_kind::begin_change,
        job_kind::reblock,
        after_change::mark_must_change,
        after_change::revoke_tokens,
        after_change::end_sessions,
        after_change::tell_owner};
    std::set<JobClass> theirs;
    for (const std::string_view kind : in_auth0) theirs.insert(class_of(kind));
    for (const JobHandler& handler : job_handlers())
    {
        CAPTURE(handler.kind);
        CHECK(theirs.contains(class_of(handler.kind)) == in_auth0.contains(handler.kind));
    }
}

TEST_CASE("what protects people is served first", "[jobs]")
{
    CHECK(job_classes.front().job_class == JobClass::guarding);
    for (const std::string_view kind :
         {job_kind::freeze_notice, job_kind::release, job_kind::handover_close, job_kind::handover_expire,
          job_kind::handover_settle, job_kind::expire, std::string_view{"claim"}})
    {
        CAPTURE(kind);
        CHECK(class_of(kind) == JobClass::guarding);
    }
}
