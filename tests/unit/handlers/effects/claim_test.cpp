// The press of Approve, once it is stored: Slack is asked before it counts.
#include "handlers/effects/claim.hpp"

#include "handlers/effects/dead_letters.hpp"
#include "handlers/effects/perform.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"
#include "tests/support/text.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;
using Words = std::vector<std::string>;

const Problem silence{Errc::unavailable, "http_500"};

// The first lead has pressed Approve at noon.
Request pressed_request()
{
    Request request = approved_request();
    request.state = State::pending;
    request.asked = true;
    request.approvals.clear();
    request.decision.reset();
    request.expires_at = noon + 4h;
    request.claims = {Decision{lead, noon}};
    return request;
}

std::string payload_of(const SlackUserId& who)
{
    Note by{who, ""};
    by.channel = ChannelId{"C0APPROVALS"};
    return claim_job(RequestId{"cs-1"}, by, noon).payload;
}

Job pressed(Bench& bench, Request request = pressed_request())
{
    return bench.begin(std::move(request), job_kind::claim, payload_of(lead));
}

JobResult settle(Bench& bench, const Job& job) { return bench.perform(job); }

// Somebody else acts between the look and the commit.
void before_commit(Bench& bench, std::function<void()> act)
{
    bench.store.dies_before_commit = [act = std::move(act)](int number) {
        if (number == 1) act();
        return false;
    };
}

void deny(Bench& bench)
{
    Request request = bench.request();
    request.decision = Decision{other_lead, noon};
    Transaction denied{noon};
    advance(denied, std::move(request), Event::deny, "U0LEAD2");
    REQUIRE(bench.ledger.engine().apply({&denied, 1}).front().has_value());
}

// What whoever pressed is told.
std::string words(Bench& bench)
{
    const StoredJob stored = bench.job(job_kind::note);
    const Note note = payload_from<Note>(stored.payload).value();
    CHECK(note.user == lead);
    CHECK(note.channel == ChannelId{"C0APPROVALS"});
    return note.text;
}

bool is_told(Bench& bench)
{
    const auto jobs = bench.jobs();
    return std::any_of(jobs.begin(), jobs.end(), [](const StoredJob& job) { return job.kind == job_kind::note; });
}

// Nothing but the press was taken back.
void check_taken_back(Bench& bench, const std::string& why, const std::string& said)
{
    const Request request = bench.request();
    CHECK(request.state == State::pending);
    CHECK(request.claims.empty());
    CHECK(request.approvals.empty());
    CHECK_FALSE(request.decision);
    CHECK(bench.rows() == Words{R"(approval_claim_ended U0LEAD {"why":")" + why + R"("})"});
    CHECK(has(words(bench), said));
    CHECK(bench.job(job_kind::card).state == "ready");
    CHECK(bench.job(job_kind::claim).state == "done");
}

}  // namespace

TEST_CASE("a press that Slack confirms approves in the name of whoever pressed, and when", "[effects][claims]")
{
    Bench bench;
    const Job job = pressed(bench);
    bench.clock.advance(2s);
    CHECK(settle(bench, job).kind == Kind::committed);
    const Request request = bench.request();
    CHECK(request.state == State::approved);
    CHECK(request.claims.empty());
    REQUIRE(request.decision);
    CHECK(request.decision->by == lead);
    CHECK(request.decision->at == noon);
    REQUIRE(request.approvals.size() == 1);
    CHECK(request.approvals.front().by == lead);
    REQUIRE(bench.rows().size() == 1);
    CHECK(bench.rows().front().starts_with("request_approved U0LEAD"));
    CHECK(
        bench.added() ==
        Words{
            "change cs-1/change +0", "still_waiting cs-1/still_waiting +30000", "card cs-1/card +0",
            "homes homes +2000"});
    CHECK(bench.job(job_kind::claim).state == "done");
    CHECK(bench.directory.asked == std::vector<SlackUserId>{lead});
}

TEST_CASE("what cools begins when the delay is over, counted from when it counts", "[effects][claims]")
{
    const bool has_line = GENERATE(true, false);
    Bench bench;
    Request request = pressed_request();
    request.cooling = 10min;
    request.reply.reset();
    if (has_line) request.reply = ReplyPath{Sealed{"x"}, noon + 29min, ChannelId{"C0DESK"}};
    const Job job = pressed(bench, request);
    bench.clock.advance(2s);
    settle(bench, job);
    CHECK(bench.request().state == State::approved);
    CHECK(bench.request().change_from == noon + 2s + 10min);
    CHECK(bench.added().front() == "begin_change cs-1/begin_change +600000");
    CHECK((bench.added().at(1) == "answer cs-1/answer +0") == has_line);
}

