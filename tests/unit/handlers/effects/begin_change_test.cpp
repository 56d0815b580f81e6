// What is checked once more before an approved change is sent.
#include "handlers/effects/change_password.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;

// Our change, applied.
Account ada_changed()
{
    Account account = account_of_ada();
    account.last_password_reset = noon + 1s;
    account.marker = "cs-1";
    return account;
}

// A tenant in which the change succeeds.
void let_change(Bench& bench)
{
    bench.accounts.on_read = [&bench] { return bench.accounts.passwords.empty() ? account_of_ada() : ada_changed(); };
    bench.accounts.on_change = [](const PasswordChange&) { return ada_changed(); };
}

JobResult carry_out(Bench& bench, const Request& request)
{
    const Job job = bench.begin(request, job_kind::change);
    return bench.perform(job);
}

void check_failed(Bench& bench, const std::string& ending)
{
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending.name() == ending);
    CHECK(bench.job(job_kind::change).state == "done");
    CHECK(bench.accounts.passwords.empty());
    CHECK(bench.sealed().empty());
    CHECK(
        bench.rows() ==
        std::vector<std::string>{
            R"(request_failed countersign {"state":"failed","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD","ending":")" +
            ending + "\"}"});
}

}  // namespace

TEST_CASE("an approved change is sent as approved, with all that proves it durable before", "[effects][change]")
{
    Bench bench;
    let_change(bench);
    bench.settings.after_change.must_change = GENERATE(true, false);
    std::optional<Request> at_send;
    bench.accounts.on_change = [&](const PasswordChange& change) {
        at_send = bench.request();
        CHECK(bench.sealed() == "$Ada!Byron$!");
        CHECK(change.connection == "Main");
        CHECK(change.request == RequestId{"cs-1"});
        CHECK(change.at == bench.clock.now());
        CHECK(change.must_change == bench.settings.after_change.must_change);
        return ada_changed();
    };
    bench.clock.advance(9s);
    CHECK(carry_out(bench, approved_request()).kind == Kind::committed);
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1", "change auth0|1", "read auth0|1"});
    CHECK(bench.accounts.passwords == std::vector<std::string>{"$Ada!Byron$!"});
    REQUIRE(at_send);
    CHECK(at_send->state == State::executing);
    REQUIRE(at_send->intent);
    CHECK(at_send->intent->started_at == bench.clock.now());
    CHECK(at_send->intent->reset_before == noon - 240h);
    CHECK_FALSE(at_send->intent->blocked_before);
    CHECK(at_send->intent->sends == 1);
    CHECK(bench.request().state == State::changed);
    REQUIRE(bench.rows().size() == 2);
    CHECK(
        bench.rows()[0] ==
        R"(change_started countersign {"state":"executing","requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD"})");
    CHECK(bench.rows()[1].starts_with("password_changed countersign "));
}

TEST_CASE("that the account was blocked is kept before anything is sent", "[effects][change]")
{
    Bench bench;
    Account blocked = account_of_ada();
    blocked.blocked = true;
    Request request = approved_request();
    request.account = blocked;
    bench.accounts.on_read = [blocked] { return blocked; };
    bench.accounts.on_change = [&](const PasswordChange&) -> Outcome<Account> {
        CHECK(bench.request().intent->blocked_before);
        return Problem{Errc::answer_lost};
    };
    carry_out(bench, request);
    CHECK(bench.accounts.passwords.size() == 1);
}

TEST_CASE("a change is not begun before its time, and is looked at when that comes", "[effects][change]")
{
    Bench bench;
    let_change(bench);
    Request request = approved_request();
    request.change_from = noon + 10min;
    bench.clock.set(noon + 10min - 1500ms);
    const JobResult early = carry_out(bench, request);
    CHECK(early.kind == Kind::postpone);
    CHECK(early.wait == 2s);
    CHECK(early.why == "cooling");
    CHECK(bench.request().state == State::approved);
    CHECK(bench.accounts.calls.empty());

    bench.clock.set(noon + 10min);
    const Job job{bench.job(job_kind::change).id, "change", "cs-1/change", RequestId{"cs-1"}, "", 0, 1, noon};
    CHECK(bench.perform(job).kind == Kind::committed);
    CHECK(bench.request().state == State::changed);
}

