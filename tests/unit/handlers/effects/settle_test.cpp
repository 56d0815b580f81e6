#include "handlers/effects/settle.hpp"

#include "handlers/effects/change_password.hpp"
#include "handlers/effects/conclude.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = Settled::Kind;

// The account after our change, or after parts of it.
Account ada_after(bool time_moved, bool marked)
{
    Account account = account_of_ada();
    if (time_moved) account.last_password_reset = noon + 1s;
    if (marked) account.marker = "cs-1";
    return account;
}

// What is read back, so long after the send that got no answer.
Settled settled(Bench& bench, Account seen, Milliseconds elapsed, Request request = checking_request())
{
    bench.clock.set(noon + elapsed);
    bench.accounts.on_read = [seen] { return seen; };
    return bench.run(settle_change(bench.services, std::move(request)));
}

void log_says(Bench& bench, Outcome<LogEvidence> evidence)
{
    bench.accounts.on_log = [evidence](const SentChange&) { return evidence; };
}

}  // namespace

TEST_CASE("settle: a moved time and our mark together prove the change, at whatever time", "[effects][settle]")
{
    Bench bench;
    const auto elapsed = GENERATE(2s, 61s, 24h);
    const Settled verdict = settled(bench, ada_after(true, true), elapsed);
    CHECK(verdict.kind == Kind::proved);
    CHECK(*verdict.account == ada_after(true, true));
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1"});
}

TEST_CASE("settle: a time that is only as late as before, or absent, has not moved", "[effects][settle]")
{
    Bench bench;
    Account account = ada_after(false, true);
    log_says(bench, LogEvidence::absent);
    SECTION("as late") { CHECK(settled(bench, account, 2s).kind == Kind::open); }
    SECTION("earlier")
    {
        account.last_password_reset = noon - 1000h;
        CHECK(settled(bench, account, 2s).kind == Kind::open);
    }
    SECTION("absent")
    {
        account.last_password_reset.reset();
        CHECK(settled(bench, account, 2s).kind == Kind::open);
    }
    SECTION("there, where there was none before: moved")
    {
        Request request = checking_request();
        request.intent->reset_before.reset();
        CHECK(settled(bench, account, 2s, request).kind == Kind::proved);
    }
}

TEST_CASE("settle: with one sign alone the tenant's log decides, from the time of the send", "[effects][settle]")
{
    Bench bench;
    const bool moved = GENERATE(true, false);
    std::vector<SentChange> asked;
    Outcome<LogEvidence> evidence = LogEvidence::found;
    bench.accounts.on_log = [&](const SentChange& change) {
        asked.push_back(change);
        return evidence;
    };
    Request sent_twice = checking_request();
    sent_twice.intent->sent_at = noon + 4s;
    CHECK(settled(bench, ada_after(moved, !moved), 24h, sent_twice).kind == Kind::proved);
    CHECK(asked.back().first_sent == noon);
    CHECK(asked.back().last_sent == noon + 4s);
    CHECK(bench.accounts.calls.back() == "log auth0|1 cs-1");

    evidence = GENERATE_COPY(
        Outcome<LogEvidence>{LogEvidence::absent}, Outcome<LogEvidence>{Problem{Errc::forbidden}},
        Outcome<LogEvidence>{Problem{Errc::unavailable}});
    CHECK(settled(bench, ada_after(moved, !moved), 2s).kind == Kind::open);
    CHECK(settled(bench, ada_after(moved, !moved), 10min - 1ms).kind == Kind::open);
    const Settled late = settled(bench, ada_after(moved, !moved), 10min);
    CHECK(late.kind == Kind::given_up);
    // Our mark without a time that moved is no sign of anybody else.
    CHECK(late.ending == (moved ? Ending::changed_by_someone : Ending::answer_lost));
}

TEST_CASE("settle: the mark of another request is no mark of ours", "[effects][settle]")
{
    Bench bench;
    Account account = ada_after(true, false);
    account.marker = "cs-10";
    log_says(bench, LogEvidence::absent);
    CHECK(settled(bench, account, 10min).ending == Ending::changed_by_someone);
}

