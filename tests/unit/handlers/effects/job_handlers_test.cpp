// The table of the kinds of jobs: each row is whole.
#include "handlers/effects/job_handler.hpp"

#include "handlers/effects/claim.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/effects/handover_jobs.hpp"
#include "handlers/effects/reblock.hpp"
#include "handlers/model/after_change.hpp"
#include "handlers/model/job_kind.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

using namespace countersign;
using namespace countersign::effects;
using namespace std::chrono_literals;

TEST_CASE("each kind of job has all that a kind needs", "[effects][jobs]")
{
    std::set<std::string_view> kinds;
    for (const JobHandler& handler : job_handlers())
    {
        CAPTURE(handler.kind);
        CHECK(kinds.insert(handler.kind).second);
        CHECK(handler_of(handler.kind) == &handler);
        CHECK((handler.perform != nullptr));
        CHECK((handler.reads != nullptr));
        CHECK((handler.on_buried != nullptr));
        CHECK(handler.retry.attempts_max > 1);
        CHECK(handler.retry.delay_max >= 1s);
        CHECK(handler.retry.age_max >= 1h);
        CHECK_FALSE(handler.given_up.what.empty());
        CHECK(handler.given_up.end.ends_with("."));
    }
    CHECK(kinds.size() == 31);
    for (const std::string_view step : after_change::all) CHECK(kinds.contains(step));
}

TEST_CASE("what a kind carries is checked before anything is done", "[effects][jobs]")
{
    const std::set<std::string_view> strict = {job_kind::note,          job_kind::claim,         job_kind::release,
                                               job_kind::freeze_notice, job_kind::slack_refusal, job_kind::thread_line,
                                               job_kind::trouble};
    for (const JobHandler& handler : job_handlers())
    {
        CAPTURE(handler.kind);
        CHECK(handler.reads("{}") != strict.contains(handler.kind));
    }
    CHECK(handler_of(job_kind::thread_line)->reads("passed_on"));
    CHECK(handler_of(job_kind::trouble)->reads("audit:card"));
    CHECK(handler_of(job_kind::note)->reads(R"({"user":"U1","text":"a"})"));
}

TEST_CASE("what is given up ends what it stood for, or is told, but for words that nobody waits for", "[effects][jobs]")
{
    const std::set<std::string_view> untold = {job_kind::note, job_kind::trouble, job_kind::still_waiting};
    for (const JobHandler& handler : job_handlers())
    {
        CAPTURE(handler.kind);
        CHECK((handler.on_buried == tell_nobody) == untold.contains(handler.kind));
    }
    CHECK((handler_of(job_kind::look_up)->on_buried == lose_look_up));
    CHECK((handler_of(job_kind::card)->on_buried == lose_card));
    CHECK((handler_of(job_kind::begin_change)->on_buried == lose_begin));
    CHECK((handler_of(job_kind::change)->on_buried == lose_change));
    CHECK((handler_of(job_kind::claim)->on_buried == lose_claim));
    CHECK((handler_of(job_kind::reblock)->on_buried == lose_reblock));
    for (const std::string_view kind : {job_kind::handover_expire, job_kind::handover_settle, job_kind::handover_close})
        CHECK((handler_of(kind)->on_buried == end_handover));
    // A spelling that did not come takes nothing away; the other jobs guard the end of the password.
    CHECK((handler_of(job_kind::handover_spell)->on_buried == tell_people));
}
