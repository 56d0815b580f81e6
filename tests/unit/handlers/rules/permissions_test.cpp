#include "handlers/rules/permissions.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace countersign;
using namespace countersign::rules;

namespace {

const SlackUserId ada{"U0ADA"};
const SlackUserId lea{"U0LEA"};

Request request_of(const SlackUserId& requester)
{
    ReplyPath reply{Sealed{"x"}, TimePoint{}, ChannelId{"C1"}};
    return Request{RequestId{"cs-1"}, requester, Email{"a@b.example"}, reply, TimePoint{}};
}

constexpr OwnAccountCheck refuse = OwnAccountCheck::refuse;
constexpr OwnAccountCheck say = OwnAccountCheck::say;

Result<Member> member(std::set<Role> roles, MemberStatus standing = MemberStatus::member)
{
    return Member{standing, std::move(roles), Email{"somebody@staff.example"}};
}

// Of whom Slack tells no address.
Result<Member> unnamed(std::set<Role> roles) { return Member{MemberStatus::member, std::move(roles), std::nullopt}; }

const std::vector<MemberStatus> bad_standings = {
    MemberStatus::deactivated, MemberStatus::guest, MemberStatus::bot, MemberStatus::outsider};

}  // namespace

TEST_CASE("support asks for resets, implementation for first passwords too, and nobody else asks", "[requests]")
{
    for (const Purpose purpose : {Purpose::reset, Purpose::first_password})
    {
        CHECK_FALSE(may_ask(member({Role::implementation}), purpose));
        CHECK(may_ask(member({}), purpose) == Denial::not_a_requester);
        CHECK(may_ask(member({Role::approver, Role::auditor, Role::escalation}), purpose) == Denial::not_a_requester);
    }
    CHECK_FALSE(may_ask(member({Role::support}), Purpose::reset));
    CHECK(may_ask(member({Role::support}), Purpose::first_password) == Denial::not_an_implementer);
}

TEST_CASE("people are offered what they may ask for", "[requests]")
{
    using Purposes = std::vector<Purpose>;
    CHECK(purposes_of(member({Role::support})) == Purposes{Purpose::reset});
    CHECK(purposes_of(member({Role::implementation})) == Purposes{Purpose::reset, Purpose::first_password});
    CHECK(purposes_of(member({Role::approver, Role::auditor, Role::escalation})).empty());
    CHECK(purposes_of(Errc::unavailable).empty());
}

TEST_CASE("approvers decide requests of others, never their own", "[requests]")
{
    const Request request = request_of(ada);
    CHECK_FALSE(may_decide(member({Role::approver}), lea, request, refuse));
    CHECK(may_decide(member({Role::approver, Role::support}), ada, request, refuse) == Denial::own_request);
    CHECK(
        may_decide(member({Role::support, Role::implementation, Role::auditor}), lea, request, refuse) ==
        Denial::not_an_approver);
}

TEST_CASE("the second group decides what was passed on to it, and nothing before, and not its own", "[requests]")
{
    Request request = request_of(ada);
    CHECK(may_decide(member({Role::escalation}), lea, request, refuse) == Denial::not_an_approver);
    request.escalated_at = TimePoint{};
    CHECK_FALSE(may_decide(member({Role::escalation}), lea, request, refuse));
    CHECK(may_decide(member({Role::escalation}), ada, request, refuse) == Denial::own_request);
    CHECK(may_decide(member({Role::support, Role::auditor}), lea, request, refuse) == Denial::not_an_approver);
}

TEST_CASE("nobody asks for their own account, nor decides about it", "[requests]")
{
    const Request request = request_of(ada);
    Result<Member> owner = member({Role::approver, Role::support, Role::implementation});
    owner->email = request.email;
    for (const Purpose purpose : {Purpose::reset, Purpose::first_password})
    {
        CHECK(may_ask(owner, purpose, request.email, refuse) == Denial::own_account);
        CHECK_FALSE(may_ask(owner, purpose, Email{"other@b.example"}, refuse));
    }
    CHECK(may_ask(member({}), Purpose::reset, request.email, refuse) == Denial::not_a_requester);
    CHECK(may_decide(owner, lea, request, refuse) == Denial::own_account);
    Request escalated = request;
    escalated.escalated_at = TimePoint{};
    Result<Member> manager = member({Role::escalation});
    manager->email = request.email;
    CHECK(may_decide(manager, lea, escalated, refuse) == Denial::own_account);
}

