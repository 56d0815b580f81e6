#include "handlers/rules/risk_notes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::rules;
using namespace std::chrono_literals;

namespace {

const TimePoint now = from_unix_ms(1'763'800'000'000);

Request request_about(const Account& account)
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, now};
    request.account = account;
    return request;
}

Account quiet_account()
{
    Account account{Auth0UserId{"auth0|1"}};
    account.email = "ada@acme.example";
    account.email_verified = true;
    account.logins_count = 3;
    account.last_password_reset = now - 24h * 30;
    return account;
}

std::vector<std::string> codes(const std::vector<RiskNote>& risk_notes)
{
    std::vector<std::string> all;
    for (const RiskNote& risk : risk_notes) all.push_back(risk.code);
    return all;
}

std::vector<Decision> decisions(int by_lea, int by_others)
{
    std::vector<Decision> all;
    for (int i = 0; i < by_lea; ++i) all.push_back(Decision{SlackUserId{"U0LEA"}, now});
    for (int i = 0; i < by_others; ++i) all.push_back(Decision{SlackUserId{"U0" + std::to_string(i)}, now});
    return all;
}

}  // namespace

TEST_CASE("an ordinary account gives no signal", "[requests]")
{
    const Account account = quiet_account();
    CHECK(account_risk_notes(request_about(account), request_about(account), now).empty());
}

TEST_CASE("what is unusual about an account is a signal", "[requests]")
{
    Account account = quiet_account();
    account.blocked = true;
    account.email_verified = false;
    account.logins_count = 0;
    account.last_password_reset = now - 24h * 6;
    account.phone_number = "+1";
    Account before = quiet_account();
    before.email = "other@acme.example";
    Request request = request_about(account);
    request.lookalikes = {"google-oauth2 account"};
    CHECK(
        codes(account_risk_notes(request, request_about(before), now)) ==
        std::vector<std::string>{
            "blocked", "reset_lately", "email_changed", "phone_changed", "not_verified", "never_signed_in",
            "other_accounts"});
}

TEST_CASE("a reset of more than a week ago, and a first sign-in to come, are no signals", "[requests]")
{
    Account account = quiet_account();
    account.last_password_reset = now - 24h * 7;
    account.logins_count = 0;
    Request request = request_about(account);
    request.purpose = Purpose::first_password;
    CHECK(account_risk_notes(request, std::nullopt, now).empty());
}

TEST_CASE("one person who decides most of another's requests is a signal, from five on", "[requests]")
{
    const DecidedFor nothing_back{SlackUserId{"U0ADA"}};
    const auto of = [&nothing_back](const std::vector<Decision>& deciders) {
        return decider_risk_notes(usual_decider(deciders), nothing_back);
    };
    CHECK(of({}).empty());
    CHECK(of(decisions(4, 0)).empty());
    CHECK(of(decisions(5, 5)).empty());
    const auto risk_notes = of(decisions(6, 5));
    REQUIRE(risk_notes.size() == 1);
    CHECK(risk_notes.front().code == "same_decider");
    CHECK(risk_notes.front().detail == "U0LEA 6 11");
}

TEST_CASE("two people who decide most of each other's requests are a signal, from five together on", "[requests]")
{
    const auto usual = usual_decider(decisions(3, 1));
    REQUIRE(usual);
    const DecidedFor back{SlackUserId{"U0ADA"}, 2, 3};
    const auto risk_notes = decider_risk_notes(usual, back);
    REQUIRE(risk_notes.size() == 1);
    CHECK(risk_notes.front().code == "each_other");
    CHECK(risk_notes.front().detail == "U0LEA 3 4 2 3");
    // Half of theirs, or too few together: nothing unusual.
    CHECK(decider_risk_notes(usual, DecidedFor{SlackUserId{"U0ADA"}, 2, 4}).empty());
    CHECK(decider_risk_notes(usual_decider(decisions(2, 0)), DecidedFor{SlackUserId{"U0ADA"}, 2, 2}).empty());
    CHECK(decider_risk_notes(std::nullopt, back).empty());
}

TEST_CASE("how often somebody decided is counted among all decisions", "[requests]")
{
    const DecidedFor decided = decided_by(SlackUserId{"U0LEA"}, decisions(3, 2));
    CHECK(decided.often == 3);
    CHECK(decided.all == 5);
    CHECK(decided.is_most());
    CHECK_FALSE(decided_by(SlackUserId{"U0ADA"}, decisions(3, 2)).is_most());
}