TEST_CASE("settle: without any sign it is sent again once within a minute, then waited for", "[effects][settle]")
{
    Bench bench;
    const Account same = account_of_ada();
    CHECK(settled(bench, same, 2s).kind == Kind::send_again);
    CHECK(settled(bench, same, 60s).kind == Kind::send_again);
    CHECK(settled(bench, same, 60s + 1ms).kind == Kind::open);
    CHECK(settled(bench, same, 10min - 1ms).kind == Kind::open);

    Request sent_twice = checking_request();
    sent_twice.intent->sends = 2;
    CHECK(settled(bench, same, 2s, sent_twice).kind == Kind::open);
    CHECK(bench.accounts.calls == std::vector<std::string>(5, "read auth0|1"));
}

TEST_CASE("settle: sends that Auth0 itself said had failed leave room for others, eight in all", "[effects][settle]")
{
    Intent intent;
    intent.started_at = noon;
    const auto may = [&intent](int sends, int answered, Milliseconds elapsed = 10s) {
        intent.sends = sends;
        intent.answered = answered;
        return rules::may_send_again(intent, noon + elapsed);
    };
    CHECK(may(2, 1));
    CHECK_FALSE(may(2, 0));
    CHECK(may(7, 7));
    CHECK(may(7, 6));
    CHECK_FALSE(may(7, 5));
    CHECK_FALSE(may(8, 8));
    CHECK_FALSE(may(3, 3, 60s + 1ms));
}

TEST_CASE("settle: nothing was changed when the log says so, ten minutes after the last send", "[effects][settle]")
{
    Bench bench;
    Request request = checking_request();
    request.intent->sends = 2;
    request.intent->sent_at = noon + 30s;
    log_says(bench, LogEvidence::ruled_out);
    CHECK(settled(bench, account_of_ada(), 30s + 10min - 1ms, request).kind == Kind::open);
    CHECK(bench.accounts.calls.back() == "read auth0|1");  // the log is not asked before
    const Settled late = settled(bench, account_of_ada(), 30s + 10min, request);
    CHECK(late.kind == Kind::ruled_out);
    CHECK(late.ending == Ending::never_applied);
}

TEST_CASE("settle: what nothing proves either way is unknown", "[effects][settle]")
{
    Bench bench;
    Account account = account_of_ada();
    Request request = checking_request();
    Outcome<LogEvidence> evidence = LogEvidence::ruled_out;
    SECTION("a log that cannot be read, or is not so far yet")
    {
        evidence = GENERATE(
            Outcome<LogEvidence>{LogEvidence::absent}, Outcome<LogEvidence>{Problem{Errc::forbidden}},
            Outcome<LogEvidence>{Problem{Errc::refused}});
    }
    SECTION("a log that has it, though the account does not show it") { evidence = LogEvidence::found; }
    SECTION("a database that does not tell when its passwords change, or may not")
    {
        request.risk_notes = {RiskNote{GENERATE("custom_database", "policy_unknown"), ""}};
    }
    SECTION("a block that is not as it was") { account.blocked = true; }
    log_says(bench, evidence);
    const Settled late = settled(bench, account, 10min, request);
    CHECK(late.kind == Kind::given_up);
    CHECK(late.ending == Ending::answer_lost);
}

TEST_CASE("settle: a log that cannot be asked for a moment is waited for, five minutes more", "[effects][settle]")
{
    Bench bench;
    log_says(bench, Problem{GENERATE(Errc::unavailable, Errc::rate_limited, Errc::unreachable), "x"});
    CHECK(settled(bench, account_of_ada(), 10min).kind == Kind::open);
    CHECK(settled(bench, account_of_ada(), 15min - 1ms).kind == Kind::open);
    CHECK(settled(bench, account_of_ada(), 15min).kind == Kind::given_up);
}

TEST_CASE("settle: a block that was set or lifted meanwhile forbids the second send", "[effects][settle]")
{
    Bench bench;
    const bool before = GENERATE(true, false);
    Request request = checking_request();
    request.intent->blocked_before = before;
    Account account = account_of_ada();
    account.blocked = !before;
    CHECK(settled(bench, account, 2s, request).kind == Kind::open);
    account.blocked = before;
    CHECK(settled(bench, account, 2s, request).kind == Kind::send_again);
}

