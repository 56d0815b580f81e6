#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/transaction.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

// Requests of one person, for one account, or all of them.
struct RequestWindow
{
    enum class Of
    {
        person,     // key: SlackUserId; those that reached an approver, or may, and were not cancelled
        account,    // key: account_key(); only requests that an approver was asked for
        everybody,  // as of one person
        look_ups,   // key: SlackUserId; with any outcome
    };

    Of of;
    std::string key;
    TimePoint since;
};

struct Receipt
{
    std::optional<AuditMark> audit;  // of the last audit row of this transaction
};

// The ledger. A commit is durable when it returns. All calls throw StoreUnavailable when the database cannot be used;
// after an I/O error that stays so. Call from one executor.
class Store
{
public:
    virtual ~Store() = default;

    virtual boost::asio::awaitable<Result<Receipt>> commit(Transaction change) = 0;

    virtual boost::asio::awaitable<std::optional<Request>> find_request(RequestId id) = 0;
    virtual boost::asio::awaitable<std::optional<Post>> find_post(RequestId id, PostKind kind) = 0;
    virtual boost::asio::awaitable<std::optional<Sealed>> find_credential(RequestId id) = 0;
    virtual boost::asio::awaitable<FreezeSwitch> find_freeze() = 0;

    // When these requests were made: the newest first, at most `limit`.
    virtual boost::asio::awaitable<std::vector<TimePoint>> request_times(RequestWindow window, int limit) = 0;
    // Who approved or denied this person's requests since then: the newest first, at most `limit`.
    virtual boost::asio::awaitable<std::vector<Decision>> deciders_of(
        SlackUserId requester, TimePoint since, int limit) = 0;
    // The open request for this account_key(), pending or approved: while there is one, no other can be made.
    virtual boost::asio::awaitable<std::optional<Request>> find_open_request(std::string account_key) = 0;
    // The newest request for this account whose password was changed.
    virtual boost::asio::awaitable<std::optional<Request>> last_change_of(Auth0UserId account) = 0;
    // A person's requests: open ones first, then the newest.
    virtual boost::asio::awaitable<std::vector<Request>> requests_of(SlackUserId requester, int limit, int offset) = 0;
    // Requests that wait for a decision: the oldest first.
    virtual boost::asio::awaitable<std::vector<Request>> pending_requests(int limit, int offset) = 0;
    // Requests that a freeze holds: those that wait for a decision, or are approved and not begun. The oldest first.
    virtual boost::asio::awaitable<std::vector<Request>> held_requests(int limit) = 0;
    // Requests that ended since then and about which approvers were asked: the newest first.
    virtual boost::asio::awaitable<std::vector<Request>> ended_requests(TimePoint since, int limit, int offset) = 0;

    virtual boost::asio::awaitable<std::optional<HomeViewer>> find_viewer(SlackUserId user) = 0;
    // Those who opened their Home last, at most `limit`.
    virtual boost::asio::awaitable<std::vector<HomeViewer>> viewers(int limit) = 0;

    // The newest audit row of a request.
    virtual boost::asio::awaitable<std::optional<AuditMark>> last_audit_of(RequestId id) = 0;

    // Leases at most `limit` due jobs of these kinds: ready ones, and leased ones whose lease has ended. Ordered by id;
    // of a lane only the oldest unfinished job, and none while another job of the lane is leased.
    virtual boost::asio::awaitable<std::vector<Job>> claim_jobs(
        TimePoint now, TimePoint lease_until, int limit, JobKinds kinds) = 0;
};

}  // namespace countersign
