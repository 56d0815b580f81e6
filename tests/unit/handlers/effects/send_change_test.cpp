// What becomes of a change by what Auth0 answers to it.
#include "handlers/effects/change_password.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;

const std::string details = R"("requester":"U0AGENT","email":"a…a@acme.example","decided_by":"U0LEAD")";
const std::string started = R"(change_started countersign {"state":"executing",)" + details + "}";

// Answers the change with this, and reads the account as it was before.
void answer_change(Bench& bench, const Problem& problem)
{
    bench.accounts.on_read = [] { return account_of_ada(); };
    bench.accounts.on_change = [problem](const PasswordChange&) -> Outcome<Account> { return problem; };
    bench.accounts.on_create = [problem](const NewAccount&) -> Outcome<Account> { return problem; };
    bench.accounts.on_policy = [](Freshness) { return ConnectionPolicy{"Main"}; };
}

JobResult carry_out(Bench& bench, const Request& request)
{
    const Job job = bench.begin(request, job_kind::change);
    return bench.perform(job);
}

// The same for a request whose first answer was lost: the password is sealed, and is sent a second time.
JobResult send_again(Bench& bench, const Request& request = checking_request())
{
    const Job job = bench.begin(request, job_kind::change);
    bench.seal("$Ada!Byron$!");
    return bench.perform(job);
}

}  // namespace

TEST_CASE("what is known not to have been applied is held, and the same password waits", "[effects][send]")
{
    Bench bench;
    const auto code = GENERATE(Errc::rate_limited, Errc::unreachable, Errc::unavailable);
    answer_change(bench, Problem{code, "x", 13s});
    const JobResult result = carry_out(bench, approved_request());
    CHECK(result.kind == (code == Errc::rate_limited ? Kind::postpone : Kind::retry));
    CHECK(result.wait == 13s);
    CHECK(bench.request().state == State::executing);
    CHECK(bench.request().intent->sends == 0);
    CHECK(bench.sealed() == "$Ada!Byron$!");
    CHECK(bench.job(job_kind::change).state == "leased");  // the runner ends it
    CHECK(bench.rows() == std::vector<std::string>{started});
}

TEST_CASE("a change that another worker has by now is not held by the first", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::unavailable, "x"});
    bench.accounts.on_change = [&bench](const PasswordChange&) -> Outcome<Account> {
        bench.clock.advance(301s);
        static_cast<void>(bench.claim(job_kind::change));
        return Problem{Errc::unavailable, "x"};
    };
    carry_out(bench, approved_request());
    CHECK(bench.request().intent->sends == 1);
}

TEST_CASE("what was held is checked again and sent with the password that is sealed", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    Request held = checking_request();
    held.state = State::executing;
    held.intent->sends = 0;
    bench.clock.advance(40min);
    SECTION("sent")
    {
        const Job job = bench.begin(held, job_kind::change);
        bench.seal("an earlier draw");
        bench.perform(job);
        CHECK(bench.accounts.passwords == std::vector<std::string>{"an earlier draw"});
        CHECK(bench.directory.asked.size() == 2);
        CHECK(bench.request().intent->sends == 1);
        // The time in which it is settled begins with the send.
        CHECK(bench.request().intent->started_at == bench.clock.now());
        // It was started already.
        CHECK(bench.rows().size() == 1);
    }
    SECTION("not any more, when a right was lost")
    {
        bench.directory.give(lead, {});
        const Job job = bench.begin(held, job_kind::change);
        bench.seal("an earlier draw");
        bench.perform(job);
        CHECK(bench.accounts.passwords.empty());
        CHECK(bench.request().ending == Ending::approver_lost_right);
        CHECK(bench.sealed().empty());
    }
}

TEST_CASE("a lost answer is Checking, and the password waits for its proof", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost, "deadline"});
    CHECK(carry_out(bench, approved_request()).kind == Kind::committed);
    CHECK(bench.request().state == State::checking);
    CHECK(bench.sealed() == "$Ada!Byron$!");
    CHECK(bench.job(job_kind::change).due == noon + 2s);
    CHECK(bench.rows().size() == 2);
}