TEST_CASE("settle: an account that is gone, or cannot be read for ten minutes, is given up", "[effects][settle]")
{
    Bench bench;
    Problem problem{Errc::not_found, "inexistent_user"};
    bench.accounts.on_read = [&problem]() -> Outcome<Account> { return problem; };
    bench.clock.set(noon + 2s);
    const Settled gone = bench.run(settle_change(bench.services, checking_request()));
    CHECK(gone.kind == Kind::given_up);
    CHECK(gone.ending == Ending::account_gone);

    problem = Problem{GENERATE(Errc::unavailable, Errc::rate_limited, Errc::forbidden), "x"};
    CHECK(bench.run(settle_change(bench.services, checking_request())).kind == Kind::open);
    bench.clock.set(noon + 10min - 1ms);
    CHECK(bench.run(settle_change(bench.services, checking_request())).kind == Kind::open);
    bench.clock.set(noon + 10min);
    const Settled late = bench.run(settle_change(bench.services, checking_request()));
    CHECK(late.kind == Kind::given_up);
    CHECK(late.ending == Ending::answer_lost);
}

TEST_CASE("a password is sealed for its request, its requester, its address and its connection", "[effects][settle]")
{
    CHECK(credential_context(approved_request()) == "credential:cs-1\nU0AGENT\nada@acme.example\nMain");
}

// --- after an answer that says yes

namespace {

Request executing_request()
{
    Request request = checking_request();
    request.state = State::executing;
    return request;
}

// The answer and what is read back behind it.
void confirmed(Bench& bench, const Account& answered, Outcome<Account> seen)
{
    const Job job = bench.begin(executing_request(), job_kind::change);
    bench.seal("secret");
    bench.accounts.on_read = [seen] { return seen; };
    bench.clock.advance(1s);
    const JobResult result = bench.run(confirm(bench.running(job), answered));
    CHECK(result.kind == JobResult::Kind::committed);
}

}  // namespace

TEST_CASE("confirm: a yes without any sign of the change, in it or behind it, is Checking", "[effects][settle]")
{
    Bench bench;
    const auto seen = GENERATE_COPY(
        Outcome<Account>{account_of_ada()}, Outcome<Account>{Problem{Errc::unavailable}},
        Outcome<Account>{Problem{Errc::not_found}});
    confirmed(bench, account_of_ada(), seen);
    CHECK(bench.request().state == State::checking);
    CHECK_FALSE(bench.request().handover);
    CHECK(bench.sealed() == "secret");
    const StoredJob job = bench.job(job_kind::change);
    CHECK(job.state == "ready");
    CHECK(job.due == bench.clock.now() + 2s);
}

TEST_CASE("confirm: one sign, in the answer or behind it, is enough for Done", "[effects][settle]")
{
    Bench bench;
    const bool moved = GENERATE(true, false);
    SECTION("in the answer alone")
    {
        const auto seen =
            GENERATE_COPY(Outcome<Account>{account_of_ada()}, Outcome<Account>{Problem{Errc::unavailable}});
        confirmed(bench, ada_after(moved, !moved), seen);
    }
    SECTION("behind it alone") { confirmed(bench, account_of_ada(), ada_after(moved, !moved)); }
    CHECK(bench.request().state == State::changed);
    CHECK(bench.request().handover);
}

TEST_CASE(
    "confirm: the time that is kept is that of our change, not of a later one of the owner's", "[effects][settle]")
{
    Bench bench;
    Account seen = ada_after(true, true);
    seen.last_password_reset = noon + 30s;
    SECTION("the answer has a time")
    {
        confirmed(bench, ada_after(true, true), seen);
        CHECK(bench.request().account->last_password_reset == noon + 1s);
    }
    SECTION("the answer's time has not moved")
    {
        confirmed(bench, ada_after(false, true), seen);
        CHECK(bench.request().account->last_password_reset == noon + 30s);
    }
}

// --- outcomes

TEST_CASE(
    "prove: Done is recorded with its row, the time of the change and the end of the wait for the press",
    "[effects][settle]")
{
    Bench bench;
    const Job job = bench.begin(checking_request(), job_kind::change);
    bench.seal("secret");
    bench.settings.after_change = AfterCareSettings{false, false, false, false};
    bench.settings.password.reveal_within = 7min;
    bench.clock.advance(5s);
    CHECK(bench.run(prove(bench.running(job), ada_after(true, true))).kind == JobResult::Kind::committed);
    const Request done = bench.request();
    CHECK(done.state == State::changed);
    CHECK(done.updated_at == bench.clock.now());
    CHECK(done.account->last_password_reset == noon + 1s);
    // The rest of the account is kept as it was approved.
    CHECK(done.account->marker.empty());
    REQUIRE(done.handover);
    CHECK(done.handover->state == HandoverState::ready);
    CHECK(done.handover->until == bench.clock.now() + 7min);
    CHECK(done.reblock == AfterChange::not_needed);
    CHECK(bench.sealed() == "secret");
    CHECK(bench.job(job_kind::change).state == "done");
    CHECK(
        bench.rows() ==
        std::vector<std::string>{
            R"(password_changed countersign {"state":"changed","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD"})"});
    CHECK(
        bench.added() ==
        std::vector<std::string>{
            "handover_expire cs-1/handover_expire +420000", "card cs-1/card +0", "answer cs-1/answer +0",
            "requester_dm cs-1/requester_dm +0", "announce cs-1/announce +0", "homes homes +2000"});
}

