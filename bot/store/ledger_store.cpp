#include "bot/store/ledger_store.hpp"

namespace countersign::store {

using boost::asio::awaitable;

awaitable<std::optional<Request>> LedgerStore::find_request(RequestId id)
{
    return read_by([id](Reader& reader) { return reader.request(id); });
}

awaitable<std::optional<Post>> LedgerStore::find_post(RequestId id, PostKind kind)
{
    return read_by([id, kind](Reader& reader) { return reader.post(id, kind); });
}

awaitable<std::optional<Sealed>> LedgerStore::find_credential(RequestId id)
{
    return read_by([id](Reader& reader) { return reader.credential(id); });
}

awaitable<FreezeSwitch> LedgerStore::find_freeze()
{
    return read_by([](Reader& reader) { return reader.freeze(); });
}

awaitable<std::vector<TimePoint>> LedgerStore::request_times(RequestWindow window, int limit)
{
    return read_by([window, limit](Reader& reader) { return reader.request_times(window, limit); });
}

awaitable<std::vector<Decision>> LedgerStore::deciders_of(SlackUserId requester, TimePoint since, int limit)
{
    return read_by([requester, since, limit](Reader& reader) { return reader.deciders_of(requester, since, limit); });
}

awaitable<std::optional<Request>> LedgerStore::find_open_request(std::string account_key)
{
    return read_by([account_key](Reader& reader) { return reader.open_request(account_key); });
}

awaitable<std::optional<Request>> LedgerStore::last_change_of(Auth0UserId account)
{
    return read_by([account](Reader& reader) { return reader.last_change_of(account); });
}

awaitable<std::vector<Request>> LedgerStore::requests_of(SlackUserId requester, int limit, int offset)
{
    return read_by([requester, limit, offset](Reader& reader) { return reader.requests_of(requester, limit, offset); });
}

awaitable<std::vector<Request>> LedgerStore::pending_requests(int limit, int offset)
{
    return read_by([limit, offset](Reader& reader) { return reader.pending_requests(limit, offset); });
}

awaitable<std::vector<Request>> LedgerStore::held_requests(int limit)
{
    return read_by([limit](Reader& reader) { return reader.held_requests(limit); });
}

awaitable<std::vector<Request>> LedgerStore::ended_requests(TimePoint since, int limit, int offset)
{
    return read_by([since, limit, offset](Reader& reader) { return reader.ended_requests(since, limit, offset); });
}

awaitable<std::optional<HomeViewer>> LedgerStore::find_viewer(SlackUserId user)
{
    return read_by([user](Reader& reader) { return reader.viewer(user); });
}

awaitable<std::vector<HomeViewer>> LedgerStore::viewers(int limit)
{
    return read_by([limit](Reader& reader) { return reader.viewers(limit); });
}

awaitable<std::optional<AuditMark>> LedgerStore::last_audit_of(RequestId id)
{
    return read_by([id](Reader& reader) { return reader.last_audit_of(id); });
}

awaitable<std::vector<Job>> LedgerStore::claim_jobs(TimePoint now, TimePoint lease_until, int limit, JobKinds kinds)
{
    return write_by(
        [now, lease_until, limit, kinds](Writer& writer) { return writer.claim(now, lease_until, limit, kinds); });
}

}  // namespace countersign::store
