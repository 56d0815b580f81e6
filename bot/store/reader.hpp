#pragma once

#include "handlers/ports/store.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace countersign::store {

class Connection;

// The reading half of the ledger, synchronous, on the connection given. Sees what is committed. A stored row that is
// not one of ours throws boost::system::system_error with Errc::corrupt; otherwise StoreUnavailable as in Writer.
class Reader
{
public:
    explicit Reader(Connection& connection) : connection_{connection} {}

    std::optional<Request> request(const RequestId& id);
    std::optional<Post> post(const RequestId& id, PostKind kind);
    std::optional<Sealed> credential(const RequestId& id);
    std::optional<AuditMark> last_audit_of(const RequestId& id);
    FreezeSwitch freeze();
    std::vector<TimePoint> request_times(const RequestWindow& window, int limit);
    std::vector<Decision> deciders_of(const SlackUserId& requester, TimePoint since, int limit);
    std::optional<Request> open_request(const std::string& account_key);
    std::optional<Request> last_change_of(const Auth0UserId& account);
    std::vector<Request> requests_of(const SlackUserId& requester, int limit, int offset);
    std::vector<Request> pending_requests(int limit, int offset);
    std::vector<Request> held_requests(int limit);
    std::vector<Request> ended_requests(TimePoint since, int limit, int offset);
    std::optional<HomeViewer> viewer(const SlackUserId& user);
    std::vector<HomeViewer> viewers(int limit);

    // At most `limit` rows behind `sequence`, in order: for audit::verify.
    std::vector<AuditRow> audit_after(std::int64_t sequence, int limit);

private:
    Connection& connection_;
};

}  // namespace countersign::store
