#pragma once

#include "handlers/ports/directory.hpp"
#include "handlers/ports/identity_provider.hpp"
#include "handlers/ports/slack_api.hpp"
#include "tests/support/slack_address.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace countersign::test {

// The tenant as a test writes it down. A call that is not written down throws.
class FakeAccounts : public IdentityProvider
{
    template <class Answer, class... Arguments>
    auto answer(std::string call, const Answer& written, const Arguments&... arguments)
    {
        calls.push_back(std::move(call));
        return written(arguments...);
    }

public:
    using Accounts = std::vector<Account>;

    std::function<Outcome<Accounts>(const Email&)> on_find;
    std::function<Outcome<Account>()> on_read;
    std::function<Outcome<Account>(const PasswordChange&)> on_change;
    std::function<Outcome<Account>(const NewAccount&)> on_create;
    std::function<Outcome<Account>()> on_block;
    std::function<Outcome<LogEvidence>(SentChange change)> on_log;
    std::function<Outcome<ConnectionPolicy>(Freshness)> on_policy;
    std::function<Outcome<std::string>(std::chrono::seconds ttl)> on_ticket;
    std::function<Outcome<void>()> on_sessions;
    std::function<Outcome<void>()> on_tokens;
    std::function<Outcome<void>(const MustChange&)> on_mark;
    std::function<Outcome<void>()> on_mail;

    std::vector<std::string> calls;      // "read auth0|1", in their order
    std::vector<std::string> passwords;  // that were sent

    boost::asio::awaitable<Outcome<Accounts>> find_by_email(Email email) override
    {
        co_return answer("find " + email.str(), on_find, email);
    }
    boost::asio::awaitable<Outcome<Account>> read(Auth0UserId id) override
    {
        co_return answer("read " + id.str(), on_read);
    }
    boost::asio::awaitable<Outcome<Account>> change_password(PasswordChange change, Secret password) override
    {
        passwords.emplace_back(password.expose());
        co_return answer("change " + change.account.str(), on_change, change);
    }
    boost::asio::awaitable<Outcome<Account>> set_blocked(Auth0UserId id, bool blocked, RequestId request) override
    {
        co_return answer((blocked ? "block " : "unblock ") + id.str() + " " + request.str(), on_block);
    }
    boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(SentChange change) override
    {
        const std::string whose = change.account ? change.account->str() : "new";
        co_return answer("log " + whose + " " + change.request.str(), on_log, change);
    }
    boost::asio::awaitable<Outcome<ConnectionPolicy>> read_policy(std::string connection, Freshness freshness) override
    {
        co_return answer("policy " + connection, on_policy, freshness);
    }
    boost::asio::awaitable<Outcome<Account>> create_account(NewAccount account, Secret password) override
    {
        passwords.emplace_back(password.expose());
        co_return answer("create " + account.email.str(), on_create, account);
    }
    boost::asio::awaitable<Outcome<Secret>> create_link(
        Auth0UserId id, std::chrono::seconds ttl, RequestId request) override
    {
        auto link = answer("ticket " + id.str() + " " + request.str(), on_ticket, ttl);
        if (!link) co_return link.error();
        co_return Secret{*link};
    }
    boost::asio::awaitable<Outcome<void>> end_sessions(Auth0UserId id, RequestId request) override
    {
        co_return answer("sessions " + id.str() + " " + request.str(), on_sessions);
    }
    boost::asio::awaitable<Outcome<void>> revoke_refresh_tokens(Auth0UserId id, RequestId request) override
    {
        co_return answer("tokens " + id.str() + " " + request.str(), on_tokens);
    }
    boost::asio::awaitable<Outcome<void>> mark_must_change(MustChange mark) override
    {
        co_return answer("mark " + mark.account.str() + " " + mark.request.str(), on_mark, mark);
    }
    boost::asio::awaitable<Outcome<void>> send_change_mail(Email email, std::string connection) override
    {
        co_return answer("mail " + email.str() + " " + connection, on_mail);
    }
};