TEST_CASE("the first of two approvals leaves the presses of others where they are", "[effects][claims]")
{
    Bench bench;
    Request request = pressed_request();
    request.approvals_needed = 2;
    request.claims.push_back(Decision{other_lead, noon + 1s});
    const Job job = pressed(bench, request);
    settle(bench, job);
    CHECK(bench.request().state == State::pending);
    REQUIRE(bench.request().approvals.size() == 1);
    REQUIRE(bench.request().claims.size() == 1);
    CHECK(bench.request().claims.front().by == other_lead);
    CHECK(bench.rows().front().starts_with("request_endorsed U0LEAD"));
}

TEST_CASE("the approval that completes it ends the presses of others", "[effects][claims]")
{
    Bench bench;
    Request request = pressed_request();
    request.claims.push_back(Decision{other_lead, noon + 1s});
    settle(bench, pressed(bench, request));
    CHECK(bench.request().state == State::approved);
    CHECK(bench.request().claims.empty());
    CHECK(bench.request().approvals.size() == 1);
}

TEST_CASE("a press under a local id counts as the person's whose id it is", "[effects][claims]")
{
    Bench bench;
    const SlackUserId whole{"W0LEAD"};
    bench.directory.identities.emplace(lead, whole);
    settle(bench, pressed(bench));
    REQUIRE(bench.request().decision);
    CHECK(bench.request().decision->by == whole);
    CHECK(bench.rows().front().starts_with("request_approved W0LEAD"));
}

TEST_CASE("a press that Slack does not confirm is taken back, with words", "[effects][claims]")
{
    Bench bench;
    std::string why = "not_an_approver", said = "Only the approvers user group decides here";
    SECTION("an approver no more") { bench.directory.give(lead, {Role::auditor}); }
    SECTION("a guest by now")
    {
        bench.directory.people[lead].status = MemberStatus::guest;
        why = "guest";
        said = "Guests cannot use Countersign";
    }
    SECTION("their own account")
    {
        bench.directory.people[lead].email = Email{"ada@acme.example"};
        why = "own_account";
        said = "about your own account";
    }
    SECTION("the requester's other id")
    {
        bench.directory.identities.emplace(lead, agent);
        why = "own_request";
        said = "your own request";
    }
    SECTION("a shared channel")
    {
        bench.directory.channel = ChannelSafety::shared_outside;
        why = "channel_shared";
        said = "shared with people of another company";
    }
    SECTION("a channel that is not shown")
    {
        bench.directory.channel = ChannelSafety::unknown;
        why = "channel_unknown";
        said = "cannot see at the moment who is in the approvals channel";
    }
    settle(bench, pressed(bench));
    check_taken_back(bench, why, said);
}

TEST_CASE("a second press of one person, under whatever id or address, is no second approval", "[effects][claims]")
{
    Bench bench;
    Request request = pressed_request();
    request.approvals_needed = 2;
    request.approvals = {Decision{other_lead, noon - 1min}};
    SECTION("another id") { bench.directory.identities.emplace(other_lead, lead); }
    SECTION("another profile with the same address")
    {
        bench.directory.people[lead].email = Email{"dual@staff.example"};
        bench.directory.people[other_lead].email = Email{"dual@staff.example"};
    }
    settle(bench, pressed(bench, request));
    CHECK(bench.request().state == State::pending);
    CHECK(bench.request().approvals.size() == 1);
    CHECK(bench.rows() == Words{R"(approval_claim_ended U0LEAD {"why":"approved_before"})"});
    CHECK(has(words(bench), "you have approved this request already"));
}

TEST_CASE("while Slack does not say it is asked again, and in the end nothing was approved", "[effects][claims]")
{
    Bench bench;
    const bool is_channel = GENERATE(false, true);
    if (is_channel)
        bench.directory.channel_problem = silence;
    else
        bench.directory.problems[lead] = silence;
    Job job = pressed(bench);
    settle(bench, job);
    CHECK(bench.request().state == State::pending);
    CHECK(bench.request().claims.size() == 1);
    CHECK(bench.rows().empty());
    CHECK_FALSE(is_told(bench));
    StoredJob again = bench.job(job_kind::claim);
    CHECK(again.state == "ready");
    CHECK(again.due == noon + 1s);
    CHECK(again.attempts == 1);
    CHECK(again.error == "http_500");

    bench.clock.advance(claim_settled_within - 1ms);
    job = bench.claim(job_kind::claim);
    settle(bench, job);
    CHECK(bench.job(job_kind::claim).due == noon + claim_settled_within);
    bench.clock.advance(1ms);
    settle(bench, bench.claim(job_kind::claim));
    check_taken_back(
        bench, is_channel ? "channel_unknown" : "rights_unknown",
        is_channel ? "did not say in time who can read the approvals channel"
                   : "did not say in time whether you may approve");
}