TEST_CASE("an approval lapses two hours after it, or after the time that it waits for", "[effects][change]")
{
    Bench bench;
    let_change(bench);
    // From the decision; from the time that it waits for; from the decision, when that came later.
    const auto waits_for = GENERATE(std::optional<TimePoint>{}, std::optional{noon + 3h}, std::optional{noon - 3h});
    Request request = approved_request();
    request.change_from = waits_for;
    const TimePoint from = std::max(noon, waits_for.value_or(noon));
    SECTION("in time")
    {
        bench.clock.set(from + 2h);
        carry_out(bench, request);
        CHECK(bench.request().state == State::changed);
    }
    SECTION("too late")
    {
        bench.clock.set(from + 2h + 1ms);
        CHECK(carry_out(bench, request).kind == Kind::committed);
        check_failed(bench, "approval_too_old");
        CHECK(bench.accounts.calls.empty());
    }
}

TEST_CASE(
    "while everything is frozen a change waits half a minute at a time, and lapses in the end", "[effects][change]")
{
    Bench bench;
    bench.freeze();
    SECTION("waits")
    {
        const JobResult held = carry_out(bench, approved_request());
        CHECK(held.kind == Kind::postpone);
        CHECK(held.wait == 30s);
        CHECK(held.why == "frozen");
        CHECK(bench.request().state == State::approved);
    }
    SECTION("lapses")
    {
        bench.clock.set(noon + 2h + 1ms);
        carry_out(bench, approved_request());
        check_failed(bench, "frozen_too_long");
    }
    CHECK(bench.accounts.calls.empty());
    CHECK(bench.directory.asked.empty());
}

TEST_CASE("while Slack cannot be asked about rights nothing is begun, and it is tried again", "[effects][change]")
{
    Bench bench;
    bench.directory.problems[lead] = Problem{Errc::unavailable, "http_503", 9s};
    const JobResult result = carry_out(bench, approved_request());
    CHECK(result.kind == Kind::retry);
    CHECK(result.wait == 9s);
    CHECK(result.why == "rights_unknown");
    CHECK(bench.request().state == State::approved);
    CHECK(bench.accounts.calls.empty());
}

TEST_CASE("a right that was lost ends the request before Auth0 is asked for anything", "[effects][change]")
{
    Bench bench;
    SECTION("the approver's")
    {
        bench.directory.give(lead, {});
        carry_out(bench, approved_request());
        check_failed(bench, "approver_lost_right");
    }
    SECTION("the requester's")
    {
        bench.directory.give(agent, {});
        carry_out(bench, GENERATE(0, 1) == 0 ? approved_request() : approved_creation());
        CHECK(bench.request().ending == Ending::requester_lost_right);
        CHECK(bench.request().state == State::failed);
    }
    CHECK(bench.accounts.calls.empty());
}

TEST_CASE("an account that cannot be read now is read again; a definite no ends the request", "[effects][change]")
{
    Bench bench;
    Problem problem;
    bench.accounts.on_read = [&problem]() -> Outcome<Account> { return problem; };
    SECTION("rate limited: after the time that was asked for")
    {
        problem = Problem{Errc::rate_limited, "too_many_requests", 17s};
        const JobResult result = carry_out(bench, approved_request());
        CHECK(result.kind == Kind::postpone);
        CHECK(result.wait == 17s);
        CHECK(bench.request().state == State::approved);
    }
    SECTION("away")
    {
        problem = Problem{GENERATE(Errc::unreachable, Errc::unavailable, Errc::answer_lost), "http_503"};
        const JobResult result = carry_out(bench, approved_request());
        CHECK(result.kind == Kind::retry);
        CHECK(result.why == "http_503");
        CHECK(bench.request().state == State::approved);
    }
    SECTION("gone")
    {
        problem = Problem{Errc::not_found, "inexistent_user"};
        CHECK(carry_out(bench, approved_request()).kind == Kind::committed);
        check_failed(bench, "account_gone");
    }
    SECTION("refused, with a reason and without")
    {
        const auto [reason, ending] = GENERATE(
            table<std::string, std::string>({{"auth0_scope_missing", "auth0_scope_missing"}, {"", "forbidden"}}));
        problem = Problem{Errc::forbidden, reason};
        CHECK(carry_out(bench, approved_request()).kind == Kind::committed);
        check_failed(bench, ending);
    }
    CHECK(bench.accounts.calls.size() == 1);
}

TEST_CASE("an account that is not as it was approved is not changed", "[effects][change]")
{
    Bench bench;
    Account now = account_of_ada();
    bench.accounts.on_read = [&now] { return now; };
    Request request = approved_request();
    std::string ending = "account_changed";
    Tier tier;
    tier.name = "gold";
    tier.metadata = {MetadataMatch{{"plan"}, "gold"}};
    SECTION("blocked meanwhile") { now.blocked = true; }
    SECTION("changed meanwhile") { now.last_password_reset = noon; }
    SECTION("demands more")
    {
        tier.approvals = 2;
        ending = "demands_more";
    }
    SECTION("protected")
    {
        tier.refuse = true;
        ending = "protected";
    }
    SECTION("signed in since, and a first password was asked for")
    {
        request.purpose = Purpose::first_password;
        request.account->logins_count = 0;
        request.account->last_login.reset();
        ending = "has_signed_in";
    }
    if (ending == "demands_more" || ending == "protected")
    {
        bench.settings.tiers = {tier};
        now.app_metadata = R"({"plan":"gold"})";
    }
    carry_out(bench, request);
    check_failed(bench, ending);
}

