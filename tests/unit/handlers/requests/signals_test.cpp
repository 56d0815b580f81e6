#include "handlers/requests/signals.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
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

std::vector<std::string> codes(const std::vector<Signal>& signals)
{
    std::vector<std::string> all;
    for (const Signal& signal : signals) all.push_back(signal.code);
    return all;
}

std::vector<DecidedBy> decisions(int by_lea, int by_others)
{
    std::vector<DecidedBy> all;
    for (int i = 0; i < by_lea; ++i) all.push_back(DecidedBy{SlackUserId{"U0LEA"}, now});
    for (int i = 0; i < by_others; ++i) all.push_back(DecidedBy{SlackUserId{"U0" + std::to_string(i)}, now});
    return all;
}

}  // namespace

TEST_CASE("an ordinary account gives no signal", "[requests]")
{
    const Account account = quiet_account();
    CHECK(account_signals(request_about(account), request_about(account), now).empty());
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
        codes(account_signals(request, request_about(before), now)) ==
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
    CHECK(account_signals(request, std::nullopt, now).empty());
}

TEST_CASE("one person who decides most of another's requests is a signal, from five on", "[requests]")
{
    CHECK(decider_signals({}).empty());
    CHECK(decider_signals(decisions(4, 0)).empty());
    CHECK(decider_signals(decisions(5, 5)).empty());
    const auto signals = decider_signals(decisions(6, 5));
    REQUIRE(signals.size() == 1);
    CHECK(signals.front().code == "same_decider");
    CHECK(signals.front().detail == "U0LEA 6 11");
}
