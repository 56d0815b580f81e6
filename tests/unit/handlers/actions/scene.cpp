#include "tests/unit/handlers/actions/scene.hpp"

#include "handlers/views/actions.hpp"
#include "tests/support/slack_address.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <utility>
#include <variant>

namespace countersign::test {

namespace {

slack::Source our_workspace() { return slack::Source{"A1", SlackTeamId{"T1"}, std::nullopt, false}; }

Post post_of(PostKind kind, const std::string& channel, const std::string& ts)
{
    Post post{RequestId{"cs-1"}, kind, "uuid-1"};
    post.channel = ChannelId{channel};
    post.ts = MessageTs{ts};
    return post;
}

actions::Press press_at(
    const std::string& user, std::string_view action, const std::string& channel, const std::string& ts)
{
    actions::Press press = press_in_home(user, action);
    press.channel = ChannelId{channel};
    press.message = MessageTs{ts};
    press.note_url = Sealed{"for a note"};
    press.line_url = Sealed{"for the line"};
    return press;
}

}  // namespace

Member member_with(const std::string& user, std::set<Role> roles)
{
    return Member{MemberStatus::member, std::move(roles), Email{slack_address_of(user)}};
}

Scene::Scene() : settings{{SlackTeamId{"T1"}}, ChannelId{"C0APPROVE"}, ChannelId{"C0AUDIT"}}, seen{noon}
{
    seen.approvals_channel = ChannelSafety::safe;
    know("U0AGENT", member_with("U0AGENT", {Role::support}));
    know("U0IMPL", member_with("U0IMPL", {Role::implementation}));
    for (const std::string lead : {"U0LEAD", "U0LEAD2", "U0LEAD3"}) know(lead, member_with(lead, {Role::approver}));
    know("U0MANAGER", member_with("U0MANAGER", {Role::escalation}));
    know("U0AUDITOR", member_with("U0AUDITOR", {Role::auditor}));
    know("U0NOBODY", member_with("U0NOBODY", {}));
    Member guest = member_with("U0GUEST", {Role::support, Role::approver, Role::auditor});
    guest.status = MemberStatus::guest;
    know("U0GUEST", std::move(guest));
}

Scene::Scene(Request request) : Scene{}
{
    seen.request.emplace(std::move(request));
    seen.card = post_of(PostKind::card, "C0APPROVE", "10.5");
    seen.requester_dm = post_of(PostKind::requester_dm, "D0AGENT", "20.5");
}

void Scene::know_as(const std::string& user, const std::string& identity, Result<Member> member)
{
    seen.people.add(SlackUserId{user}, SlackUserId{identity}, std::move(member));
}

void Scene::freeze(const std::string& by, std::string reason)
{
    seen.held.version = 1;
    seen.held.freeze.emplace(Freeze{SlackUserId{by}, noon, std::move(reason), {}});
}

Request agents_request(State state)
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U0AGENT"}, Email{"ada@acme.example"}, std::nullopt, noon};
    request.state = state;
    request.account.emplace(Auth0UserId{"auth0|1"});
    request.account->email = "ada@acme.example";
    request.connection = "Users";
    request.asked = true;
    request.expires_at = noon + std::chrono::hours{4};
    return request;
}

actions::Press press_in_home(const std::string& user, std::string_view action)
{
    actions::Press press{action_by(user, action)};
    press.value = "cs-1";
    return press;
}

actions::Press press(const std::string& user, std::string_view action, std::string value)
{
    actions::Press press = press_at(user, action, "C0APPROVE", "10.5");
    press.value = std::move(value);
    return press;
}

actions::Press press_in_line(const std::string& user, std::string_view action)
{
    return press_at(user, action, "C0DESK", "30.5");
}

actions::Press press_in_dm(const std::string& user, std::string_view action)
{
    return press_at(user, action, "D0AGENT", "20.5");
}

actions::Action action_by(const std::string& user, std::string_view name)
{
    return actions::Action{SlackUserId{user}, our_workspace(), std::string{name}};
}

std::string window_text(const actions::Verdict& verdict)
{
    if (const auto* replaced = std::get_if<slack::ViewReplaced>(&verdict.answer))
        return boost::json::serialize(replaced->view);
    if (!verdict.window) return {};
    if (const auto* modal = std::get_if<actions::Modal>(&*verdict.window)) return boost::json::serialize(modal->view);
    if (const auto* there = std::get_if<actions::NewContents>(&*verdict.window))
        return boost::json::serialize(there->view);
    return {};
}

void check_refused(
    const actions::Verdict& verdict, const std::string& row, const std::string& words, const std::string& jobs)
{
    REQUIRE(verdict.transaction);
    CHECK(only_row(*verdict.transaction) == row);
    CHECK(jobs_text(*verdict.transaction) == jobs);
    CHECK_FALSE(verdict.transaction->update);
    CHECK_FALSE(verdict.transaction->freeze);
    CHECK_FALSE(verdict.window);
    CHECK(has(note_text(*verdict.transaction), words));
    CHECK(std::holds_alternative<slack::Acknowledged>(verdict.answer));
}

}  // namespace countersign::test
