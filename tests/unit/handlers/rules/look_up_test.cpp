#include "handlers/rules/look_up.hpp"

#include "tests/unit/handlers/transaction_text.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Accounts = std::vector<Account>;
using Words = std::vector<std::string>;

const TimePoint& now = drawn_at;

Account ada() { return *sample_request().account; }

Account twin()
{
    Account account = ada();
    account.id = Auth0UserId{"auth0|2"};
    return account;
}

Account social()
{
    Account account = ada();
    account.id = Auth0UserId{"google-oauth2|3"};
    account.database_connections.clear();
    account.other_providers = {"google-oauth2"};
    return account;
}

// Asked for, and not looked up yet.
Request asked(Purpose purpose = Purpose::reset)
{
    Request request = sample_request(State::looking_up);
    request.asked = false;
    request.expires_at.reset();
    request.purpose = purpose;
    request.account.reset();
    request.connection.clear();
    return request;
}

Request account_of(Request request, const Accounts& accounts, const Settings& settings = sample_settings())
{
    return std::get<Request>(with_account(std::move(request), accounts, settings, now));
}

Transaction end_of(Request request, const Accounts& accounts, const Settings& settings = sample_settings())
{
    return std::get<Transaction>(with_account(std::move(request), accounts, settings, now));
}

// With all that follows from the account: complete, unless `spoil` takes something from it.
Preparation prepared(const std::function<void(Preparation&)>& spoil = {})
{
    Preparation complete{account_of(asked(), {ada()})};
    if (spoil) spoil(complete);
    return complete;
}

void check_refused(const Transaction& change, Ending ending)
{
    REQUIRE(change.update);
    CHECK(change.update->state == State::refused);
    CHECK(change.update->ending == ending);
    CHECK_FALSE(change.update->expires_at);
}

}  // namespace

TEST_CASE("the one account of the address is taken, with where its password is", "[rules][look_up]")
{
    const Request found = account_of(asked(), {ada()});
    CHECK(found.account == ada());
    CHECK(found.connection == "Username-Password-Authentication");
    CHECK(found.lookalikes.empty());
    CHECK(account_of(asked(), {ada(), social()}).lookalikes == Words{"Google account"});
}

TEST_CASE(
    "where there is no account to reset, the look-up ends with why, and what was found instead", "[rules][look_up]")
{
    check_refused(end_of(asked(), {}), Ending::account_not_found);
    const Transaction other = end_of(asked(), {social()});
    check_refused(other, Ending::account_not_database);
    CHECK(other.update->lookalikes == Words{"Google account"});
    CHECK(jobs_text(other) == "answer homes+2000");
}

TEST_CASE("several accounts are asked about, and an earlier choice or account is forgotten", "[rules][look_up]")
{
    Settings settings = sample_settings();
    Request request = asked();
    request.choice = Choice{Auth0UserId{"auth0|gone"}, "Main"};
    request.account = twin();
    const Transaction change = end_of(request, {ada(), twin()}, settings);
    CHECK(change.update->state == State::choosing);
    CHECK(change.update->candidates == Accounts{ada(), twin()});
    CHECK_FALSE(change.update->choice);
    CHECK_FALSE(change.update->account);
    CHECK(change.update->questions == Words{"account"});
    CHECK(change.update->expires_at == now + 30min);
    CHECK(jobs_text(change) == "answer expire+1800000 homes+2000");

    settings.fields.reason_required = true;
    request.reason.clear();
    CHECK(end_of(request, {ada(), twin()}, settings).update->questions == Words{"account", "details"});
}

TEST_CASE("half a name was meant for a new account, and is not that of one that exists", "[rules][look_up]")
{
    for (const GivenNames& names : {GivenNames{"Eve", ""}, GivenNames{"", "Byron"}, GivenNames{"Eve", "Byron"}})
    {
        Request request = asked(Purpose::first_password);
        request.names = names;
        const bool is_whole = !names.given.empty() && !names.family.empty();
        Account fresh = ada();
        fresh.last_login.reset();
        fresh.logins_count = 0;
        CHECK(account_of(request, {fresh}).names.has_value() == is_whole);
        CHECK(account_of(request, {}).names.has_value());
    }
}

TEST_CASE("an account is made in the connection of new accounts, or in the usual one", "[rules][look_up]")
{
    Settings settings = sample_settings();
    settings.usual_connection = "Usual";
    settings.new_accounts.connection.clear();
    CHECK(account_of(asked(Purpose::first_password), {}, settings).connection == "Usual");
    settings.new_accounts.connection = "New";
    const Request made = account_of(asked(Purpose::first_password), {social()}, settings);
    CHECK(made.connection == "New");
    CHECK(made.creates_account());
    CHECK(made.lookalikes == Words{"Google account"});
}

