// From an address to an account: refused, asked back, or passed on to the approvers.
#include "handlers/effects/look_up.hpp"

#include "handlers/rules/jobs.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;
using Accounts = std::vector<Account>;
using Words = std::vector<std::string>;

// Asked for at noon, and looked up a second later.
Request asked(const std::string& email = "ada@acme.example")
{
    return Request{RequestId{"cs-1"}, agent, Email{email}, std::nullopt, noon};
}

Request asked_first_password()
{
    Request request = asked("grace@acme.example");
    request.purpose = Purpose::first_password;
    request.names = GivenNames{"Grace", "Hopper"};
    return request;
}

JobResult look(Bench& bench, const Request& request, Outcome<Accounts> found)
{
    bench.accounts.on_find = [found](const Email&) { return found; };
    if (!bench.accounts.on_policy) bench.accounts.on_policy = [](Freshness) { return ConnectionPolicy{"Main"}; };
    const Job job = bench.begin(request, job_kind::look_up);
    bench.clock.advance(1s);
    return bench.perform(job);
}

Account twin()
{
    Account account = account_of_ada();
    account.id = Auth0UserId{"auth0|2"};
    return account;
}

void check_refused(Bench& bench, const std::string& ending)
{
    CHECK(bench.request().state == State::refused);
    CHECK(bench.request().ending.name() == ending);
    CHECK_FALSE(bench.request().expires_at);
    CHECK(bench.job(job_kind::look_up).state == "done");
    CHECK(
        bench.rows() ==
        Words{
            R"(request_refused countersign {"state":"refused","requester":"U0AGENT","email":"a…a@acme.example","ending":")" +
            ending + "\"}"});
    // In private, and to nobody else.
    CHECK(bench.added() == Words{"answer cs-1/answer +0", "homes homes +2000"});
}

}  // namespace

TEST_CASE("an account that was found is passed on to the approvers, with its time to decide", "[effects][look_up]")
{
    Bench bench;
    bench.settings.approval.expires_after = 90min;
    Request request = asked();
    request.questions = {"names"};
    request.candidates = {twin()};
    CHECK(look(bench, request, Accounts{account_of_ada()}).kind == Kind::committed);
    const Request found = bench.request();
    CHECK(found.state == State::pending);
    CHECK(found.asked);
    CHECK(*found.account == account_of_ada());
    CHECK(found.connection == "Main");
    CHECK(found.questions.empty());
    CHECK(found.candidates.empty());
    CHECK(found.expires_at == noon + 1s + 90min);
    CHECK(bench.job(job_kind::look_up).state == "done");
    CHECK(
        bench.rows() ==
        Words{
            R"(account_found countersign {"state":"pending","requester":"U0AGENT","email":"a…a@acme.example","format":"sop"})"});
    CHECK(
        bench.added() ==
        Words{
            "answer cs-1/answer +0", "expire cs-1/expire/decision +5400000", "card cs-1/card +0", "homes homes +2000"});
}

TEST_CASE("what cannot be a target is refused with its reason and what was found", "[effects][look_up]")
{
    Bench bench;
    SECTION("nothing there")
    {
        look(bench, asked(), Accounts{});
        check_refused(bench, "account_not_found");
        CHECK(bench.request().lookalikes.empty());
    }
    SECTION("no database account")
    {
        Account social = account_of_ada();
        social.database_connections.clear();
        social.other_providers = {"google-oauth2"};
        look(bench, asked(), Accounts{social});
        check_refused(bench, "account_not_database");
        CHECK(bench.request().lookalikes == Words{"Google account"});
    }
    SECTION("a policy or a tier that speaks against it")
    {
        Tier tier;
        tier.name = "board";
        tier.domains = {"acme.example"};
        tier.refuse = true;
        bench.settings.tiers = {tier};
        look(bench, asked(), Accounts{account_of_ada()});
        check_refused(bench, "protected");
    }
}

