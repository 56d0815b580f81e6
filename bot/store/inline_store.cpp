#include "bot/store/inline_store.hpp"

namespace countersign::store {

namespace asio = boost::asio;

InlineStore::InlineStore(const std::string& path, TimePoint now) : engine_{path, now}, reads_{engine_.connection()} {}

asio::awaitable<Result<Receipt>> InlineStore::commit(Change change)
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

asio::awaitable<std::optional<AuditMark>> InlineStore::last_audit_of(RequestId id)
{
    co_return reads_.last_audit_of(id);
}

asio::awaitable<std::vector<Job>> InlineStore::claim_jobs(TimePoint now, TimePoint lease_until, int limit)
{
    co_return engine_.claim(now, lease_until, limit);
}

asio::awaitable<std::optional<TimePoint>> InlineStore::next_due() { co_return reads_.next_due(); }

}  // namespace countersign::store
