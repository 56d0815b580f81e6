#pragma once

#include "handlers/ports/directory.hpp"
#include "handlers/ports/identity_provider.hpp"
#include "handlers/ports/slack_api.hpp"
#include "handlers/ports/store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

// What handlers at a desk have of the world outside.
namespace countersign::test {

// The ledger, which a test can look over the shoulder and get in the way of.
class WatchedStore final : public Store
{
public:
    explicit WatchedStore(Store& ledger) : ledger_{ledger} {}

    std::vector<Transaction> tried;       // every change that came to be committed
    std::vector<Transaction> done;        // those that were
    std::optional<Errc> refuses;          // every commit
    std::function<void()> before_commit;  // called once: somebody else acts first

    boost::asio::awaitable<Result<Receipt>> commit(Transaction change) override;
    boost::asio::awaitable<std::optional<Request>> find_request(RequestId id) override;
    boost::asio::awaitable<std::optional<Post>> find_post(RequestId id, PostKind kind) override;
    boost::asio::awaitable<std::optional<Sealed>> find_credential(RequestId id) override;
    boost::asio::awaitable<FreezeSwitch> find_freeze() override;
    boost::asio::awaitable<std::vector<TimePoint>> request_times(RequestWindow window, int limit) override;
    boost::asio::awaitable<std::vector<Decision>> deciders_of(
        SlackUserId requester, TimePoint since, int limit) override;
    boost::asio::awaitable<std::optional<Request>> find_open_request(std::string account_key) override;
    boost::asio::awaitable<std::optional<Request>> last_change_of(Auth0UserId account) override;
    boost::asio::awaitable<std::vector<Request>> requests_of(SlackUserId requester, int limit, int offset) override;
    boost::asio::awaitable<std::vector<Request>> pending_requests(int limit, int offset) override;
    boost::asio::awaitable<std::vector<Request>> held_requests(int limit) override;
    boost::asio::awaitable<std::vector<Request>> ended_requests(TimePoint since, int limit, int offset) override;
    boost::asio::awaitable<std::optional<HomeViewer>> find_viewer(SlackUserId user) override;
    boost::asio::awaitable<std::vector<HomeViewer>> viewers(int limit) override;
    boost::asio::awaitable<std::optional<AuditMark>> last_audit_of(RequestId id) override;
    boost::asio::awaitable<std::vector<Job>> claim_jobs(
        TimePoint now, TimePoint lease_until, int limit, JobKinds kinds) override;

private:
    Store& ledger_;
};

class KnownPeople final : public Directory
{
public:
    std::map<std::string, Member> members;
    bool answers = true;
    ChannelSafety approvals = ChannelSafety::safe;
    std::map<std::string, std::string> identities;  // of those who have another id than the one they come under
    std::vector<std::string> learned;               // who had to be made known, with the patience in milliseconds
    std::vector<DirectoryNews> news;

    Result<Member> cached(SlackUserId user) const override;
    ChannelSafety approvals_channel() const override;
    boost::asio::awaitable<Outcome<ChannelSafety>> fetch_approvals_channel() override { co_return approvals; }
    SlackUserId identity(SlackUserId user) const override;
    boost::asio::awaitable<Outcome<void>> learn(SlackUserId user, bool in_organization, Milliseconds patience) override;
    boost::asio::awaitable<Outcome<Member>> fetch(SlackUserId user, std::set<Role> roles) override;
    void heed(DirectoryNews what, std::optional<SlackUserId> about) override;
};

// Throws at every call: no decision calls Slack before it is committed.
class UncalledSlack final : public SlackApi
{
public:
    using Message = slack::Message;
    boost::asio::awaitable<Outcome<MessageTs>> post_message(ChannelId, Message, std::string) override;
    boost::asio::awaitable<Outcome<MessageTs>> post_reply(ChannelId, MessageTs, Message, std::string) override;
    boost::asio::awaitable<Outcome<void>> update_message(ChannelId, MessageTs, Message) override;
    boost::asio::awaitable<Outcome<void>> post_ephemeral(ChannelId, SlackUserId, Message) override;
    boost::asio::awaitable<Outcome<void>> respond(Secret, Message, bool) override;
    boost::asio::awaitable<Outcome<ChannelId>> open_dm(SlackUserId) override;
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_message(ChannelId, std::string, TimePoint) override;
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_reply(
        ChannelId, MessageTs, std::string, TimePoint) override;
    boost::asio::awaitable<Outcome<std::string>> open_view(Secret, boost::json::object) override;
    boost::asio::awaitable<Outcome<void>> update_view(std::string, boost::json::object) override;
    boost::asio::awaitable<Outcome<void>> open_secret_view(Secret, slack::SecretView) override;
    boost::asio::awaitable<Outcome<void>> update_secret_view(std::string, slack::SecretView) override;
    boost::asio::awaitable<Outcome<void>> publish_home(SlackUserId, boost::json::object) override;
    boost::asio::awaitable<Outcome<ChannelFacts>> channel_facts(ChannelId) override;
};

// A tenant that is asked for policies and for nothing else. The first answers come first, the last one stays.
class PolicyTenant final : public IdentityProvider
{
public:
    std::vector<Outcome<ConnectionPolicy>> recent;
    std::vector<Outcome<ConnectionPolicy>> now;
    std::vector<std::string> asked;  // "recent Users", "now Users"

    boost::asio::awaitable<Outcome<std::vector<Account>>> find_by_email(Email) override;
    boost::asio::awaitable<Outcome<Account>> read(Auth0UserId) override;
    boost::asio::awaitable<Outcome<Account>> change_password(PasswordChange, Secret) override;
    boost::asio::awaitable<Outcome<Account>> set_blocked(Auth0UserId, bool, RequestId) override;
    boost::asio::awaitable<Outcome<LogEvidence>> find_in_log(SentChange) override;
    boost::asio::awaitable<Outcome<ConnectionPolicy>> read_policy(std::string connection, Freshness freshness) override;
    boost::asio::awaitable<Outcome<Account>> create_account(NewAccount, Secret) override;
    boost::asio::awaitable<Outcome<Secret>> create_link(Auth0UserId, std::chrono::seconds, RequestId) override;
    boost::asio::awaitable<Outcome<void>> end_sessions(Auth0UserId, RequestId) override;
    boost::asio::awaitable<Outcome<void>> revoke_refresh_tokens(Auth0UserId, RequestId) override;
    boost::asio::awaitable<Outcome<void>> mark_must_change(MustChange) override;
    boost::asio::awaitable<Outcome<void>> send_change_mail(Email, std::string) override;
};

}  // namespace countersign::test
