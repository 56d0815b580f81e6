// Accounts that are to be made, and whether a lost answer made them.
#include "handlers/effects/send_change.hpp"

#include "handlers/effects/change_password.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = Settled::Kind;

Request checking_creation()
{
    Request request = approved_creation();
    request.state = State::checking;
    request.intent.emplace();
    request.intent->started_at = noon;
    request.intent->sends = 1;
    return request;
}

Account grace(const std::string& marker, const std::string& database = "Main")
{
    Account account{Auth0UserId{"auth0|7"}};
    account.email = "grace@acme.example";
    account.marker = marker;
    account.database_connections = {"Another", database};
    return account;
}

Settled settled(Bench& bench, Outcome<std::vector<Account>> found, Milliseconds elapsed, int sends = 1)
{
    Request request = checking_creation();
    request.intent->sends = sends;
    bench.clock.set(noon + elapsed);
    bench.accounts.on_find = [found](const Email&) { return found; };
    return bench.run(settle_creation(bench.services, std::move(request)));
}

// The creation is refused because there is such an account; what is found then.
JobResult meet(Bench& bench, Outcome<std::vector<Account>> found, bool second_send)
{
    bench.accounts.on_find = [&bench, found, second_send](const Email&) -> Outcome<std::vector<Account>> {
        // Before a second send it is looked for, too.
        const bool is_before = second_send && bench.accounts.passwords.empty();
        return is_before ? Outcome<std::vector<Account>>{std::vector<Account>{}} : found;
    };
    bench.accounts.on_create = [](const NewAccount&) -> Outcome<Account> {
        return Problem{Errc::refused, "account_exists"};
    };
    bench.accounts.on_read = [] { return grace("cs-1"); };
    const Job job = bench.begin(second_send ? checking_creation() : approved_creation(), job_kind::change);
    if (second_send) bench.seal("$Grace!Hopper$!");
    return bench.perform(job);
}

}  // namespace

TEST_CASE("a new account is made with its names, its address and what is configured", "[effects][creation]")
{
    const bool one = GENERATE(true, false);
    const bool other = GENERATE(true, false);
    const bool third = GENERATE(true, false);
    Bench bench;
    bench.settings.new_accounts.email_verified = one;
    bench.settings.new_accounts.verify_email = other;
    bench.settings.after_change.must_change = third;
    const NewAccount account = new_account_of(checking_creation(), bench.settings);
    CHECK(account.connection == "Main");
    CHECK(account.email == Email{"grace@acme.example"});
    CHECK(account.request == RequestId{"cs-1"});
    CHECK(account.at == noon);
    CHECK(account.given_name == "Grace");
    CHECK(account.family_name == "Hopper");
    CHECK(account.email_verified == one);
    CHECK(account.verify_email == other);
    CHECK(account.must_change == third);
}

TEST_CASE("an approved creation is sent without reading anything, and what was made is kept", "[effects][creation]")
{
    Bench bench;
    bench.accounts.on_read = [] { return grace("cs-1"); };
    bench.accounts.on_create = [&bench](const NewAccount& account) {
        CHECK(bench.request().state == State::executing);
        CHECK(bench.request().intent->sends == 1);
        CHECK(bench.sealed() == "$Grace!Hopper$!");
        CHECK(account.connection == "Main");
        return grace("cs-1");
    };
    const Job job = bench.begin(approved_creation(), job_kind::change);
    bench.perform(job);
    CHECK(bench.accounts.calls == std::vector<std::string>{"create grace@acme.example", "read auth0|7"});
    CHECK(bench.accounts.passwords == std::vector<std::string>{"$Grace!Hopper$!"});
    CHECK(bench.request().state == State::changed);
    REQUIRE(bench.request().account);
    CHECK(bench.request().account->id == Auth0UserId{"auth0|7"});
}

TEST_CASE("settle: an account with our mark, where ours was to be, is ours", "[effects][creation]")
{
    Bench bench;
    const auto elapsed = GENERATE(2s, 61s, 24h);
    const Settled verdict = settled(bench, std::vector<Account>{grace("", "Other"), grace("cs-1")}, elapsed);
    CHECK(verdict.kind == Kind::proved);
    CHECK(verdict.account->marker == "cs-1");
    CHECK(bench.accounts.calls == std::vector<std::string>{"find grace@acme.example"});
}