TEST_CASE("prove: the steps after a change begin with it, as configured", "[effects][settle]")
{
    Bench bench;
    const Job job = bench.begin(checking_request(), job_kind::change);
    bench.settings.after_change = AfterCareSettings{true, false, true, false};
    bench.run(prove(bench.running(job), ada_after(true, true)));
    CHECK(bench.request().after_change.size() == 2);
    CHECK(bench.job(after_change::mark_must_change).state == "ready");
    CHECK(bench.job(after_change::revoke_tokens).state == "ready");
}

TEST_CASE("prove: a block is put back when the change cleared it, and only then", "[effects][settle]")
{
    Bench bench;
    const bool before = GENERATE(true, false);
    const bool now = GENERATE(true, false);
    CAPTURE(before, now);
    Request request = checking_request();
    request.intent->blocked_before = before;
    const Job job = bench.begin(request, job_kind::change);
    Account account = ada_after(true, true);
    account.blocked = now;
    bench.run(prove(bench.running(job), account));
    CHECK(bench.request().state == State::changed);
    const bool wanted = before && !now;
    CHECK(bench.request().reblock == (wanted ? AfterChange::waiting : AfterChange::not_needed));
    const auto jobs = bench.added();
    CHECK((std::count(jobs.begin(), jobs.end(), "reblock cs-1/reblock +0") == 1) == wanted);
    // The audit channel's one message waits for the block.
    CHECK((std::count(jobs.begin(), jobs.end(), "announce cs-1/announce +0") == 0) == wanted);
    CHECK(std::count(jobs.begin(), jobs.end(), "requester_dm cs-1/requester_dm +0") == 1);
}

TEST_CASE(
    "give up: Unknown is recorded with its reason, destroys the password, and reveals nothing", "[effects][settle]")
{
    Bench bench;
    const Job job = bench.begin(checking_request(), job_kind::change);
    bench.seal("secret");
    bench.run(give_up(bench.running(job), Ending::changed_by_someone));
    CHECK(bench.request().state == State::unknown);
    CHECK(bench.request().ending == Ending::changed_by_someone);
    CHECK_FALSE(bench.request().handover);
    CHECK(bench.sealed().empty());
    CHECK(bench.job(job_kind::change).state == "done");
    CHECK(bench.request().reblock == AfterChange::not_needed);
    CHECK(
        bench.rows() ==
        std::vector<std::string>{
            R"(change_outcome_unknown countersign {"state":"unknown","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD","ending":"changed_by_someone"})"});
}

TEST_CASE(
    "give up: a block is put back, as the change that may have been applied may have cleared it", "[effects][settle]")
{
    Bench bench;
    Request request = checking_request();
    request.intent->blocked_before = true;
    const Job job = bench.begin(request, job_kind::change);
    bench.run(give_up(bench.running(job), Ending::answer_lost));
    CHECK(bench.request().state == State::unknown);
    CHECK(bench.request().reblock == AfterChange::waiting);
    CHECK(bench.job(job_kind::reblock).state == "ready");
}

TEST_CASE("a lost answer: Checking is recorded, and the same job looks after two seconds", "[effects][settle]")
{
    Bench bench;
    const Job job = bench.begin(executing_request(), job_kind::change);
    bench.seal("secret");
    bench.clock.advance(3s);
    bench.run(lose_answer(bench.running(job)));
    CHECK(bench.request().state == State::checking);
    CHECK(bench.sealed() == "secret");
    const StoredJob again = bench.job(job_kind::change);
    CHECK(again.state == "ready");
    CHECK(again.due == bench.clock.now() + 2s);
    CHECK(again.attempts == 0);
    CHECK(again.error == "answer_lost");
    CHECK(
        bench.rows() ==
        std::vector<std::string>{
            R"(change_answer_lost countersign {"state":"checking","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD"})"});
}