// Slack's word on who may do what. Whoever is not in it is a member without roles.
class FakeDirectory final : public Directory
{
public:
    std::map<SlackUserId, Member> people;
    std::map<SlackUserId, SlackUserId> identities;  // of those who have two ids
    std::map<SlackUserId, Problem> problems;        // of those about whom Slack does not answer
    std::vector<SlackUserId> asked;

    void give(const SlackUserId& who, std::set<Role> roles)
    {
        if (!people.contains(who)) people[who].email = Email{slack_address_of(who.str())};
        people[who].status = MemberStatus::member;
        people[who].roles = std::move(roles);
    }

    Result<Member> cached(SlackUserId user) const override
    {
        const auto found = people.find(user);
        return found == people.end() ? nobody() : found->second;
    }
    ChannelSafety approvals_channel() const override { return channel; }
    boost::asio::awaitable<Outcome<ChannelSafety>> fetch_approvals_channel() override
    {
        if (channel_problem) co_return *channel_problem;
        co_return channel;
    }
    ChannelSafety channel = ChannelSafety::safe;
    std::optional<Problem> channel_problem;  // Slack does not answer
    SlackUserId identity(SlackUserId user) const override
    {
        const auto found = identities.find(user);
        return found == identities.end() ? user : found->second;
    }
    boost::asio::awaitable<Outcome<void>> learn(SlackUserId, bool, Milliseconds) override { co_return Outcome<void>{}; }
    void heed(DirectoryNews, std::optional<SlackUserId>) override {}
    // Only the roles that are asked about are known.
    boost::asio::awaitable<Outcome<Member>> fetch(SlackUserId user, std::set<Role> roles) override
    {
        asked.push_back(user);
        if (const auto problem = problems.find(user); problem != problems.end()) co_return problem->second;
        const auto found = people.find(user);
        Member member = found == people.end() ? nobody() : found->second;
        std::erase_if(member.roles, [&roles](Role role) { return !roles.contains(role); });
        co_return member;
    }

private:
    static Member nobody()
    {
        Member member;
        member.status = MemberStatus::member;
        return member;
    }
};

// Opens windows, and does nothing else.
class FakeSlack final : public SlackApi
{
public:
    std::function<Outcome<std::string>()> on_open;

    boost::asio::awaitable<Outcome<MessageTs>> post_message(ChannelId, slack::Message, std::string) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<MessageTs>> post_reply(ChannelId, MessageTs, slack::Message, std::string) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<void>> update_message(ChannelId, MessageTs, slack::Message) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<void>> post_ephemeral(ChannelId, SlackUserId, slack::Message) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<void>> respond(Secret, slack::Message, bool) override { co_return none(); }
    boost::asio::awaitable<Outcome<ChannelId>> open_dm(SlackUserId) override { co_return none(); }
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_message(ChannelId, std::string, TimePoint) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_reply(
        ChannelId, MessageTs, std::string, TimePoint) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<std::string>> open_view(Secret, boost::json::object) override
    {
        co_return on_open();
    }
    boost::asio::awaitable<Outcome<void>> update_view(std::string, boost::json::object) override { co_return none(); }
    boost::asio::awaitable<Outcome<void>> open_secret_view(Secret, slack::SecretView) override { co_return none(); }
    boost::asio::awaitable<Outcome<void>> update_secret_view(std::string, slack::SecretView) override
    {
        co_return none();
    }
    boost::asio::awaitable<Outcome<void>> publish_home(SlackUserId, boost::json::object) override { co_return none(); }
    boost::asio::awaitable<Outcome<ChannelFacts>> channel_facts(ChannelId) override { co_return none(); }

private:
    static Problem none() { return Problem{Errc::unreachable, "no_slack_here"}; }
};

}  // namespace countersign::test
