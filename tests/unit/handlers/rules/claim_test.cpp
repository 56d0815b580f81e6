#include "handlers/rules/claim.hpp"

#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

const SlackUserId lead{"U0LEAD"};
const Decision press{lead, Desk::noon};
const Problem silence{Errc::unavailable, "http_500"};

Request claimed(State state = State::pending)
{
    Request request = Desk::request_of("U0AGENT", state);
    request.claims = {press};
    return request;
}

Member member(std::set<Role> roles, MemberStatus standing = MemberStatus::member)
{
    Member person;
    person.status = standing;
    person.roles = std::move(roles);
    person.email.emplace("lead@staff.example");
    return person;
}

// An approver, in a safe channel, one second after the press.
ClaimFacts usual() { return ClaimFacts{member({Role::approver}), ChannelSafety::safe, Desk::noon + 1s}; }

std::string verdict(const Request& request, const ClaimFacts& facts)
{
    return std::string{name_of(judge(request, press, facts))};
}

}  // namespace

TEST_CASE("a press counts when Slack says that it may and nothing speaks against it", "[requests][claims]")
{
    CHECK(verdict(claimed(), usual()) == "counts");
    ClaimFacts late = usual();
    late.now = Desk::noon + 24h;
    late.tries = 100;
    CHECK(verdict(claimed(), late) == "counts");
}

TEST_CASE("a press ends with Slack's no, whatever that is about", "[requests][claims]")
{
    Request request = claimed();
    const auto denied = [&request](const Member& who, const std::string& why) {
        ClaimFacts facts = usual();
        facts.who = who;
        CHECK(judge(request, press, facts).end == ClaimEnd::denied);
        CHECK(verdict(request, facts) == why);
    };
    denied(member({}), "not_an_approver");
    denied(member({Role::escalation}), "not_an_approver");
    denied(member({Role::support, Role::auditor}), "not_an_approver");
    denied(member({Role::approver}, MemberStatus::guest), "guest");
    denied(member({Role::approver}, MemberStatus::deactivated), "deactivated");
    denied(member({Role::approver}, MemberStatus::outsider), "other_workspace");
    denied(member({Role::approver}, MemberStatus::bot), "bot");
    Member owner = member({Role::approver});
    owner.email = Email{"ada@acme.example"};
    denied(owner, "own_account");

    const auto in_channel = [&request](ChannelSafety channel, const std::string& why) {
        ClaimFacts facts = usual();
        facts.channel = channel;
        CHECK(judge(request, press, facts).end == ClaimEnd::denied);
        CHECK(verdict(request, facts) == why);
    };
    in_channel(ChannelSafety::shared_outside, "channel_shared");
    in_channel(ChannelSafety::open_to_workspace, "channel_public");
    in_channel(ChannelSafety::archived, "channel_unknown");
    in_channel(ChannelSafety::unknown, "channel_unknown");
}

TEST_CASE("the second group's press counts once the request was passed on to it", "[requests][claims]")
{
    Request request = claimed();
    ClaimFacts facts = usual();
    facts.who = member({Role::escalation});
    request.escalated_at = Desk::noon - 1min;
    CHECK(verdict(request, facts) == "counts");
}

TEST_CASE("a press does not count for whoever asked, or has approved before", "[requests][claims]")
{
    ClaimFacts facts = usual();
    facts.approved_before = true;
    CHECK(verdict(claimed(), facts) == "approved_before");
    facts.is_requester = true;
    CHECK(verdict(claimed(), facts) == "own_request");
    // Though Slack says nothing.
    facts.who = silence;
    facts.channel = silence;
    CHECK(verdict(claimed(), facts) == "own_request");
    facts.is_requester = false;
    CHECK(verdict(claimed(), facts) == "approved_before");
}

TEST_CASE(
    "a press of somebody whose address Slack does not tell counts where that is let pass alone", "[requests][claims]")
{
    Member hidden = member({Role::approver});
    hidden.email.reset();
    ClaimFacts facts = usual();
    facts.who = hidden;
    CHECK(verdict(claimed(), facts) == "own_account_unknown");
    facts.check = OwnAccountCheck::say;
    CHECK(verdict(claimed(), facts) == "counts");
}