TEST_CASE("settle: an account there without our mark is somebody else's, at once", "[effects][creation]")
{
    Bench bench;
    const Settled verdict = settled(bench, std::vector<Account>{grace(GENERATE("", "cs-2"))}, 2s);
    CHECK(verdict.kind == Kind::given_up);
    CHECK(verdict.ending == Ending::changed_by_someone);
}

TEST_CASE("settle: an account in another connection is not the one that was to be made", "[effects][creation]")
{
    Bench bench;
    CHECK(settled(bench, std::vector<Account>{grace("cs-1", "Other")}, 2s).kind == Kind::send_again);
}

TEST_CASE("settle: nothing there is sent again once within a minute, waited for, then given up", "[effects][creation]")
{
    Bench bench;
    const std::vector<Account> none;
    CHECK(settled(bench, none, 60s).kind == Kind::send_again);
    CHECK(settled(bench, none, 60s + 1ms).kind == Kind::open);
    CHECK(settled(bench, none, 60s, 2).kind == Kind::open);
    bench.accounts.on_log = [](const SentChange&) { return LogEvidence::absent; };
    CHECK(settled(bench, none, 10min - 1ms).kind == Kind::open);
    CHECK(settled(bench, none, 10min).kind == Kind::given_up);
    CHECK(settled(bench, none, 10min).ending == Ending::answer_lost);
}

TEST_CASE("settle: an account that the log rules out was never made", "[effects][creation]")
{
    Bench bench;
    std::vector<SentChange> asked;
    bench.accounts.on_log = [&asked](const SentChange& change) {
        asked.push_back(change);
        return LogEvidence::ruled_out;
    };
    const Settled verdict = settled(bench, std::vector<Account>{}, 10min, 2);
    CHECK(verdict.kind == Kind::ruled_out);
    CHECK(verdict.ending == Ending::never_applied);
    REQUIRE(asked.size() == 1);
    CHECK_FALSE(asked.front().account);
}

TEST_CASE("settle: while nothing can be looked up it stays open, for ten minutes", "[effects][creation]")
{
    Bench bench;
    const Problem problem{Errc::unavailable};
    CHECK(settled(bench, problem, 2s).kind == Kind::open);
    CHECK(settled(bench, problem, 10min - 1ms).kind == Kind::open);
    CHECK(settled(bench, problem, 10min).kind == Kind::given_up);
    CHECK(settled(bench, problem, 10min).ending == Ending::answer_lost);
}

TEST_CASE("an account that is there already is ours if it has our mark", "[effects][creation]")
{
    Bench bench;
    const bool second_send = GENERATE(true, false);
    meet(bench, std::vector<Account>{grace("cs-1")}, second_send);
    CHECK(bench.accounts.passwords.size() == 1);
    CHECK(bench.request().state == State::changed);
    CHECK(bench.request().account->id == Auth0UserId{"auth0|7"});
    CHECK(bench.request().handover);
}

TEST_CASE(
    "an account that somebody else made is Failed at the first send, Checking at the second", "[effects][creation]")
{
    Bench bench;
    const bool second_send = GENERATE(true, false);
    const auto found =
        GENERATE(std::vector<Account>{grace("")}, std::vector<Account>{grace("cs-1", "Other")}, std::vector<Account>{});
    meet(bench, found, second_send);
    CHECK(bench.accounts.passwords.size() == 1);
    CHECK(bench.request().state == (second_send ? State::checking : State::failed));
    CHECK(bench.request().ending == (second_send ? Ending::none : Ending::account_exists));
    CHECK(bench.sealed().empty() != second_send);
}

TEST_CASE("while nobody can see who made the account, it is Checking", "[effects][creation]")
{
    Bench bench;
    meet(bench, Problem{Errc::unavailable}, GENERATE(true, false));
    CHECK(bench.request().state == State::checking);
    CHECK(bench.job(job_kind::change).due == noon + 2s);
}