TEST_CASE("a no to the first send is Failed with its reason, and the password is destroyed", "[effects][send]")
{
    Bench bench;
    const auto [code, reason, ending] = GENERATE(table<Errc, std::string, std::string>(
        {{Errc::refused, "password_too_weak", "password_too_weak"},
         {Errc::refused, "", "refused"},
         {Errc::forbidden, "auth0_scope_missing", "auth0_scope_missing"},
         {Errc::not_found, "", "not_found"}}));
    answer_change(bench, Problem{code, reason});
    CHECK(carry_out(bench, approved_request()).kind == Kind::committed);
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending.name() == ending);
    CHECK(bench.sealed().empty());
    CHECK_FALSE(bench.request().handover);
    CHECK(bench.job(job_kind::change).state == "done");
    CHECK(
        bench.rows() ==
        std::vector<std::string>{
            started, R"(request_failed countersign {"state":"failed",)" + details + R"(,"ending":")" + ending + "\"}"});
}

TEST_CASE("a second send is recorded as such, with the same password and the time of the first", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    bench.clock.advance(2s);
    CHECK(send_again(bench).kind == Kind::committed);
    CHECK(bench.accounts.passwords == std::vector<std::string>{"$Ada!Byron$!"});
    CHECK(bench.request().intent->sends == 2);
    CHECK(bench.request().intent->started_at == noon);
    REQUIRE(bench.rows().size() == 2);
    CHECK(bench.rows()[0] == R"(change_resent countersign {"state":"executing",)" + details + "}");
    CHECK(bench.rows()[1] == R"(change_answer_lost countersign {"state":"checking",)" + details + "}");
}

TEST_CASE("a no to the second send says nothing of the first: Checking, never Failed", "[effects][send]")
{
    Bench bench;
    const auto code = GENERATE(Errc::refused, Errc::forbidden, Errc::not_found);
    answer_change(bench, Problem{code, "password_used_before"});
    CHECK(send_again(bench).kind == Kind::committed);
    CHECK(bench.request().state == State::checking);
    CHECK(bench.request().ending.is_none());
    CHECK(bench.sealed() == "$Ada!Byron$!");
    CHECK(bench.job(job_kind::change).due == bench.clock.now() + 2s);
}

TEST_CASE("a second send that is held leaves the first as one that may have been applied", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::rate_limited, "x", 4s});
    const JobResult result = send_again(bench);
    CHECK(result.kind == Kind::postpone);
    CHECK(bench.request().intent->sends == 1);
    CHECK(bench.request().state == State::executing);
}

TEST_CASE("nothing is sent a second time while frozen or without rights; reading goes on", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    std::string why = "resend_not_allowed";
    SECTION("frozen")
    {
        bench.freeze();
        why = "frozen";
    }
    SECTION("a right was lost") { bench.directory.give(lead, {}); }
    SECTION("the requester's right was lost") { bench.directory.give(agent, {}); }
    SECTION("rights cannot be asked for") { bench.directory.problems[lead] = Problem{Errc::unavailable}; }
    const JobResult result = send_again(bench);
    CHECK(result.kind == Kind::postpone);
    CHECK(result.wait == 5s);
    CHECK(result.why == why);
    CHECK(bench.request().state == State::checking);
    CHECK(bench.request().intent->sends == 1);
    CHECK(bench.accounts.passwords.empty());
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1"});
}

TEST_CASE("a freeze between the checks and the second send stops it", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    const Job job = bench.begin(checking_request(), job_kind::change);
    bench.seal("secret");
    bench.store.dies_before_commit = [&bench](int) {
        bench.freeze();
        return false;
    };
    const JobResult result = bench.perform(job);
    CHECK(result.kind == Kind::postpone);
    CHECK(bench.accounts.passwords.empty());
    CHECK(bench.request().state == State::checking);
    CHECK(bench.request().intent->sends == 1);
}

TEST_CASE("an outcome that is open is looked at every five seconds", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    bench.clock.advance(61s);
    const JobResult result = send_again(bench);
    CHECK(result.kind == Kind::postpone);
    CHECK(result.wait == 5s);
    CHECK(result.why == "outcome_open");
    CHECK(bench.accounts.passwords.empty());
}

TEST_CASE("a change that is proved by reading, or given up, ends so", "[effects][send]")
{
    Bench bench;
    Account account = account_of_ada();
    bench.accounts.on_read = [&account] { return account; };
    SECTION("proved")
    {
        account.last_password_reset = noon + 1s;
        account.marker = "cs-1";
        send_again(bench);
        CHECK(bench.request().state == State::changed);
        CHECK(bench.request().account->last_password_reset == noon + 1s);
    }
    SECTION("given up")
    {
        bench.accounts.on_log = [](const SentChange&) { return LogEvidence::absent; };
        bench.clock.advance(10min);
        send_again(bench);
        CHECK(bench.request().state == State::unknown);
        CHECK(bench.request().ending == Ending::answer_lost);
    }
    CHECK(bench.accounts.passwords.empty());
}

