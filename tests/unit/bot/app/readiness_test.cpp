#include "bot/app/readiness.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace countersign;

namespace {

Circumstances all_well()
{
    Circumstances now;
    now.store_is_healthy = now.clock_is_right = now.jobs_move = now.is_introduced = now.has_groups =
        now.has_asked_first = true;
    now.asks_for_rights = now.asks_for_channel = now.auth0_answers = true;
    now.channel = ChannelSafety::safe;
    return now;
}

struct Fault
{
    std::string word;
    std::function<void(Circumstances&)> make;
};

// The cause before what follows from it.
const std::vector<Fault> faults = {
    {"store_not_writable", [](Circumstances& now) { now.store_is_healthy = false; }},
    {"clock_off", [](Circumstances& now) { now.clock_is_right = false; }},
    {"jobs_not_moving", [](Circumstances& now) { now.jobs_move = false; }},
    {"slack_access_lost", [](Circumstances& now) { now.access_is_lost = true; }},
    {"slack_refuses_token", [](Circumstances& now) { now.token_is_refused = true; }},
    {"slack_not_answering", [](Circumstances& now) { now.is_introduced = false; }},
    {"directory_not_loaded", [](Circumstances& now) { now.has_groups = false; }},
    {"people_not_asked", [](Circumstances& now) { now.has_asked_first = false; }},
    {"rights_not_asked", [](Circumstances& now) { now.asks_for_rights = false; }},
    {"approvals_channel_shared", [](Circumstances& now) { now.channel = ChannelSafety::shared_outside; }},
    {"approvals_channel_public", [](Circumstances& now) { now.channel = ChannelSafety::open_to_workspace; }},
    {"approvals_channel_archived", [](Circumstances& now) { now.channel = ChannelSafety::archived; }},
    {"approvals_channel_unknown", [](Circumstances& now) { now.channel = ChannelSafety::unknown; }},
    {"approvals_channel_not_asked", [](Circumstances& now) { now.asks_for_channel = false; }},
    {"slack_refuses_audit_channel", [](Circumstances& now) { now.refused = "audit_channel"; }},
};

}  // namespace

TEST_CASE("a bot that lacks nothing is ready", "[readiness]")
{
    const Readiness readiness = readiness_of(all_well());
    CHECK(readiness.is_ready());
    CHECK(readiness.degraded.empty());
}

TEST_CASE("each thing that is missing has its word", "[readiness]")
{
    for (const Fault& fault : faults)
    {
        Circumstances now = all_well();
        fault.make(now);
        CHECK(readiness_of(now).fault == fault.word);
        CHECK_FALSE(readiness_of(now).is_ready());
    }
}

TEST_CASE("of two things that are missing the cause is named", "[readiness]")
{
    for (std::size_t i = 0; i < faults.size(); ++i)
        for (std::size_t j = i + 1; j < faults.size(); ++j)
        {
            Circumstances now = all_well();
            faults[i].make(now);
            faults[j].make(now);
            const bool is_of_channel =
                faults[i].word.starts_with("approvals_channel") && faults[j].word.starts_with("approvals_channel");
            if (!is_of_channel) CHECK(readiness_of(now).fault == faults[i].word);
        }
}

TEST_CASE("without Auth0 the bot is ready, and degraded", "[readiness]")
{
    Circumstances now = all_well();
    now.auth0_answers = false;
    CHECK(readiness_of(now).is_ready());
    CHECK(readiness_of(now).degraded == std::vector<std::string>{"auth0_not_answering"});
}

TEST_CASE("while the write-ahead log cannot be emptied the bot is ready, and degraded", "[readiness]")
{
    Circumstances now = all_well();
    now.log_is_stuck = true;
    CHECK(readiness_of(now).is_ready());
    CHECK(readiness_of(now).degraded == std::vector<std::string>{"write_ahead_log_stuck"});
}