TEST_CASE("an account that is to be made is checked against what is demanded now", "[effects][change]")
{
    Bench bench;
    Tier tier;
    tier.name = "acme";
    tier.domains = {"acme.example"};
    tier.approvals = 2;
    tier.refuse = GENERATE(true, false);
    bench.settings.tiers = {tier};
    carry_out(bench, approved_creation());
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending == (tier.refuse ? Ending::protected_account : Ending::demands_more));
    CHECK(bench.accounts.calls.empty());
}

TEST_CASE("a freeze between the checks and the send stops the send, and the job sees it", "[effects][change]")
{
    Bench bench;
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::link);
    bench.accounts.on_read = [&bench] {
        bench.freeze();
        return account_of_ada();
    };
    Request request = approved_request();
    request.format = format;
    const JobResult result = carry_out(bench, request);
    CHECK(result.kind == Kind::postpone);
    CHECK(result.wait == 0s);
    CHECK(result.why == "version_conflict");
    CHECK(bench.request().state == State::approved);
    CHECK(bench.accounts.passwords.empty());
    CHECK(bench.sealed().empty());
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1"});
    CHECK(bench.rows().empty());
}

TEST_CASE("a worker whose job was taken over while it looked sends nothing", "[effects][change]")
{
    Bench bench;
    Request request = approved_request();
    request.format = GENERATE(PasswordFormat::sop, PasswordFormat::link);
    bench.accounts.on_read = [&bench] {
        bench.clock.advance(301s);
        static_cast<void>(bench.claim(job_kind::change));
        return account_of_ada();
    };
    CHECK(carry_out(bench, request).kind == Kind::committed);
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1"});
    CHECK(bench.request().state == State::approved);
    CHECK(bench.sealed().empty());
    CHECK(bench.job(job_kind::change).state == "leased");
}

TEST_CASE("a first password is set for an account that nobody has signed in to", "[effects][change]")
{
    Bench bench;
    Account unused = account_of_ada();
    unused.logins_count = 0;
    unused.last_login.reset();
    bench.accounts.on_read = [unused] { return unused; };
    bench.accounts.on_change = [](const PasswordChange&) { return ada_changed(); };
    Request request = approved_request();
    request.purpose = Purpose::first_password;
    request.account = unused;
    carry_out(bench, request);
    CHECK(bench.request().state == State::changed);
}

TEST_CASE(
    "the time in which a change is settled begins when it is sent, not when its policy was read", "[effects][change]")
{
    Bench bench;
    let_change(bench);
    bench.accounts.on_policy = [&bench](Freshness) {
        bench.clock.advance(8s);
        return ConnectionPolicy{"Main"};
    };
    bench.accounts.on_change = [&bench](const PasswordChange& change) {
        CHECK(change.at == noon + 8s);
        CHECK(bench.request().intent->started_at == noon + 8s);
        return ada_changed();
    };
    Request request = approved_request();
    request.format = PasswordFormat::passphrase;
    carry_out(bench, request);
    CHECK(bench.accounts.passwords.size() == 1);
}

TEST_CASE("a change whose request has ended, or is not approved, does nothing", "[effects][change]")
{
    Bench bench;
    const State state = GENERATE(
        State::looking_up, State::choosing, State::pending, State::changed, State::denied, State::cancelled,
        State::expired, State::refused, State::failed, State::unknown);
    Request request = approved_request();
    request.state = state;
    CHECK(carry_out(bench, request).kind == Kind::committed);
    CHECK(bench.request().state == state);
    CHECK(bench.job(job_kind::change).state == "done");
    CHECK(bench.rows().empty());
    CHECK(bench.accounts.calls.empty());
}

TEST_CASE("a process that died after the send has lost the answer; before it, nothing was sent", "[effects][change]")
{
    Bench bench;
    let_change(bench);
    Request request = checking_request();
    request.state = State::executing;
    request.intent->sends = GENERATE(0, 1, 2);
    carry_out(bench, request);
    const bool was_sent = request.intent->sends > 0;
    CHECK(bench.request().state == (was_sent ? State::checking : State::changed));
    CHECK(bench.accounts.passwords.empty() == was_sent);
}