TEST_CASE("a press waits while Slack does not say, for half a minute, and then does not count", "[requests][claims]")
{
    ClaimFacts facts = usual();
    Denial unknown = Denial::rights_unknown;
    SECTION("who it was") { facts.who = silence; }
    SECTION("what the channel is")
    {
        facts.channel = silence;
        unknown = Denial::channel_unknown;
    }
    SECTION("anything")
    {
        facts.who = silence;
        facts.channel = silence;
    }
    facts.now = Desk::noon + claim_settled_within - 1ms;
    CHECK(judge(claimed(), press, facts).end == ClaimEnd::waits);
    facts.tries = claim_tries_max - 2;
    CHECK(judge(claimed(), press, facts).end == ClaimEnd::waits);
    facts.tries = claim_tries_max - 1;
    CHECK(judge(claimed(), press, facts).end == ClaimEnd::unanswered);
    facts.tries = 0;
    facts.now += 1ms;
    const ClaimVerdict verdict = judge(claimed(), press, facts);
    CHECK(verdict.end == ClaimEnd::unanswered);
    CHECK(verdict.denial == unknown);
}

TEST_CASE("half a no is a no, though the other half is not known", "[requests][claims]")
{
    ClaimFacts facts = usual();
    facts.who = silence;
    facts.channel = ChannelSafety::shared_outside;
    CHECK(verdict(claimed(), facts) == "channel_shared");
    facts.who = member({});
    facts.channel = silence;
    CHECK(verdict(claimed(), facts) == "not_an_approver");
}

TEST_CASE("whatever happened first wins over a press that is not settled", "[requests][claims]")
{
    const State state = GENERATE(State::denied, State::cancelled, State::expired, State::approved, State::changed);
    Request request = claimed(state);
    CHECK(verdict(request, usual()) == "decided_already");
    request.state = State::pending;
    request.claims.clear();
    CHECK(verdict(request, usual()) == "decided_already");
    ClaimFacts frozen = usual();
    frozen.is_frozen = true;
    CHECK(verdict(claimed(), frozen) == "frozen");
    frozen.who = silence;
    CHECK(verdict(claimed(), frozen) == "frozen");
    frozen.who = member({});
    CHECK(verdict(claimed(), frozen) == "frozen");
}

TEST_CASE("a press is one by its person and its moment", "[requests][claims]")
{
    Request request = claimed();
    request.claims.push_back(Decision{SlackUserId{"U0LEAD2"}, Desk::noon});
    CHECK(holds_claim(request, press));
    CHECK_FALSE(holds_claim(request, Decision{lead, Desk::noon + 1ms}));
    CHECK_FALSE(holds_claim(request, Decision{SlackUserId{"U0LEAD3"}, Desk::noon}));
    drop_claim(request, press);
    CHECK_FALSE(holds_claim(request, press));
    REQUIRE(request.claims.size() == 1);
    CHECK(request.claims.front().by == SlackUserId{"U0LEAD2"});
}

TEST_CASE("a request waits for what was pressed, but not for ever", "[requests][claims]")
{
    CHECK(awaits_claims(claimed(), Desk::noon));
    CHECK(awaits_claims(claimed(), Desk::noon + claim_age_max - 1ms));
    CHECK_FALSE(awaits_claims(claimed(), Desk::noon + claim_age_max));
    CHECK(open_claims(claimed(), Desk::noon).size() == 1);
    CHECK_FALSE(awaits_claims(Desk::request_of("U0AGENT", State::pending), Desk::noon));
}

TEST_CASE("Slack is asked again after 1, 2, 4, 5 s and so on, and at the end of the time", "[requests][claims]")
{
    std::vector<Milliseconds> moments;
    TimePoint now = press.at;
    for (int tries = 0; tries < claim_tries_max && now < press.at + claim_settled_within; ++tries)
    {
        now = next_try(press, tries, now);
        moments.push_back(now - press.at);
    }
    CHECK(moments == std::vector<Milliseconds>{1s, 3s, 7s, 12s, 17s, 22s, 27s, 30s});
    CHECK(next_try(press, 100, press.at + 1h) == press.at + 1h + 5s);
}