TEST_CASE("a password that is not there, or does not open, is not sent", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    Request request = checking_request();
    SECTION("missing")
    {
        const Job job = bench.begin(request, job_kind::change);
        const JobResult result = bench.perform(job);
        CHECK(result.kind == Kind::bury);
        CHECK(result.why == "credential_missing");
    }
    SECTION("corrupt, and one may have been applied: nobody can say what is set")
    {
        const Job job = bench.begin(request, job_kind::change);
        bench.seal("secret");
        // Sealed for another requester.
        Transaction change{noon};
        change.update.emplace(bench.request());
        change.update->requester = other_lead;
        REQUIRE(bench.ledger.engine().apply({&change, 1}).front().has_value());
        bench.directory.give(other_lead, {Role::support});
        const JobResult result = bench.perform(job);
        CHECK(result.kind == Kind::bury);
        CHECK(result.why == "credential_corrupt");
    }
    SECTION("corrupt, and none was ever sent: Failed")
    {
        request.state = State::executing;
        request.intent->sends = 0;
        const Job job = bench.begin(request, job_kind::change);
        bench.seal("secret");
        Transaction change{noon};
        change.update.emplace(bench.request());
        change.update->requester = other_lead;
        REQUIRE(bench.ledger.engine().apply({&change, 1}).front().has_value());
        bench.directory.give(other_lead, {Role::support});
        CHECK(bench.perform(job).kind == Kind::committed);
        CHECK(bench.request().state == State::failed);
        CHECK(bench.request().ending == Ending::credential_corrupt);
    }
    CHECK(bench.accounts.passwords.empty());
}

// --- a passphrase for a policy that has changed

namespace {

Request for_passphrase()
{
    Request request = approved_request();
    request.format = PasswordFormat::passphrase;
    return request;
}

}  // namespace

TEST_CASE(
    "a passphrase that is too weak for the policy is destroyed and drawn once more, by the policy of now",
    "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::refused, "password_too_weak"});
    std::vector<Freshness> asked;
    bench.accounts.on_policy = [&asked](Freshness freshness) {
        asked.push_back(freshness);
        return ConnectionPolicy{"Main"};
    };
    bench.accounts.on_change = [&bench](const PasswordChange&) -> Outcome<Account> {
        bench.clock.advance(1s);
        return Problem{Errc::refused, "password_too_weak"};
    };
    CHECK(carry_out(bench, for_passphrase()).kind == Kind::committed);
    CHECK(bench.request().state == State::executing);
    CHECK(bench.request().intent->sends == 0);
    CHECK(bench.request().intent->redrawn);
    CHECK(bench.sealed().empty());
    const StoredJob again = bench.job(job_kind::change);
    CHECK(again.state == "ready");
    CHECK(again.due == noon + 1s);
    CHECK(again.attempts == 0);
    CHECK(again.error == "password_too_weak");
    CHECK(
        bench.rows() ==
        std::vector<std::string>{started, R"(passphrase_redrawn countersign {"why":"password_too_weak"})"});

    // Refused once more: Failed.
    const Job job = bench.claim(job_kind::change);
    CHECK(bench.perform(job).kind == Kind::committed);
    CHECK(asked == std::vector<Freshness>{Freshness::recent, Freshness::now});
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending == Ending::password_too_weak);
    REQUIRE(bench.accounts.passwords.size() == 2);
    CHECK(bench.accounts.passwords[0] != bench.accounts.passwords[1]);
}

TEST_CASE("nothing else is drawn again", "[effects][send]")
{
    Bench bench;
    SECTION("not the standard format")
    {
        answer_change(bench, Problem{Errc::refused, "password_too_weak"});
        carry_out(bench, approved_request());
        CHECK(bench.request().state == State::failed);
    }
    SECTION("not for another reason")
    {
        answer_change(bench, Problem{Errc::refused, "password_used_before"});
        carry_out(bench, for_passphrase());
        CHECK(bench.request().state == State::failed);
    }
    SECTION("not while the first may have been applied")
    {
        answer_change(bench, Problem{Errc::refused, "password_too_weak"});
        Request request = checking_request();
        request.format = PasswordFormat::passphrase;
        send_again(bench, request);
        CHECK(bench.request().state == State::checking);
        CHECK(bench.sealed() == "$Ada!Byron$!");
    }
    CHECK(bench.accounts.passwords.size() == 1);
}

