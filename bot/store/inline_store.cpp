#include "bot/store/inline_store.hpp"

namespace countersign::store {

namespace asio = boost::asio;

InlineStore::InlineStore(const std::string& path, TimePoint now) : engine_{path, now}, reads_{engine_.connection()} {}

asio::awaitable<Result<Receipt>> InlineStore::commit(Transaction change)
{
    check(change);
    auto receipts = engine_.apply({&change, 1});
    if (receipts.front() && !change.jobs.empty() && on_jobs_) on_jobs_();
    co_return std::move(receipts.front());
}

asio::awaitable<std::optional<Request>> InlineStore::find_request(RequestId id) { co_return reads_.request(id); }

asio::awaitable<std::optional<Post>> InlineStore::find_post(RequestId id, PostKind kind)
{
    co_return reads_.post(id, kind);
}

asio::awaitable<std::optional<Sealed>> InlineStore::find_credential(RequestId id) { co_return reads_.credential(id); }

asio::awaitable<FreezeSwitch> InlineStore::find_freeze() { co_return reads_.freeze(); }

asio::awaitable<std::vector<TimePoint>> InlineStore::request_times(RequestWindow window, int limit)
{
    co_return reads_.request_times(window, limit);
}

asio::awaitable<std::vector<Decision>> InlineStore::deciders_of(SlackUserId requester, TimePoint since, int limit)
{
    co_return reads_.deciders_of(requester, since, limit);
}

asio::awaitable<std::optional<Request>> InlineStore::find_open_request(std::string account_key)
{
    co_return reads_.open_request(account_key);
}

asio::awaitable<std::optional<Request>> InlineStore::last_change_of(Auth0UserId account)
{
    co_return reads_.last_change_of(account);
}

asio::awaitable<std::vector<Request>> InlineStore::requests_of(SlackUserId requester, int limit, int offset)
{
    co_return reads_.requests_of(requester, limit, offset);
}

asio::awaitable<std::vector<Request>> InlineStore::pending_requests(int limit, int offset)
{
    co_return reads_.pending_requests(limit, offset);
}

asio::awaitable<std::vector<Request>> InlineStore::held_requests(int limit) { co_return reads_.held_requests(limit); }

asio::awaitable<std::vector<Request>> InlineStore::ended_requests(TimePoint since, int limit, int offset)
{
    co_return reads_.ended_requests(since, limit, offset);
}

asio::awaitable<std::optional<HomeViewer>> InlineStore::find_viewer(SlackUserId user) { co_return reads_.viewer(user); }

asio::awaitable<std::vector<HomeViewer>> InlineStore::viewers(int limit) { co_return reads_.viewers(limit); }

asio::awaitable<std::optional<AuditMark>> InlineStore::last_audit_of(RequestId id)
{
    co_return reads_.last_audit_of(id);
}

asio::awaitable<std::vector<Job>> InlineStore::claim_jobs(
    TimePoint now, TimePoint lease_until, int limit, JobKinds kinds)
{
    co_return engine_.claim(now, lease_until, limit, kinds);
}

asio::awaitable<std::optional<TimePoint>> InlineStore::next_due() { co_return reads_.next_due(); }

}  // namespace countersign::store
