#include "handlers/checks/prepare.hpp"

#include "handlers/rules/demands.hpp"
#include "handlers/rules/risk_notes.hpp"

#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::checks;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

struct Preparing : Desk
{
    Preparing()
    {
        settings.limits = LimitSettings{Limit{}, Limit{}, Limit{}};
        tenant.recent.emplace_back(ConnectionPolicy{"Users"});
        tenant.now.emplace_back(ConnectionPolicy{"Users"});
    }

    Preparation prepared(const Request& request)
    {
        auto outcome = run(context, prepare(services, request));
        REQUIRE(outcome.has_value());
        return std::move(*outcome);
    }
};

Request quiet(const std::string& requester = "U0AGENT")
{
    Request request = Desk::request_of(requester, State::looking_up);
    request.account->email_verified = true;
    request.account->logins_count = 1;
    return request;
}

Request creation()
{
    Request request = quiet("U0IMPL");
    request.purpose = Purpose::first_password;
    request.account.reset();
    request.names = GivenNames{"Grace", "Hopper"};
    return request;
}

Tier tier_of_company()
{
    Tier tier;
    tier.name = "company";
    tier.domains = {"acme.example"};
    return tier;
}

bool has_signal(const Preparation& prepared, std::string_view code)
{
    return std::any_of(
        prepared.request.risk_notes.begin(), prepared.request.risk_notes.end(),
        [code](const RiskNote& risk) { return risk.code == code; });
}

}  // namespace

TEST_CASE("an account of no tier demands one approval and nothing else", "[requests]")
{
    Preparing desk;
    const Preparation prepared = desk.prepared(quiet());
    CHECK(prepared.ending.is_none());
    CHECK_FALSE(prepared.wants_verification);
    CHECK_FALSE(prepared.wants_names);
    CHECK(prepared.request.tier.empty());
    CHECK(prepared.request.approvals_needed == 1);
    CHECK(prepared.request.cooling == 0s);
    CHECK(prepared.request.format == PasswordFormat::sop);
    CHECK(prepared.request.risk_notes.empty());
}

TEST_CASE("what a tier demands stands in the request", "[requests]")
{
    Preparing desk;
    Tier tier = tier_of_company();
    tier.approvals = 2;
    tier.cooling = 10min;
    tier.format = PasswordFormat::passphrase;
    desk.settings.tiers = {tier};
    const Preparation prepared = desk.prepared(quiet());
    CHECK(prepared.ending.is_none());
    CHECK(prepared.request.tier == "company");
    CHECK(prepared.request.approvals_needed == 2);
    CHECK(prepared.request.cooling == 10min);
    CHECK(prepared.request.format == PasswordFormat::passphrase);
}

TEST_CASE("what an earlier look-up left behind is over", "[requests]")
{
    Preparing desk;
    Request request = quiet();
    request.ending_detail = "before";
    request.again_at = Desk::noon;
    request.risk_notes = {{"blocked", ""}};
    request.tier = "before";
    const Preparation prepared = desk.prepared(request);
    CHECK(prepared.request.ending_detail.empty());
    CHECK_FALSE(prepared.request.again_at);
    CHECK(prepared.request.risk_notes.empty());
    CHECK(prepared.request.tier.empty());
}

TEST_CASE("a tier asks for one approval or for two, whatever is configured", "[requests]")
{
    const auto [configured, needed] = GENERATE(table<int, int>({{0, 1}, {1, 1}, {2, 2}, {3, 2}}));
    Preparing desk;
    desk.settings.tiers = {tier_of_company()};
    desk.settings.tiers.front().approvals = configured;
    CHECK(rules::demands_of(desk.settings, quiet()).approvals == needed);
}

TEST_CASE("a protected account is refused, and Auth0 is not asked about it", "[requests]")
{
    Preparing desk;
    desk.settings.tiers = {tier_of_company()};
    desk.settings.tiers.front().refuse = true;
    const Preparation prepared = desk.prepared(quiet());
    CHECK(prepared.ending == Ending::protected_account);
    CHECK(prepared.request.tier == "company");
    CHECK(desk.tenant.asked.empty());
}

