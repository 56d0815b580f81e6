// Whether those who asked and approved may still do so when the change is carried out.
#include "handlers/effects/approval_check.hpp"

#include "handlers/rules/demands.hpp"

#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;

namespace {

Outcome<StoredEnding> fault(Bench& bench, Request request = approved_request())
{
    return bench.run(approval_fault(bench.services, std::move(request)));
}

Request approved_by_two()
{
    Request request = approved_request();
    request.approvals = {Decision{other_lead, noon}, Decision{lead, noon}};
    return request;
}

}  // namespace

TEST_CASE("everybody who approved is asked about, and then who asked", "[effects][rights]")
{
    Bench bench;
    CHECK(fault(bench, approved_by_two()).value().is_none());
    CHECK(bench.directory.asked == std::vector<SlackUserId>{lead, other_lead, agent});
}

TEST_CASE("an approver who may not decide any more voids the approval", "[effects][rights]")
{
    Bench bench;
    const SlackUserId who = GENERATE(lead, other_lead);
    SECTION("no approver any more") { bench.directory.give(who, {Role::auditor}); }
    SECTION("a guest by now") { bench.directory.people[who].status = MemberStatus::guest; }
    SECTION("deactivated") { bench.directory.people[who].status = MemberStatus::deactivated; }
    SECTION("the second group, to which it was not passed on") { bench.directory.give(who, {Role::escalation}); }
    CHECK(fault(bench, approved_by_two()).value() == Ending::approver_lost_right);
}

TEST_CASE("what was passed on to the second group may have been approved by it", "[effects][rights]")
{
    Bench bench;
    bench.directory.give(lead, {Role::escalation});
    Request request = approved_request();
    request.escalated_at = noon;
    CHECK(fault(bench, request).value().is_none());
}

TEST_CASE(
    "a decision counts even where no list of approvals was kept, and each approval where no decision was",
    "[effects][rights]")
{
    Bench bench;
    bench.directory.give(lead, {});
    Request request = approved_request();
    request.approvals.clear();
    CHECK(fault(bench, request).value() == Ending::approver_lost_right);
    request = approved_request();
    request.decision.reset();
    CHECK(fault(bench, request).value() == Ending::approver_lost_right);
}

TEST_CASE("a requester who may not ask any more voids the approval", "[effects][rights]")
{
    Bench bench;
    SECTION("without a role") { bench.directory.give(agent, {}); }
    SECTION("a guest by now") { bench.directory.people[agent].status = MemberStatus::guest; }
    SECTION("an approver does not ask") { bench.directory.give(agent, {Role::approver}); }
    CHECK(fault(bench).value() == Ending::requester_lost_right);
}

TEST_CASE("support may ask for resets alone, implementation for first passwords too", "[effects][rights]")
{
    Bench bench;
    bench.directory.give(agent, {Role::support});
    CHECK(fault(bench).value().is_none());
    CHECK(fault(bench, approved_creation()).value() == Ending::requester_lost_right);
    bench.directory.give(agent, {Role::implementation});
    CHECK(fault(bench).value().is_none());
    CHECK(fault(bench, approved_creation()).value().is_none());
}

TEST_CASE("one's own account is named as the reason, for approver and requester alike", "[effects][rights]")
{
    Bench bench;
    const SlackUserId who = GENERATE(lead, agent);
    bench.directory.people[who].email = Email{"ada@acme.example"};
    CHECK(fault(bench).value() == Ending::own_account);
}

TEST_CASE("an approval from a channel that is no place to decide in any more is void", "[effects][rights]")
{
    const auto [channel, ending] = GENERATE(table<ChannelSafety, std::string>(
        {{ChannelSafety::shared_outside, "channel_shared"},
         {ChannelSafety::open_to_workspace, "channel_public"},
         {ChannelSafety::archived, "channel_unknown"},
         {ChannelSafety::unknown, "channel_unknown"}}));
    Bench bench;
    bench.directory.channel = channel;
    CHECK(fault(bench).value().name() == ending);
    CHECK(ending_named(ending));
    bench.directory.channel = ChannelSafety::safe;
    CHECK(fault(bench).value().is_none());
}

TEST_CASE("a channel that Slack says nothing of is no yes", "[effects][rights]")
{
    Bench bench;
    bench.directory.channel_problem = Problem{Errc::rate_limited, "ratelimited", std::chrono::seconds{7}};
    const auto answer = fault(bench);
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == Errc::rate_limited);
    CHECK(answer.error().retry_after == std::chrono::seconds{7});
}

TEST_CASE("whoever cannot be asked about is no yes", "[effects][rights]")
{
    Bench bench;
    const SlackUserId who = GENERATE(lead, other_lead, agent);
    bench.directory.problems[who] = Problem{Errc::rate_limited, "ratelimited", std::chrono::seconds{7}};
    const auto answer = fault(bench, approved_by_two());
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == Errc::rate_limited);
    CHECK(answer.error().retry_after == std::chrono::seconds{7});
}

TEST_CASE("an account that differs in what the card showed is not the one that was approved", "[effects][rights]")
{
    const Account shown = account_of_ada();
    Account now = shown;
    SECTION("blocked") { now.blocked = true; }
    SECTION("in other databases") { now.database_connections.push_back("Other"); }
    SECTION("changed since") { now.last_password_reset = noon; }
    SECTION("another given name") { now.given_name = "Eve"; }
    SECTION("another family name") { now.family_name = "King"; }
    SECTION("another address") { now.email = "eve@acme.example"; }
    CHECK_FALSE(rules::same_as_approved(shown, now));
}

TEST_CASE("an account that was only used since is the one that was approved", "[effects][rights]")
{
    const Account shown = account_of_ada();
    Account now = shown;
    now.logins_count = 4;
    now.last_login = now.updated_at = noon;
    now.marker = "cs-0";
    now.app_metadata = R"({"plan":"gold"})";
    CHECK(rules::same_as_approved(shown, now));
}

TEST_CASE("who asked and who approved are two people, by what Slack says of them now", "[effects][rights]")
{
    Bench bench;
    SECTION("one person under two ids asked and approved") { bench.directory.identities.emplace(agent, lead); }
    SECTION("one person under two ids approved twice") { bench.directory.identities.emplace(other_lead, lead); }
    SECTION("one address in two profiles")
    {
        bench.directory.people[agent].email = Email{"dual@acme.example"};
        bench.directory.people[other_lead].email = Email{"dual@acme.example"};
    }
    CHECK(fault(bench, approved_by_two()).value() == Ending::one_person);
}

TEST_CASE("whose address Slack does not tell at the change may be the owner", "[effects][rights]")
{
    Bench bench;
    const SlackUserId who = GENERATE(lead, other_lead, agent);
    bench.directory.people[who].email.reset();
    CHECK(fault(bench, approved_by_two()).value() == Ending::own_account_unknown);
    bench.settings.approval.own_account_check = OwnAccountCheck::say;
    CHECK(fault(bench, approved_by_two()).value().is_none());
    bench.directory.people[who].email = Email{"ada@acme.example"};
    CHECK(fault(bench, approved_by_two()).value() == Ending::own_account);
}

TEST_CASE("people whose addresses are not told are two by their ids, and one under two ids is one", "[effects][rights]")
{
    Bench bench;
    bench.settings.approval.own_account_check = OwnAccountCheck::say;
    for (const SlackUserId& who : {lead, other_lead, agent}) bench.directory.people[who].email.reset();
    CHECK(fault(bench, approved_by_two()).value().is_none());
    bench.directory.identities.emplace(agent, lead);
    CHECK(fault(bench, approved_by_two()).value() == Ending::one_person);
}
