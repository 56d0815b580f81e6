// The release that would end a freeze: Slack is asked before it counts.
#include "handlers/effects/release.hpp"

#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;
using Words = std::vector<std::string>;

// Frozen by one lead, and released by the other already.
void half_release(Bench& bench)
{
    Transaction change{noon};
    change.freeze = bench.ledger.reads().freeze();
    change.freeze->freeze.emplace(Freeze{lead, noon, "incident", {Decision{other_lead, noon}}});
    REQUIRE(bench.ledger.engine().apply({&change, 1}).front().has_value());
}

// The job of a press by the first lead.
Job pressed(Bench& bench, std::int64_t version = 1)
{
    Note note{lead, ""};
    note.channel = ChannelId{"C0APPROVALS"};
    LastRelease release{std::move(note), version};
    release.announcement = MessageTs{"1700000000.000100"};
    return bench.begin(approved_request(), job_kind::release, release_job(release, noon).payload);
}

JobResult press(Bench& bench, std::int64_t version = 1)
{
    const Job job = pressed(bench, version);
    return bench.perform(job);
}

// The note to the person who pressed.
std::string words(Bench& bench)
{
    const StoredJob stored = bench.job(job_kind::note);
    CHECK(stored.due == noon);
    const Note note = payload_from<Note>(stored.payload).value();
    CHECK(note.user == lead);
    CHECK(note.channel == ChannelId{"C0APPROVALS"});
    return note.text;
}

bool is_frozen(Bench& bench) { return bench.ledger.reads().freeze().freeze.has_value(); }

}  // namespace

TEST_CASE("a second release ends the freeze, and is recorded and told", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    CHECK(press(bench).kind == Kind::committed);
    CHECK_FALSE(is_frozen(bench));
    CHECK(bench.rows() == Words{R"(elsewhere: freeze_released U0LEAD {"frozen_by":"U0LEAD","reason":"incident"})"});
    CHECK(words(bench).starts_with("Released"));
    CHECK(bench.job(job_kind::release).state == "done");
    CHECK(bench.directory.asked == std::vector<SlackUserId>{lead, other_lead});
    // The announcement that was clicked is edited.
    bool edits = false;
    for (const StoredJob& job : bench.jobs())
        edits = edits || job.payload.find("1700000000.000100") != std::string::npos;
    CHECK(edits);
}

TEST_CASE("the release of somebody who lost the right lapses, and the freeze goes on", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    bench.directory.give(other_lead, {Role::support});
    CHECK(press(bench).kind == Kind::committed);
    const auto held = bench.ledger.reads().freeze().freeze;
    REQUIRE(held);
    REQUIRE(held->releases.size() == 1);
    CHECK(held->releases.front().by == lead);
    CHECK(held->releases.front().at == noon);
    CHECK(held->lapsed == 1);
    CHECK(
        bench.rows() ==
        Words{
            R"(elsewhere: release_lapsed countersign {"released_by":"U0LEAD2"})",
            R"(elsewhere: freeze_half_released U0LEAD {"frozen_by":"U0LEAD","reason":"incident"})"});
    CHECK(words(bench).find("<@U0LEAD2>") != std::string::npos);
}

TEST_CASE(
    "a release of somebody who may not, or that does not fit, counts for nothing and is recorded", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    std::string why;
    SECTION("no approver any more")
    {
        bench.directory.give(lead, {Role::support});
        CHECK(press(bench).kind == Kind::committed);
        why = "not_an_approver";
    }
    SECTION("a guest by now")
    {
        bench.directory.people[lead].status = MemberStatus::guest;
        CHECK(press(bench).kind == Kind::committed);
        why = "guest";
    }
    SECTION("a button of an earlier freeze")
    {
        CHECK(press(bench, -1).kind == Kind::committed);
        why = "other_freeze";
    }
    CHECK(is_frozen(bench));
    CHECK(bench.ledger.reads().freeze().freeze->releases.size() == 1);
    CHECK(bench.rows() == Words{R"(elsewhere: release_not_accepted U0LEAD {"why":")" + why + "\"}"});
    CHECK(bench.job(job_kind::release).state == "done");
    CHECK_FALSE(words(bench).empty());
}

TEST_CASE("one person under two ids, or with one address, does not end a freeze alone", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    SECTION("two ids") { bench.directory.identities.emplace(other_lead, lead); }
    SECTION("one address")
    {
        bench.directory.people[lead].email = Email{"dual@acme.example"};
        bench.directory.people[other_lead].email = Email{"dual@acme.example"};
    }
    CHECK(press(bench).kind == Kind::committed);
    CHECK(is_frozen(bench));
    CHECK(bench.rows() == Words{R"(elsewhere: release_not_accepted U0LEAD {"why":"released_before"})"});
}

TEST_CASE(
    "who cannot be told from another ends no freeze with them, unless the settings let it pass", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    bench.directory.people[lead].email.reset();
    SECTION("refused")
    {
        CHECK(press(bench).kind == Kind::committed);
        CHECK(is_frozen(bench));
        CHECK(bench.rows() == Words{R"(elsewhere: release_not_accepted U0LEAD {"why":"own_account_unknown"})"});
        CHECK(words(bench).find("users:read.email") != std::string::npos);
    }
    SECTION("let pass")
    {
        bench.settings.approval.own_account_check = OwnAccountCheck::say;
        CHECK(press(bench).kind == Kind::committed);
        CHECK_FALSE(is_frozen(bench));
    }
}

TEST_CASE("an earlier release of who cannot be told from others any more does not count", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    bench.directory.people[other_lead].email.reset();
    CHECK(press(bench).kind == Kind::committed);
    CHECK(is_frozen(bench));
    const auto releases = bench.ledger.reads().freeze().freeze->releases;
    REQUIRE(releases.size() == 1);
    CHECK(releases.front().by == lead);
}

TEST_CASE("while Slack cannot be asked about either of them, the release waits", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    bench.directory.problems[GENERATE(lead, other_lead)] = Problem{Errc::unavailable, "http_503"};
    const JobResult result = press(bench);
    CHECK(result.kind == Kind::retry);
    CHECK(result.why == "http_503");
    CHECK(is_frozen(bench));
    CHECK(bench.rows().empty());
    CHECK(bench.jobs().empty());
}

TEST_CASE("a release whose job is none of ours is buried", "[effects][freeze]")
{
    Bench bench;
    half_release(bench);
    const std::string payload = GENERATE(
        "", "7", "{}", R"({"pressed":1})", R"({"by":"{}","pressed":1})",
        R"({"by":"{\"user\":\"U0LEAD\",\"text\":\"\"}","pressed":"1"})",
        R"({"by":"{\"user\":\"U0LEAD\",\"text\":\"\"}"})");
    const Job job = bench.begin(approved_request(), job_kind::release, payload);
    const JobResult result = bench.perform(job);
    CHECK(result.kind == Kind::bury);
    CHECK(result.why == "payload_corrupt");
    CHECK(is_frozen(bench));
}