TEST_CASE(
    "a policy that cannot be read now is read again; one that takes no passphrase ends the request", "[effects][send]")
{
    Bench bench;
    answer_change(bench, Problem{Errc::answer_lost});
    SECTION("later")
    {
        bench.accounts.on_policy = [](Freshness) -> Outcome<ConnectionPolicy> {
            return Problem{Errc::unavailable, "http_500"};
        };
        const JobResult result = carry_out(bench, for_passphrase());
        CHECK(result.kind == Kind::retry);
        CHECK(bench.request().state == State::approved);
    }
    SECTION("never")
    {
        bench.accounts.on_policy = [](Freshness) -> Outcome<ConnectionPolicy> {
            return Problem{Errc::unsupported, "policy_unknown"};
        };
        CHECK(carry_out(bench, for_passphrase()).kind == Kind::committed);
        CHECK(bench.request().state == State::failed);
        CHECK(bench.request().ending == Ending::policy_unknown);
    }
    CHECK(bench.accounts.passwords.empty());
    CHECK(bench.accounts.calls == std::vector<std::string>{"read auth0|1", "policy Main"});
}

TEST_CASE("a failure that Auth0 itself answers with is counted, and looked at later each time", "[effects][send]")
{
    Bench bench;
    const auto [reason, counts] = GENERATE(table<std::string, bool>(
        {{"http_500", true}, {"http_503", true}, {"http_502", false}, {"http_504", false}, {"", false}}));
    answer_change(bench, Problem{Errc::answer_lost, reason});
    carry_out(bench, approved_request());
    CHECK(bench.request().state == State::checking);
    CHECK(bench.request().intent->sends == 1);
    CHECK(bench.request().intent->answered == (counts ? 1 : 0));
    CHECK(bench.request().intent->sent_at == noon);
    CHECK(bench.job(job_kind::change).due == noon + 2s);
}

TEST_CASE("the look after a further failure waits longer, up to sixteen seconds", "[effects][send]")
{
    Bench bench;
    const auto [before, wait] = GENERATE(table<int, std::chrono::seconds>({{1, 4s}, {2, 8s}, {3, 16s}, {6, 16s}}));
    Request request = checking_request();
    request.intent->sends = before;
    request.intent->answered = before;
    answer_change(bench, Problem{Errc::answer_lost, "http_503"});
    send_again(bench, request);
    CHECK(bench.request().intent->sends == before + 1);
    CHECK(bench.request().intent->answered == before + 1);
    CHECK(bench.job(job_kind::change).due == bench.clock.now() + wait);
}

TEST_CASE("a full profile is named, also where Auth0 gives no reason that is known", "[effects][send]")
{
    Bench bench;
    const auto [reason, bytes, ending] = GENERATE(table<std::string, std::int64_t, std::string>(
        {{"profile_full", 0, "profile_full"},
         {"invalid_request", 102'000, "profile_full"},
         {"invalid_request", 50'000, "invalid_request"},
         {"password_too_weak", 102'000, "password_too_weak"}}));
    answer_change(bench, Problem{Errc::refused, reason});
    Request request = approved_request();
    request.account->profile_bytes = bytes;
    carry_out(bench, request);
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending.name() == ending);
    CHECK(bench.sealed().empty());
}

TEST_CASE("a change that the log rules out is Failed, and its password destroyed", "[effects][send]")
{
    Bench bench;
    bench.accounts.on_read = [] { return account_of_ada(); };
    bench.accounts.on_log = [](const SentChange&) { return LogEvidence::ruled_out; };
    const Job job = bench.begin(checking_request(), job_kind::change);
    bench.seal("$Ada!Byron$!");
    bench.clock.advance(10min);
    bench.perform(job);
    CHECK(bench.request().state == State::failed);
    CHECK(bench.request().ending == Ending::never_applied);
    CHECK(bench.sealed().empty());
    CHECK(bench.accounts.passwords.empty());
    CHECK(bench.job(job_kind::change).state == "done");
}
