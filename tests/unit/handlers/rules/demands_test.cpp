#include "handlers/rules/demands.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace std::chrono_literals;

namespace {

// Approved without any tier: one approval, the standard format, at once.
Request approved_request()
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, TimePoint{}};
    request.state = State::approved;
    Account account{Auth0UserId{"auth0|1"}};
    account.email = "ada@acme.example";
    request.account = account;
    return request;
}

Tier tier_of_gold()
{
    Tier tier;
    tier.name = "gold";
    tier.metadata = {MetadataMatch{{"plan"}, "gold"}};
    return tier;
}

Settings settings_with(Tier tier)
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    settings.tiers = {std::move(tier)};
    settings.verification.methods = {VerificationMethod{"call_back", "Called back"}};
    return settings;
}

// The same account, now of the tier.
Request now_gold()
{
    Request request = approved_request();
    request.account->app_metadata = R"({"plan":"gold"})";
    return request;
}

}  // namespace

TEST_CASE("an account that became protected after the approval is not touched", "[rules]")
{
    Tier tier = tier_of_gold();
    tier.refuse = true;
    CHECK(demands_fault(settings_with(tier), now_gold()) == Ending::protected_account);
    CHECK(demands_fault(settings_with(tier), approved_request()) == Ending::none);
}

TEST_CASE("an account that demands more than what was approved voids the approval", "[rules]")
{
    Tier second = tier_of_gold();
    second.approvals = 2;
    Tier cooling = tier_of_gold();
    cooling.cooling = 10min;
    Tier link = tier_of_gold();
    link.format = PasswordFormat::link;
    Tier verified = tier_of_gold();
    verified.verification_required = true;
    for (const Tier& tier : {second, cooling, link, verified})
    {
        CHECK(demands_fault(settings_with(tier), now_gold()) == Ending::demands_more);
        CHECK(demands_fault(settings_with(tier), approved_request()) == Ending::none);
    }
}

TEST_CASE("what was approved with all that is demanded now is carried out", "[rules]")
{
    Tier tier = tier_of_gold();
    tier.approvals = 2;
    tier.cooling = 10min;
    tier.format = PasswordFormat::link;
    tier.verification_required = true;
    Request request = now_gold();
    request.approvals_needed = 2;
    request.cooling = 10min;
    request.format = PasswordFormat::link;
    request.verification = Verification{"call_back", ""};
    CHECK(demands_fault(settings_with(tier), request) == Ending::none);
    request.verification->method = "not_configured_any_more";
    CHECK(demands_fault(settings_with(tier), request) == Ending::demands_more);
}

TEST_CASE("an account that demands less than what was approved is no reason to stop", "[rules]")
{
    Request request = approved_request();
    request.approvals_needed = 2;
    request.cooling = 10min;
    request.format = PasswordFormat::passphrase;
    CHECK(demands_fault(settings_with(tier_of_gold()), request) == Ending::none);
}

TEST_CASE("an identity that is signed in to with another address is not the one that was approved", "[rules]")
{
    Account shown{Auth0UserId{"auth0|1"}};
    shown.database_connections = {"Main"};
    shown.sign_ins = {{"linked@acme.example", false}};
    Account now = shown;
    now.sign_ins.front().is_verified = true;
    CHECK(same_as_approved(shown, now));
    now.sign_ins.front().address = "stranger@acme.example";
    CHECK_FALSE(same_as_approved(shown, now));
    // What an older version stored does not say.
    shown.sign_ins.clear();
    CHECK(same_as_approved(shown, now));
}