TEST_CASE("an account is one's own by any address that it is signed in to with", "[requests]")
{
    Request request = request_of(ada);
    request.account.emplace(Auth0UserId{"google-oauth2|1"});
    request.account->email = "Ada@Else.example";
    request.account->database_connections = {"Main"};
    request.account->sign_ins = {{"linked@b.example", true}};
    Result<Member> owner = member({Role::approver, Role::support});
    for (const char* address : {"a@b.example", "ada@else.example", "linked@b.example"})
    {
        owner->email = Email{address};
        CHECK(may_ask(owner, request, refuse) == Denial::own_account);
        CHECK(may_decide(owner, lea, request, refuse) == Denial::own_account);
    }
    owner->email = Email{"other@b.example"};
    CHECK_FALSE(may_ask(owner, request, refuse));
    CHECK_FALSE(may_decide(owner, lea, request, refuse));
    CHECK(may_ask(Result<Member>{Errc::unavailable}, request, refuse) == Denial::rights_unknown);
}

TEST_CASE("whose address Slack does not tell may be the owner: refused, unless the settings let it pass", "[requests]")
{
    const Request request = request_of(ada);
    const Result<Member> asks = unnamed({Role::support, Role::implementation});
    const Result<Member> decides = unnamed({Role::approver});
    CHECK(may_ask(asks, Purpose::reset, request.email, refuse) == Denial::own_account_unknown);
    CHECK(may_ask(asks, request, refuse) == Denial::own_account_unknown);
    CHECK(may_decide(decides, lea, request, refuse) == Denial::own_account_unknown);
    CHECK(address_denial(*decides, refuse) == Denial::own_account_unknown);

    CHECK_FALSE(may_ask(asks, Purpose::reset, request.email, say));
    CHECK_FALSE(may_ask(asks, request, say));
    CHECK_FALSE(may_decide(decides, lea, request, say));
    CHECK_FALSE(address_denial(*decides, say));
}

TEST_CASE("an address that is known counts whatever the settings let pass", "[requests]")
{
    const Request request = request_of(ada);
    Result<Member> owner = member({Role::approver, Role::support});
    for (const OwnAccountCheck check : {refuse, say})
    {
        CHECK_FALSE(address_denial(*owner, check));
        owner->email = request.email;
        CHECK(may_ask(owner, Purpose::reset, request.email, check) == Denial::own_account);
        CHECK(may_ask(owner, request, check) == Denial::own_account);
        CHECK(may_decide(owner, lea, request, check) == Denial::own_account);
    }
}

TEST_CASE("who may not anyway is told that, and not that their address is unknown", "[requests]")
{
    const Request request = request_of(ada);
    CHECK(may_ask(unnamed({}), Purpose::reset, request.email, refuse) == Denial::not_a_requester);
    CHECK(may_ask(unnamed({}), request, refuse) == Denial::not_a_requester);
    CHECK(may_decide(unnamed({Role::support}), lea, request, refuse) == Denial::not_an_approver);
    CHECK(may_decide(unnamed({Role::approver}), ada, request, refuse) == Denial::own_request);
    CHECK(may_see(unnamed({Role::support}), ada, request) == std::nullopt);
    CHECK_FALSE(may_act(unnamed({})));
}

TEST_CASE("passwords can be derived where any that is set may be of the standard format", "[requests]")
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    CHECK(uses_standard_format(settings));
    settings.password.format = PasswordFormat::passphrase;
    CHECK_FALSE(uses_standard_format(settings));
    SECTION("of support") { settings.password.support = PasswordFormat::sop; }
    SECTION("of implementation") { settings.password.implementation = PasswordFormat::sop; }
    SECTION("of a tier")
    {
        settings.tiers.resize(2);
        settings.tiers.back().format = PasswordFormat::sop;
    }
    SECTION("the usual one, instead of which one role has another")
    {
        settings.password.format = PasswordFormat::sop;
        settings.password.support = PasswordFormat::link;
    }
    CHECK(uses_standard_format(settings));
}

TEST_CASE("a usual format that no role takes derives nothing", "[requests]")
{
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    settings.password.support = PasswordFormat::passphrase;
    settings.password.implementation = PasswordFormat::link;
    settings.tiers.resize(1);
    CHECK_FALSE(uses_standard_format(settings));
}

TEST_CASE("approvers freeze, auditors review; whoever decides, reviews or asked sees details", "[requests]")
{
    CHECK_FALSE(may_freeze(member({Role::approver})));
    CHECK(may_freeze(member({Role::support, Role::auditor, Role::escalation})) == Denial::not_an_approver);
    CHECK_FALSE(may_review(member({Role::auditor})));
    CHECK(may_review(member({Role::approver})) == Denial::not_an_auditor);
    const Request request = request_of(ada);
    for (const Role role : {Role::approver, Role::auditor, Role::escalation})
        CHECK_FALSE(may_see(member({role}), lea, request));
    CHECK_FALSE(may_see(member({Role::support}), ada, request));
    CHECK(may_see(member({Role::support}), lea, request));
}

TEST_CASE("whoever asked and has no role any more sees no details, and may still take the request back", "[requests]")
{
    const Request request = request_of(ada);
    CHECK(may_see(member({}), ada, request) == Denial::not_a_requester);
    CHECK_FALSE(may_act(member({})));
    Request first = request_of(ada);
    first.purpose = Purpose::first_password;
    CHECK(may_see(member({Role::support}), ada, first) == Denial::not_an_implementer);
    CHECK_FALSE(may_see(member({Role::implementation}), ada, first));
}