TEST_CASE(
    "several accounts are asked about, for half an hour, and an earlier choice is forgotten", "[effects][look_up]")
{
    Bench bench;
    const bool wants_reason = GENERATE(true, false);
    bench.settings.fields.reason_required = wants_reason;
    Request request = asked();
    request.choice = Choice{Auth0UserId{"auth0|gone"}, "Main"};
    request.account = twin();  // of an earlier look-up
    CHECK(look(bench, request, Accounts{account_of_ada(), twin()}).kind == Kind::committed);
    const Request choosing = bench.request();
    CHECK(choosing.state == State::choosing);
    CHECK(choosing.candidates == Accounts{account_of_ada(), twin()});
    CHECK_FALSE(choosing.choice);
    CHECK_FALSE(choosing.account);
    CHECK(choosing.questions == (wants_reason ? Words{"account", "details"} : Words{"account"}));
    CHECK(choosing.expires_at == noon + 1s + 30min);
    CHECK(bench.job(job_kind::look_up).state == "done");
    CHECK(
        bench.rows() ==
        Words{R"(requester_asked countersign {"state":"choosing","requester":"U0AGENT","email":"a…a@acme.example"})"});
    CHECK(bench.added() == Words{"answer cs-1/answer +0", "expire cs-1/expire/choosing +1800000", "homes homes +2000"});
}

TEST_CASE("what was chosen is the account, and what was not is named on the card", "[effects][look_up]")
{
    Bench bench;
    Request request = asked();
    request.choice = Choice{Auth0UserId{"auth0|2"}, "Main"};
    look(bench, request, Accounts{account_of_ada(), twin()});
    CHECK(bench.request().state == State::pending);
    CHECK(bench.request().account->id == Auth0UserId{"auth0|2"});
    CHECK(bench.request().lookalikes.size() == 1);
}

TEST_CASE("what is not known yet is asked for, and only that", "[effects][look_up]")
{
    Bench bench;
    Account account = account_of_ada();
    Request request = asked();
    Words expected;
    SECTION("no given name")
    {
        account.given_name.clear();
        expected = {"names"};
    }
    SECTION("no family name")
    {
        account.family_name.clear();
        expected = {"names"};
    }
    SECTION("names that are hardly names")
    {
        account.given_name = "ada@acme.example";
        expected = {"names"};
    }
    SECTION("unless the requester has confirmed or corrected them")
    {
        account.given_name = "ada@acme.example";
        request.names = GivenNames{"Ada", "Byron"};
    }
    SECTION("half a name was meant for a new account")
    {
        account.given_name = "ada@acme.example";
        request.names = GENERATE(GivenNames{"Ada", ""}, GivenNames{"", "Byron"});
        expected = {"names"};
    }
    SECTION("half a name does not stand in for those of an account that has both")
    {
        request.names = GENERATE(GivenNames{"Eve", ""}, GivenNames{"", "Eve"});
    }
    SECTION("nothing but space is no name")
    {
        request.names = GivenNames{" ", "Byron"};
        expected = {"names"};
    }
    SECTION("names do not matter for a passphrase")
    {
        account.given_name.clear();
        bench.settings.password.format = PasswordFormat::passphrase;
    }
    SECTION("how the caller was verified, once among the other details")
    {
        bench.settings.verification = VerificationSettings{{VerificationMethod{"call_back", "Called back"}}, true};
        expected = {"verification", "details"};
    }
    SECTION("a ticket number")
    {
        bench.settings.fields.case_number_required = true;
        expected = {"details"};
    }
    look(bench, request, Accounts{account});
    CHECK(bench.request().state == (expected.empty() ? State::pending : State::choosing));
    CHECK(bench.request().questions == expected);
    const std::string wait = expected.empty() ? "decision +14400000" : "choosing +1800000";
    Words jobs{"answer cs-1/answer +0", "expire cs-1/expire/" + wait};
    if (expected.empty()) jobs.push_back("card cs-1/card +0");
    jobs.push_back("homes homes +2000");
    CHECK(bench.added() == jobs);
}

