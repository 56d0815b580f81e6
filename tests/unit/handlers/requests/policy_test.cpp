#include "handlers/requests/policy.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace countersign;

namespace {

const SlackUserId ada{"U0ADA"};
const SlackUserId lea{"U0LEA"};

Request request_of(const SlackUserId& requester)
{
    ReplyPath reply{Sealed{"x"}, TimePoint{}, ChannelId{"C1"}};
    return Request{RequestId{"cs-1"}, requester, Email{"a@b.example"}, reply, TimePoint{}};
}

Result<Member> member(std::set<Role> roles, Standing standing = Standing::member)
{
    return Member{standing, std::move(roles)};
}

const std::vector<Standing> bad_standings = {Standing::deactivated, Standing::guest, Standing::bot, Standing::outsider};

}  // namespace

TEST_CASE("support and implementation may ask, and nobody else", "[requests]")
{
    CHECK_FALSE(may_ask(member({Role::support})));
    CHECK_FALSE(may_ask(member({Role::implementation})));
    CHECK(may_ask(member({})) == Denial::not_a_requester);
    CHECK(may_ask(member({Role::approver, Role::auditor})) == Denial::not_a_requester);
}

TEST_CASE("approvers decide requests of others, never their own", "[requests]")
{
    const Request request = request_of(ada);
    CHECK_FALSE(may_decide(member({Role::approver}), lea, request));
    CHECK(may_decide(member({Role::approver, Role::support}), ada, request) == Denial::own_request);
    CHECK(
        may_decide(member({Role::support, Role::implementation, Role::auditor}), lea, request) ==
        Denial::not_an_approver);
}

TEST_CASE("guests, outsiders, bots and the deactivated may do nothing, whatever group they are in", "[requests]")
{
    const std::set<Role> every{Role::support, Role::implementation, Role::approver, Role::auditor};
    for (const Standing standing : bad_standings)
    {
        CHECK(may_ask(member(every, standing)));
        CHECK(may_decide(member(every, standing), lea, request_of(ada)));
    }
}

TEST_CASE("rights that cannot be looked up are no rights", "[requests]")
{
    const Result<Member> unknown{Errc::unavailable};
    CHECK(may_ask(unknown) == Denial::rights_unknown);
    CHECK(may_decide(unknown, lea, request_of(ada)) == Denial::rights_unknown);
}