TEST_CASE("each oddity of an account is a signal of its own, with what it is about", "[requests]")
{
    Account account = quiet_account();
    Account before = quiet_account();
    Request request = request_about(account);
    std::string code;
    std::string detail;
    SECTION("blocked")
    {
        request.account->blocked = true;
        code = "blocked";
    }
    SECTION("reset a millisecond less than a week ago")
    {
        request.account->last_password_reset = now - 24h * 7 + Milliseconds{1};
        code = "reset_lately";
        detail = std::to_string(to_unix_ms(now - 24h * 7 + Milliseconds{1}));
    }
    SECTION("another address")
    {
        before.email = "other@acme.example";
        code = "email_changed";
    }
    SECTION("another telephone number")
    {
        before.phone_number = "+1";
        code = "phone_changed";
    }
    SECTION("an address that was not verified")
    {
        request.account->email_verified = false;
        code = "not_verified";
    }
    SECTION("nobody signed in yet")
    {
        request.account->logins_count = 0;
        code = "never_signed_in";
    }
    SECTION("other accounts")
    {
        request.lookalikes = {"one", "two"};
        code = "other_accounts";
        detail = "2";
    }
    const auto risk_notes = account_risk_notes(request, request_about(before), now);
    REQUIRE(risk_notes.size() == 1);
    CHECK(risk_notes.front().code == code);
    CHECK(risk_notes.front().detail == detail);
}

TEST_CASE("an account that is to be made, and a change before of one that was made, give no signal", "[requests]")
{
    Request creation = request_about(quiet_account());
    creation.account.reset();
    creation.lookalikes = {"google-oauth2 account"};
    CHECK(account_risk_notes(creation, std::nullopt, now).empty());
    Request made = creation;
    CHECK(account_risk_notes(request_about(quiet_account()), made, now).empty());
    Account never = quiet_account();
    never.last_password_reset.reset();
    CHECK(account_risk_notes(request_about(never), std::nullopt, now).empty());
}

TEST_CASE("from exactly five decisions on one decider is a signal, and exactly half is not most", "[requests]")
{
    const DecidedFor nothing_back{SlackUserId{"U0ADA"}};
    CHECK(decider_risk_notes(usual_decider(decisions(5, 4)), nothing_back).size() == 1);
    CHECK(decider_risk_notes(usual_decider(decisions(4, 3)), nothing_back).empty());
    CHECK_FALSE(usual_decider(decisions(3, 3)));
    REQUIRE(usual_decider(decisions(3, 2)));
    CHECK(usual_decider(decisions(3, 2))->by == SlackUserId{"U0LEA"});
    CHECK(usual_decider(decisions(3, 2))->often == 3);
    CHECK(usual_decider(decisions(3, 2))->all == 5);
}

TEST_CASE("from exactly five together on two deciders are a signal, and not with four", "[requests]")
{
    const auto usual = usual_decider(decisions(3, 0));
    CHECK(decider_risk_notes(usual, DecidedFor{SlackUserId{"U0ADA"}, 2, 2}).size() == 1);
    CHECK(decider_risk_notes(usual, DecidedFor{SlackUserId{"U0ADA"}, 1, 1}).empty());
}

TEST_CASE("stored requests keep their names for signals", "[requests]")
{
    CHECK(risk_code::many_requests == "many_requests");
    CHECK(risk_code::policy_unknown == "policy_unknown");
    CHECK(risk_code::custom_database == "custom_database");
    CHECK(risk_code::metadata_unread == "metadata_unread");
}

TEST_CASE("that nobody could compare is noted once, and only where that is let pass", "[requests]")
{
    Request request = request_about(quiet_account());
    const Result<Member> unnamed = Member{MemberStatus::member, {Role::support}, std::nullopt};
    const Result<Member> named = Member{MemberStatus::member, {Role::support}, Email{"somebody@staff.example"}};
    note_unchecked(request, unnamed, OwnAccountCheck::refuse);
    note_unchecked(request, named, OwnAccountCheck::say);
    CHECK(request.risk_notes.empty());
    note_unchecked(request, unnamed, OwnAccountCheck::say);
    note_unchecked(request, Errc::unavailable, OwnAccountCheck::say);
    CHECK(codes(request.risk_notes) == std::vector<std::string>{std::string{risk_code::own_account_unchecked}});
}

TEST_CASE("another address or phone number is a doubt about the person, and nothing else is", "[requests]")
{
    std::vector<RiskNote> notes;
    for (const std::string_view code :
         {risk_code::blocked, risk_code::email_changed, risk_code::many_requests, risk_code::phone_changed})
        notes.push_back(risk_note_of(code));
    CHECK(
        codes(doubts_about_person(notes)) ==
        std::vector<std::string>{std::string{risk_code::email_changed}, std::string{risk_code::phone_changed}});
    CHECK(doubts_about_person({risk_note_of(risk_code::not_verified)}).empty());
}
