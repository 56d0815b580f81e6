#pragma once

#include "bot/store/kept_store.hpp"
#include "handlers/ports/store.hpp"
#include "handlers/ports/vault.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>

namespace countersign::store {

// The ledger of a running bot, on a database file. One thread writes: it takes all changes that wait, commits them
// together, and answers each (group commit). Another thread reads on a connection of its own. At most 1,024 calls wait
// for each of them; beyond, a call throws StoreUnavailable.
//
// Call from `executor`, which must outlive the store. A call is not cancelled: a cancel takes effect after its answer.
class SqlStore final : public Store, public KeptStore
{
public:
    // Opens as Writer does, and throws StartRefused as it does; with a vault also when the ledger has another key,
    // before anything is changed. The vault is not needed afterwards.
    SqlStore(
        boost::asio::any_io_executor executor, const std::string& path, TimePoint now, const Vault* vault = nullptr);
    // Finishes what waits: everything that was called is answered.
    ~SqlStore() override;

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
    boost::asio::awaitable<std::optional<TimePoint>> next_due() override;

    boost::asio::awaitable<void> probe(TimePoint now) override;
    boost::asio::awaitable<int> prune(TimePoint now, int limit) override;
    boost::asio::awaitable<Checkpoint> checkpoint() override;
    bool healthy() const noexcept override;

    // As Writer.
    std::optional<TimePoint> newest_stamp() const noexcept;

    // `call` runs on the executor after a commit that added jobs. Replace it by {} before what it refers to dies.
    void on_jobs(std::function<void()> call);

private:
    class Threads;
    std::unique_ptr<Threads> threads_;
};

}  // namespace countersign::store