TEST_CASE("an account that is to be made has its connection and its names", "[effects][look_up]")
{
    Bench bench;
    bench.settings.usual_connection = "Usual";
    SECTION("also where an account was found before that is gone")
    {
        Request request = asked_first_password();
        request.account = twin();
        look(bench, request, Accounts{});
        CHECK(bench.request().state == State::pending);
        CHECK(bench.request().creates_account());
    }
    SECTION("in the usual connection")
    {
        look(bench, asked_first_password(), Accounts{});
        CHECK(bench.request().connection == "Usual");
        CHECK(bench.request().state == State::pending);
    }
    SECTION("or in that of new accounts")
    {
        bench.settings.new_accounts.connection = "New";
        look(bench, asked_first_password(), Accounts{});
        CHECK(bench.request().connection == "New");
    }
    SECTION("others of the address are named on the card")
    {
        Account social = account_of_ada();
        social.database_connections.clear();
        social.other_providers = {"google-oauth2"};
        look(bench, asked_first_password(), Accounts{social});
        CHECK(bench.request().lookalikes == Words{"Google account"});
        CHECK(bench.request().creates_account());
    }
    SECTION("names that are missing are asked for, whatever the format")
    {
        bench.settings.password.format = GENERATE(PasswordFormat::sop, PasswordFormat::passphrase);
        Request request = asked_first_password();
        request.names = GENERATE(GivenNames{"Grace", ""}, GivenNames{"", "Hopper"});
        look(bench, request, Accounts{});
        CHECK(bench.request().state == State::choosing);
        CHECK(bench.request().questions == Words{"names"});
    }
    CHECK_FALSE(bench.request().account);
}

TEST_CASE(
    "an account about which another request is open is refused as that, without the account", "[effects][look_up]")
{
    Bench bench;
    Request other = approved_request();
    other.id = RequestId{"cs-other"};
    bench.begin(other, "home");
    look(bench, asked(), Accounts{account_of_ada()});
    check_refused(bench, "request_already_open");
    CHECK_FALSE(bench.request().account);
    // Which, and whose.
    CHECK(
        bench.request().ending_detail.starts_with("It is `cs-other`, asked for by <@" + other.requester.str() + "> "));
    CHECK(bench.request().ending_detail.ends_with("and stands at *Working*."));
}

TEST_CASE("names that were split of more than two words are shown before a lead is asked", "[effects][look_up]")
{
    Bench bench;
    Request request = asked_first_password();
    request.names = GivenNames{"Grace Brewster", "Hopper"};
    request.names_were_split = GENERATE(true, false);
    const bool asks = request.names_were_split;
    look(bench, request, Accounts{});
    CHECK(bench.request().state == (asks ? State::choosing : State::pending));
    CHECK(bench.request().asks(question::names) == asks);
}

TEST_CASE("whether it is the person is asked where the account is unusual, and once", "[effects][look_up]")
{
    Bench bench;
    Request before = approved_request();
    before.id = RequestId{"cs-0"};
    before.state = State::changed;
    before.account->phone_number = "+15550199";
    bench.begin(before, "home");
    Request request = asked();
    request.person_confirmed = GENERATE(true, false);
    const bool confirmed = request.person_confirmed;
    look(bench, request, Accounts{account_of_ada()});
    CHECK(bench.request().state == (confirmed ? State::pending : State::choosing));
    CHECK(bench.request().asks(question::person) == !confirmed);
    CHECK(doubts_about_person(bench.request().risk_notes).size() == 1);
}

TEST_CASE("a look-up that meets another change of its request is done again, and refuses nothing", "[effects][look_up]")
{
    Bench bench;
    int meetings = 0;
    bench.store.dies_before_commit = [&](int) {
        if (++meetings > 1) return false;
        Transaction other{noon};
        other.update.emplace(bench.request());
        return !bench.ledger.engine().apply({&other, 1}).front().has_value();
    };
    const JobResult result = look(bench, asked(), Accounts{account_of_ada()});
    CHECK(result.kind == Kind::postpone);
    CHECK(result.why == "version_conflict");
    CHECK(bench.request().state == State::looking_up);
    CHECK(bench.rows().empty());
}