TEST_CASE("a tier is told by every identity of an account, and by the address that was asked for", "[requests]")
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    Tier tier;
    tier.name = "by connection";
    tier.connections = {"Partners"};
    settings.tiers = {tier};
    Request request = quiet();
    CHECK(rules::demands_of(settings, request).tier.empty());
    request.connection = "Partners";
    CHECK(rules::demands_of(settings, request).tier == "by connection");
    request.connection = "Users";
    request.account->database_connections = {"Users", "Partners"};
    CHECK(rules::demands_of(settings, request).tier == "by connection");
    settings.tiers = {tier_of_company()};
    request.account->email.clear();
    CHECK(rules::demands_of(settings, request).tier == "company");
    request.account->email = "ada@elsewhere.example";
    CHECK(rules::demands_of(settings, request).tier.empty());
    CHECK(rules::demands_of(settings, creation()).tier == "company");
}

TEST_CASE("a link that was asked for is one, whatever format the tier has", "[requests]")
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    Request request = quiet();
    CHECK_FALSE(rules::demands_of(settings, request).format);
    request.wants_link = true;
    CHECK(rules::demands_of(settings, request).format == PasswordFormat::link);
    settings.tiers = {tier_of_company()};
    settings.tiers.front().format = PasswordFormat::passphrase;
    CHECK(rules::demands_of(settings, request).format == PasswordFormat::link);
    request.wants_link = false;
    CHECK(rules::demands_of(settings, request).format == PasswordFormat::passphrase);
}

TEST_CASE("the usual format is that of the requester's role for what is asked", "[requests]")
{
    using enum PasswordFormat;
    Preparing desk;
    desk.settings.password.support = passphrase;
    desk.settings.password.implementation = link;
    CHECK(desk.prepared(quiet("U0AGENT")).request.format == passphrase);
    CHECK(desk.prepared(quiet("U0IMPL")).request.format == link);
    Request first = quiet("U0AGENT");
    first.purpose = Purpose::first_password;
    CHECK(desk.prepared(first).request.format == link);
    // Whoever is both is taken for support.
    desk.people.members.at("U0IMPL").roles = {Role::support, Role::implementation};
    CHECK(desk.prepared(quiet("U0IMPL")).request.format == passphrase);
    // Whose role is not known gets what others learn less of.
    desk.people.answers = false;
    CHECK(desk.prepared(quiet("U0AGENT")).request.format == link);
    desk.people.answers = true;
    desk.settings.password.support.reset();
    desk.settings.password.implementation.reset();
    desk.settings.password.format = link;
    CHECK(desk.prepared(quiet("U0AGENT")).request.format == link);
    CHECK(desk.prepared(first).request.format == link);
}

TEST_CASE("a requester whose address is not told is refused, or it is said that nobody could compare", "[requests]")
{
    Preparing desk;
    CHECK_FALSE(has_signal(desk.prepared(quiet()), risk_code::own_account_unchecked));
    desk.people.members.at("U0AGENT").email.reset();
    CHECK(desk.prepared(quiet()).ending == Ending::own_account_unknown);
    desk.settings.approval.own_account_check = OwnAccountCheck::say;
    const Preparation prepared = desk.prepared(quiet());
    CHECK(prepared.ending.is_none());
    CHECK(has_signal(prepared, risk_code::own_account_unchecked));
    // Nor is a person compared whom the directory does not remember.
    desk.people.answers = false;
    CHECK(has_signal(desk.prepared(quiet()), risk_code::own_account_unchecked));
}

TEST_CASE("a new account gets no link", "[requests]")
{
    Preparing desk;
    CHECK(desk.prepared(creation()).ending.is_none());
    desk.settings.password.format = PasswordFormat::link;
    CHECK(desk.prepared(creation()).ending == Ending::no_link_for_new_account);
    CHECK(desk.prepared(quiet()).ending.is_none());
}

TEST_CASE("a verification is asked for where it is demanded and not there yet", "[requests]")
{
    const auto [by_tier, has_tier] = GENERATE(table<bool, bool>({{true, true}, {false, true}, {false, false}}));
    Preparing desk;
    if (has_tier) desk.settings.tiers = {tier_of_company()};
    if (by_tier)
        desk.settings.tiers.front().verification_required = true;
    else
        desk.settings.verification.required = true;
    CHECK(desk.prepared(quiet()).ending == Ending::verification_not_configured);
    desk.settings.verification.methods = {{"call_back", "Called back"}};
    const Preparation missing = desk.prepared(quiet());
    CHECK(missing.ending.is_none());
    CHECK(missing.wants_verification);
    Request request = quiet();
    request.verification = Verification{"hearsay", ""};
    CHECK(desk.prepared(request).wants_verification);
    request.verification = Verification{"call_back", ""};
    CHECK_FALSE(desk.prepared(request).wants_verification);
}