TEST_CASE("guests, outsiders, bots and the deactivated may do nothing, whatever group they are in", "[requests]")
{
    const std::set<Role> every{Role::support, Role::implementation, Role::approver, Role::auditor, Role::escalation};
    Request request = request_of(ada);
    request.escalated_at = TimePoint{};
    for (const MemberStatus standing : bad_standings)
    {
        CHECK(may_ask(member(every, standing), Purpose::reset));
        CHECK(may_decide(member(every, standing), lea, request, refuse));
        CHECK(may_freeze(member(every, standing)));
        CHECK(may_review(member(every, standing)));
        CHECK(may_see(member(every, standing), ada, request));
    }
}

TEST_CASE("rights that cannot be looked up are no rights", "[requests]")
{
    const Result<Member> unknown{Errc::unavailable};
    CHECK(may_ask(unknown, Purpose::reset) == Denial::rights_unknown);
    CHECK(may_decide(unknown, lea, request_of(ada), refuse) == Denial::rights_unknown);
    CHECK(may_freeze(unknown) == Denial::rights_unknown);
    CHECK(may_review(unknown) == Denial::rights_unknown);
    CHECK(may_see(unknown, ada, request_of(ada)) == Denial::rights_unknown);
}

TEST_CASE("each standing has its own reason, whatever is asked for", "[requests]")
{
    const auto [standing, why] = GENERATE(table<MemberStatus, Denial>(
        {{MemberStatus::deactivated, Denial::deactivated},
         {MemberStatus::guest, Denial::guest},
         {MemberStatus::bot, Denial::bot},
         {MemberStatus::outsider, Denial::other_workspace}}));
    const std::set<Role> every{Role::support, Role::implementation, Role::approver, Role::auditor, Role::escalation};
    const Result<Member> who = member(every, standing);
    CHECK(may_ask(who, Purpose::reset) == why);
    CHECK(may_ask(who, Purpose::reset, Email{"other@b.example"}, refuse) == why);
    CHECK(may_decide(who, lea, request_of(ada), refuse) == why);
    CHECK(may_act(who) == why);
    CHECK(may_freeze(who) == why);
    CHECK(may_review(who) == why);
    CHECK(may_see(who, lea, request_of(ada)) == why);
}

TEST_CASE("to act at all, and to ask for an address, takes rights that are known", "[requests]")
{
    const Result<Member> unknown{Errc::unavailable};
    CHECK(may_act(unknown) == Denial::rights_unknown);
    CHECK(may_ask(unknown, Purpose::reset, Email{"a@b.example"}, refuse) == Denial::rights_unknown);
    CHECK(
        may_ask(member({Role::support}), Purpose::first_password, Email{"x@b.example"}, refuse) ==
        Denial::not_an_implementer);
}

TEST_CASE("that somebody is no approver is said before that the request is theirs", "[requests]")
{
    CHECK(may_decide(member({Role::support}), ada, request_of(ada), refuse) == Denial::not_an_approver);
    CHECK(may_see(member({Role::support}), lea, request_of(ada)) == Denial::not_an_approver);
}

TEST_CASE("something is decided in a channel that is known to be safe, and in no other", "[requests]")
{
    CHECK_FALSE(channel_denial(ChannelSafety::safe));
    CHECK(channel_denial(ChannelSafety::shared_outside) == Denial::channel_shared);
    CHECK(channel_denial(ChannelSafety::open_to_workspace) == Denial::channel_public);
    CHECK(channel_denial(ChannelSafety::archived) == Denial::channel_unknown);
    CHECK(channel_denial(ChannelSafety::unknown) == Denial::channel_unknown);
}

TEST_CASE("the audit log keeps its names for reasons", "[requests][audit]")
{
    const auto [denial, name] = GENERATE(table<Denial, std::string>(
        {{Denial::rights_unknown, "rights_unknown"},
         {Denial::other_workspace, "other_workspace"},
         {Denial::deactivated, "deactivated"},
         {Denial::guest, "guest"},
         {Denial::bot, "bot"},
         {Denial::not_a_requester, "not_a_requester"},
         {Denial::not_an_implementer, "not_an_implementer"},
         {Denial::not_an_approver, "not_an_approver"},
         {Denial::not_an_auditor, "not_an_auditor"},
         {Denial::own_request, "own_request"},
         {Denial::own_account, "own_account"},
         {Denial::own_account_unknown, "own_account_unknown"},
         {Denial::channel_shared, "channel_shared"},
         {Denial::channel_public, "channel_public"},
         {Denial::channel_unknown, "channel_unknown"}}));
    CHECK(name_of(denial) == name);
}