TEST_CASE("the requester is asked for what is missing, and nobody else is asked meanwhile", "[rules][look_up]")
{
    Settings settings = sample_settings();
    settings.fields.reason_required = true;
    struct Row
    {
        const char* sentence;
        std::function<void(Preparation&)> spoil;
        Words questions;
    };
    const std::vector<Row> rows = {
        {"all is known", {}, {}},
        {"no given name", [](auto& p) { p.request.account->given_name.clear(); }, {"names"}},
        {"no family name", [](auto& p) { p.request.account->family_name.clear(); }, {"names"}},
        {"names that are hardly names", [](auto& p) { p.request.account->given_name = "ada@acme.example"; }, {"names"}},
        {"which the requester has confirmed",
         [](auto& p) {
             p.request.account->given_name = "ada@acme.example";
             p.request.names = GivenNames{"Ada", "Byron"};
         },
         {}},
        {"names do not matter for a passphrase",
         [](auto& p) {
             p.request.account->given_name.clear();
             p.request.format = PasswordFormat::passphrase;
         },
         {}},
        {"but for a new account they do",
         [](auto& p) {
             p.request.account.reset();
             p.request.purpose = Purpose::first_password;
             p.request.format = PasswordFormat::passphrase;
         },
         {"names"}},
        {"names that were split", [](auto& p) { p.request.names_were_split = true; }, {"names"}},
        {"names that the policy refuses", [](auto& p) { p.wants_names = true; }, {"names"}},
        {"whether it is the person",
         [](auto& p) {
             p.request.risk_notes = {RiskNote{"phone_changed", {}}};
         },
         {"person"}},
        {"which the requester has confirmed, too",
         [](auto& p) {
             p.request.risk_notes = {RiskNote{"phone_changed", {}}};
             p.request.person_confirmed = true;
         },
         {}},
        {"how the caller was verified", [](auto& p) { p.wants_verification = true; }, {"verification"}},
        {"the reason", [](auto& p) { p.request.reason.clear(); }, {"details"}},
        {"all of it",
         [](auto& p) {
             p.wants_names = p.wants_verification = true;
             p.request.reason.clear();
         },
         {"names", "verification", "details"}},
    };
    for (const Row& row : rows)
    {
        CAPTURE(row.sentence);
        const auto change = held_up(prepared(row.spoil), settings, now);
        CHECK(change.has_value() == !row.questions.empty());
        if (!change) continue;
        CHECK(change->update->state == State::choosing);
        CHECK(change->update->questions == row.questions);
        CHECK(change->update->expires_at == now + 30min);
    }
}

TEST_CASE("what may not go on is refused before anything is asked", "[rules][look_up]")
{
    const auto change = held_up(
        prepared([](Preparation& p) {
            p.ending = Ending::protected_account;
            p.wants_names = true;
        }),
        sample_settings(), now);
    REQUIRE(change);
    check_refused(*change, Ending::protected_account);
}

TEST_CASE("approvers are asked where our own people read alone, for as long as is configured", "[rules][look_up]")
{
    Settings settings = sample_settings();
    settings.approval.expires_after = 3h;
    Request request = prepared().request;
    request.questions = {"names"};
    request.candidates = {ada(), twin()};
    request.lookalikes = {"Google account"};
    // Where nobody can read, the card waits.
    for (const ChannelSafety channel : {ChannelSafety::safe, ChannelSafety::archived, ChannelSafety::unknown})
    {
        const Transaction change = passed_on(request, channel, settings, now);
        CHECK(change.update->state == State::pending);
        CHECK(change.update->expires_at == now + 3h);
        CHECK(change.update->questions.empty());
        CHECK(change.update->candidates.empty());
        CHECK(change.update->lookalikes == Words{"Google account"});
        CHECK(jobs_text(change) == "answer card expire+10800000 homes+2000");
    }
    for (const auto& [channel, ending] :
         {std::pair{ChannelSafety::shared_outside, "channel_shared"},
          {ChannelSafety::open_to_workspace, "channel_public"}})
    {
        const Transaction change = passed_on(request, channel, settings, now);
        CHECK(change.update->state == State::refused);
        CHECK(change.update->ending.name() == ending);
        CHECK(change.update->lookalikes.empty());
        CHECK(jobs_text(change).find("card") == std::string::npos);
    }
}

TEST_CASE(
    "an account has one open request: the other is named, and its card looked for while it waits", "[rules][look_up]")
{
    Request request = prepared().request;
    request.lookalikes = {"Google account"};
    for (const State state : {State::pending, State::approved})
    {
        Request other = sample_request(state);
        other.id = RequestId{"cs-other"};
        const Transaction change = already_open(request, &other, "It is another.", now);
        check_refused(change, Ending::request_already_open);
        CHECK_FALSE(change.update->account);
        CHECK(change.update->lookalikes.empty());
        CHECK(change.update->ending_detail == "It is another.");
        const bool is_looked_for = state == State::pending;
        CHECK((jobs_text(change).find("card") != std::string::npos) == is_looked_for);
    }
    check_refused(already_open(request, nullptr, "", now), Ending::request_already_open);
}