TEST_CASE("a look-up that nobody waits for any more ends after an hour, untried", "[effects][look_up]")
{
    Bench bench;
    Request request = asked();
    request.updated_at = noon + 1s - 1h;
    SECTION("not yet") { CHECK(look(bench, request, Accounts{account_of_ada()}).kind == Kind::committed); }
    SECTION("then")
    {
        request.updated_at -= 1ms;
        const JobResult result = look(bench, request, Accounts{account_of_ada()});
        CHECK(result.kind == Kind::bury);
        CHECK(result.why == "too_old");
        CHECK(bench.accounts.calls.empty());
    }
}

TEST_CASE("an address that cannot be looked up now is looked up later; a no is final", "[effects][look_up]")
{
    Bench bench;
    const auto [code, kind] = GENERATE(table<Errc, Kind>(
        {{Errc::unavailable, Kind::retry},
         {Errc::rate_limited, Kind::postpone},
         {Errc::forbidden, Kind::bury},
         {Errc::refused, Kind::bury}}));
    SECTION("the address") { CHECK(look(bench, asked(), Problem{code, "x"}).kind == kind); }
    SECTION("the policy")
    {
        if (code == Errc::refused) return;  // means that its passwords are held elsewhere
        const Problem problem{code, "x"};
        bench.accounts.on_policy = [problem](Freshness) -> Outcome<ConnectionPolicy> { return problem; };
        CHECK(look(bench, asked(), Accounts{account_of_ada()}).kind == kind);
    }
    CHECK(bench.request().state == State::looking_up);
    CHECK(bench.rows().empty());
}

TEST_CASE("a request that is not looked up any more is left alone", "[effects][look_up]")
{
    Bench bench;
    Request request = asked();
    request.state = GENERATE(State::choosing, State::pending, State::cancelled, State::failed);
    CHECK(look(bench, request, Accounts{}).kind == Kind::committed);
    CHECK(bench.accounts.calls.empty());
    CHECK(bench.request().state == request.state);
    CHECK(bench.job(job_kind::look_up).state == "done");
}

TEST_CASE("an answer of Auth0 that is too large ends the look-up, in words", "[effects][look_up]")
{
    Bench bench;
    const JobResult result = look(bench, asked(), Problem{Errc::too_large, "auth0_answer_too_large"});
    CHECK(result.kind == Kind::bury);
    CHECK(result.why == "auth0_answer_too_large");
}

TEST_CASE("an account whose profile is full is refused before anybody is asked", "[effects][look_up]")
{
    Bench bench;
    Account full = account_of_ada();
    full.profile_bytes = profile_bytes_max;
    CHECK(look(bench, asked(), Accounts{full}).kind == Kind::committed);
    check_refused(bench, "profile_full");
}

TEST_CASE("whoever asked for an account that they sign in to by another address is refused", "[effects][look_up]")
{
    Bench bench;
    bench.directory.people[agent].email = Email{"other@acme.example"};
    Account linked = account_of_ada();
    linked.sign_ins = {{"other@acme.example", true}};
    CHECK(look(bench, asked(), Accounts{linked}).kind == Kind::committed);
    check_refused(bench, "own_account");
}

TEST_CASE("where others read along no card is posted: the request is refused, and says why", "[effects][rights]")
{
    const auto [channel, ending] = GENERATE(table<ChannelSafety, std::string>(
        {{ChannelSafety::shared_outside, "channel_shared"}, {ChannelSafety::open_to_workspace, "channel_public"}}));
    Bench bench;
    bench.directory.channel = channel;
    // What is remembered counts while Slack does not say.
    if (GENERATE(false, true)) bench.directory.channel_problem = Problem{Errc::unavailable, "http_500"};
    CHECK(look(bench, asked(), Accounts{account_of_ada()}).kind == Kind::committed);
    check_refused(bench, ending);
    for (const StoredJob& job : bench.jobs()) CHECK(job.kind != job_kind::card);
}

TEST_CASE("a channel that nobody can read, or look at, keeps no request from being asked", "[effects][rights]")
{
    Bench bench;
    bench.directory.channel = GENERATE(ChannelSafety::archived, ChannelSafety::unknown);
    look(bench, asked(), Accounts{account_of_ada()});
    CHECK(bench.request().state == State::pending);
}
