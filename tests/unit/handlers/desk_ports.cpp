#include "tests/unit/handlers/desk_ports.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <utility>

namespace countersign::test {

namespace asio = boost::asio;

namespace {

[[noreturn]] void uncalled() { throw std::logic_error{"called by a handler that has no business there"}; }

}  // namespace

asio::awaitable<Result<Receipt>> WatchedStore::commit(Transaction change)
{
    if (before_commit) std::exchange(before_commit, nullptr)();
    tried.push_back(change);
    if (refuses) co_return *refuses;
    auto receipt = co_await ledger_.commit(change);
    if (receipt) done.push_back(std::move(change));
    co_return receipt;
}

asio::awaitable<std::optional<Request>> WatchedStore::find_request(RequestId id)
{
    return ledger_.find_request(std::move(id));
}
asio::awaitable<std::optional<Post>> WatchedStore::find_post(RequestId id, PostKind kind)
{
    return ledger_.find_post(std::move(id), kind);
}
asio::awaitable<std::optional<Sealed>> WatchedStore::find_credential(RequestId id)
{
    return ledger_.find_credential(std::move(id));
}
asio::awaitable<FreezeSwitch> WatchedStore::find_freeze() { return ledger_.find_freeze(); }
asio::awaitable<std::vector<TimePoint>> WatchedStore::request_times(RequestWindow window, int limit)
{
    return ledger_.request_times(std::move(window), limit);
}
asio::awaitable<std::vector<Decision>> WatchedStore::deciders_of(SlackUserId requester, TimePoint since, int limit)
{
    return ledger_.deciders_of(std::move(requester), since, limit);
}
asio::awaitable<std::optional<Request>> WatchedStore::find_open_request(std::string account_key)
{
    return ledger_.find_open_request(std::move(account_key));
}
asio::awaitable<std::optional<Request>> WatchedStore::last_change_of(Auth0UserId account)
{
    return ledger_.last_change_of(std::move(account));
}
asio::awaitable<std::vector<Request>> WatchedStore::requests_of(SlackUserId requester, int limit, int offset)
{
    return ledger_.requests_of(std::move(requester), limit, offset);
}
asio::awaitable<std::vector<Request>> WatchedStore::pending_requests(int limit, int offset)
{
    return ledger_.pending_requests(limit, offset);
}
asio::awaitable<std::vector<Request>> WatchedStore::held_requests(int limit) { return ledger_.held_requests(limit); }
asio::awaitable<std::vector<Request>> WatchedStore::ended_requests(TimePoint since, int limit, int offset)
{
    return ledger_.ended_requests(since, limit, offset);
}
asio::awaitable<std::optional<HomeViewer>> WatchedStore::find_viewer(SlackUserId user)
{
    return ledger_.find_viewer(std::move(user));
}
asio::awaitable<std::vector<HomeViewer>> WatchedStore::viewers(int limit) { return ledger_.viewers(limit); }
asio::awaitable<std::optional<AuditMark>> WatchedStore::last_audit_of(RequestId id)
{
    return ledger_.last_audit_of(std::move(id));
}
asio::awaitable<std::vector<Job>> WatchedStore::claim_jobs(
    TimePoint now, TimePoint lease_until, int limit, JobKinds kinds)
{
    return ledger_.claim_jobs(now, lease_until, limit, std::move(kinds));
}

// --- people

Result<Member> KnownPeople::cached(SlackUserId user) const
{
    if (!answers) return Errc::unavailable;
    const auto found = members.find(user.str());
    return found == members.end() ? Member{MemberStatus::member, {}, std::nullopt} : found->second;
}

ChannelSafety KnownPeople::approvals_channel() const { return approvals; }

SlackUserId KnownPeople::identity(SlackUserId user) const
{
    const auto found = identities.find(user.str());
    return found == identities.end() ? user : SlackUserId{found->second};
}

asio::awaitable<Outcome<void>> KnownPeople::learn(SlackUserId user, bool, Milliseconds patience)
{
    learned.push_back(user.str() + " " + std::to_string(patience.count()));
    if (!answers) co_return Problem{Errc::unavailable, "slow"};
    co_return Outcome<void>{};
}

void KnownPeople::heed(DirectoryNews what, std::optional<SlackUserId>) { news.push_back(what); }

asio::awaitable<Outcome<Member>> KnownPeople::fetch(SlackUserId user, std::set<Role> roles)
{
    auto member = cached(std::move(user));
    if (!member) co_return Problem{Errc::unavailable, "slow"};
    std::erase_if(member->roles, [&roles](Role role) { return !roles.contains(role); });
    co_return *member;
}

// --- what is not called

asio::awaitable<Outcome<MessageTs>> UncalledSlack::post_message(ChannelId, Message, std::string) { uncalled(); }
asio::awaitable<Outcome<MessageTs>> UncalledSlack::post_reply(ChannelId, MessageTs, Message, std::string)
{
    uncalled();
}
asio::awaitable<Outcome<void>> UncalledSlack::update_message(ChannelId, MessageTs, Message) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::post_ephemeral(ChannelId, SlackUserId, Message) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::respond(Secret, Message, bool) { uncalled(); }
asio::awaitable<Outcome<ChannelId>> UncalledSlack::open_dm(SlackUserId) { uncalled(); }
asio::awaitable<Outcome<std::optional<MessageTs>>> UncalledSlack::find_message(ChannelId, std::string, TimePoint)
{
    uncalled();
}
asio::awaitable<Outcome<std::optional<MessageTs>>> UncalledSlack::find_reply(
    ChannelId, MessageTs, std::string, TimePoint)
{
    uncalled();
}
asio::awaitable<Outcome<std::string>> UncalledSlack::open_view(Secret, boost::json::object) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::update_view(std::string, boost::json::object) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::open_secret_view(Secret, slack::SecretView) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::update_secret_view(std::string, slack::SecretView) { uncalled(); }
asio::awaitable<Outcome<void>> UncalledSlack::publish_home(SlackUserId, boost::json::object) { uncalled(); }
asio::awaitable<Outcome<ChannelFacts>> UncalledSlack::channel_facts(ChannelId) { uncalled(); }

asio::awaitable<Outcome<std::vector<Account>>> PolicyTenant::find_by_email(Email) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::read(Auth0UserId) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::change_password(PasswordChange, Secret) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::set_blocked(Auth0UserId, bool, RequestId) { uncalled(); }
asio::awaitable<Outcome<LogEvidence>> PolicyTenant::find_in_log(SentChange) { uncalled(); }
asio::awaitable<Outcome<Account>> PolicyTenant::create_account(NewAccount, Secret) { uncalled(); }
asio::awaitable<Outcome<Secret>> PolicyTenant::create_link(Auth0UserId, std::chrono::seconds, RequestId) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::end_sessions(Auth0UserId, RequestId) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::revoke_refresh_tokens(Auth0UserId, RequestId) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::mark_must_change(MustChange) { uncalled(); }
asio::awaitable<Outcome<void>> PolicyTenant::send_change_mail(Email, std::string) { uncalled(); }

asio::awaitable<Outcome<ConnectionPolicy>> PolicyTenant::read_policy(std::string connection, Freshness freshness)
{
    const bool is_recent = freshness == Freshness::recent;
    asked.push_back((is_recent ? "recent " : "now ") + connection);
    auto& answers = is_recent ? recent : now;
    REQUIRE_FALSE(answers.empty());
    auto answer = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    co_return answer;
}

}  // namespace countersign::test