TEST_CASE("whoever was down for long asks once before a press is taken back", "[effects][claims]")
{
    Bench bench;
    Job job = pressed(bench);
    bench.clock.advance(1h);
    const bool answers = GENERATE(true, false);
    if (!answers) bench.directory.problems[lead] = silence;
    settle(bench, job);
    CHECK(bench.directory.asked == std::vector<SlackUserId>{lead});
    CHECK(bench.request().state == (answers ? State::approved : State::pending));
    if (!answers) check_taken_back(bench, "rights_unknown", "Nothing was approved");
}

TEST_CASE("a press from before the expiry counts after it", "[effects][claims]")
{
    Bench bench;
    Request request = pressed_request();
    request.expires_at = noon + 1ms;
    Job job = pressed(bench, request);
    bench.clock.advance(5s);
    settle(bench, job);
    CHECK(bench.request().state == State::approved);
}

TEST_CASE("a freeze ends a press that is not settled, and says who froze", "[effects][claims][freeze]")
{
    Bench bench;
    const Job job = pressed(bench);
    SECTION("before it is looked at") { bench.freeze(); }
    SECTION("between the look and the commit")
    {
        before_commit(bench, [&bench] { bench.freeze(); });
        // It is looked at again, at once.
        CHECK(settle(bench, job).kind == Kind::postpone);
        CHECK(bench.request().claims.size() == 1);
    }
    settle(bench, job);
    check_taken_back(bench, "frozen", "Nothing was approved. *Frozen* by <@U0LEAD>");
}

TEST_CASE("who was overtaken is told what was decided, and by whom; nobody is asked", "[effects][claims]")
{
    Bench bench;
    const Job job = pressed(bench);
    deny(bench);
    CHECK(bench.request().claims.empty());
    settle(bench, job);
    CHECK(bench.request().state == State::denied);
    CHECK(bench.rows().back() == R"(approval_claim_ended U0LEAD {"why":"decided_already"})");
    CHECK(has(words(bench), "already *Denied*, denied by <@U0LEAD2>"));
    CHECK(bench.directory.asked.empty());
    CHECK(bench.job(job_kind::claim).state == "done");
}

TEST_CASE("a denial while Slack is asked wins, and the press is looked at again", "[effects][claims]")
{
    Bench bench;
    const Job job = pressed(bench);
    before_commit(bench, [&bench] { deny(bench); });
    CHECK(settle(bench, job).kind == Kind::postpone);
    settle(bench, job);
    CHECK(bench.request().state == State::denied);
    CHECK(bench.request().approvals.empty());
    CHECK(has(words(bench), "denied by <@U0LEAD2>"));
}

TEST_CASE("the expiry waits for a press that is not settled", "[effects][claims]")
{
    Bench bench;
    Request request = pressed_request();
    request.expires_at = noon;
    request.claims.front().at = noon - 1s;
    Job job = bench.begin(request, job_kind::expire);
    bench.run(perform(bench.services, job));
    CHECK(bench.request().state == State::pending);
    CHECK(bench.job(job_kind::expire).due == noon + 1s);
    // A press that nothing settles is waited for no longer than what it claims would last.
    bench.clock.advance(claim_age_max);
    bench.run(perform(bench.services, bench.claim(job_kind::expire)));
    CHECK(bench.request().state == State::expired);
    CHECK(bench.request().claims.empty());
}

TEST_CASE("a press whose job is given up is taken back, and whoever pressed is told", "[effects][claims]")
{
    Bench bench;
    const Job job = pressed(bench);
    CHECK(bench.run(bury(bench.services, job, "internal_error")).kind == Kind::committed);
    CHECK(bench.request().state == State::pending);
    CHECK(bench.request().claims.empty());
    CHECK(
        bench.rows() ==
        Words{
            R"(job_buried countersign {"kind":"claim","error":"internal_error"})",
            R"(approval_claim_ended U0LEAD {"why":"given_up"})"});
    CHECK(has(words(bench), "Nothing was approved"));
    CHECK(bench.job(job_kind::claim).state == "dead");
}

TEST_CASE("a press whose job cannot be read leaves nobody waiting", "[effects][claims]")
{
    Bench bench;
    const Job job = bench.begin(pressed_request(), job_kind::claim, "{}");
    bench.run(perform(bench.services, job));
    CHECK(bench.request().state == State::pending);
    CHECK(bench.request().claims.empty());
    CHECK(bench.rows() == Words{R"(job_buried countersign {"kind":"claim","error":"payload_corrupt"})"});
    CHECK(bench.job(job_kind::card).state == "ready");
}