TEST_CASE("a freeze or a limit ends it before anything else, in its own words and with its time", "[requests]")
{
    Preparing desk;
    desk.settings.tiers = {tier_of_company()};
    desk.settings.tiers.front().refuse = true;
    const auto ask_before = [&desk](const std::string& id, const std::string& requester) {
        Request before = quiet(requester);
        before.id = RequestId{id};
        before.state = State::denied;
        before.created_at = Desk::noon - 10min;
        desk.put(before);
    };
    SECTION("frozen")
    {
        desk.freeze("U0LEAD", "a stolen session");
        const Preparation prepared = desk.prepared(quiet());
        CHECK(prepared.ending == Ending::frozen);
        CHECK(has(prepared.request.ending_detail, "a stolen session"));
        CHECK_FALSE(prepared.request.again_at);
    }
    SECTION("the person's limit")
    {
        ask_before("cs-0", "U0AGENT");
        desk.put(quiet());
        desk.settings.limits.person = Limit{1, 0};
        const Preparation prepared = desk.prepared(quiet());
        CHECK(prepared.ending == Ending::limit_person);
        CHECK(prepared.request.again_at == Desk::noon + 50min);
        CHECK(has(prepared.request.ending_detail, "You may make 1 request"));
    }
    SECTION("the account's limit")
    {
        ask_before("cs-0", "U0OTHER");
        desk.settings.limits.account = Limit{1, 0};
        const Preparation prepared = desk.prepared(quiet());
        CHECK(prepared.ending == Ending::limit_account);
        CHECK(prepared.request.again_at == Desk::noon + 50min);
    }
    CHECK(desk.tenant.asked.empty());
}

TEST_CASE("what Auth0's policy says ends it with the rule, and while Auth0 is silent nothing is decided", "[requests]")
{
    Preparing desk;
    ConnectionPolicy strict{"Users"};
    strict.level = StrengthLevel::good;
    strict.length_min = 40;
    desk.tenant.recent = {strict};
    desk.tenant.now = {strict};
    const Preparation refused = desk.prepared(quiet());
    CHECK(refused.ending == Ending::policy_refuses);
    CHECK(has(refused.request.ending_detail, "40 are needed"));
    desk.tenant.recent = {Problem{Errc::rate_limited, "slow_down", 7s}};
    const auto silent = run(desk.context, prepare(desk.services, quiet()));
    REQUIRE_FALSE(silent.has_value());
    CHECK(silent.error().code == Errc::rate_limited);
    CHECK(silent.error().retry_after == 7s);
}

TEST_CASE("names that are missing are asked for, together with what the signals make one ask", "[requests]")
{
    Preparing desk;
    Request request = quiet();
    request.account->blocked = true;
    request.account->given_name.clear();
    const Preparation prepared = desk.prepared(request);
    CHECK(prepared.wants_names);
    CHECK(prepared.ending.is_none());
    REQUIRE(prepared.request.risk_notes.size() == 1);
    CHECK(prepared.request.risk_notes.front().code == risk_code::blocked);
}

TEST_CASE("signals of the account, of what could not be checked and of a guessed tier come together", "[requests]")
{
    Preparing desk;
    ConnectionPolicy custom{"Users"};
    custom.is_custom_database = true;
    desk.tenant.recent = {custom};
    Request request = quiet();
    request.account->blocked = true;
    request.account->metadata_too_large = true;
    Tier by_metadata;
    by_metadata.name = "gold";
    by_metadata.metadata = {MetadataMatch{{"plan"}, "gold"}};
    desk.settings.tiers = {tier_of_company(), by_metadata};
    const Preparation prepared = desk.prepared(request);
    REQUIRE(prepared.request.risk_notes.size() == 3);
    CHECK(has_signal(prepared, "blocked"));
    CHECK(has_signal(prepared, "custom_database"));
    CHECK(has_signal(prepared, "metadata_unread"));
    request.account->metadata_too_large = false;
    CHECK_FALSE(has_signal(desk.prepared(request), "metadata_unread"));
    request.account->metadata_too_large = true;
    desk.settings.tiers = {tier_of_company()};
    CHECK_FALSE(has_signal(desk.prepared(request), "metadata_unread"));
}
