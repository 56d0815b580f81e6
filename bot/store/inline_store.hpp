#pragma once

#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "handlers/ports/store.hpp"

#include <functional>
#include <string>

namespace countersign::store {

// The same ledger without threads: every call is done when it returns. For tests on virtual time, on ":memory:" or on a
// file, and for tools.
class InlineStore final : public Store
{
public:
    // As Writer.
    InlineStore(const std::string& path, TimePoint now);

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

    bool healthy() const noexcept { return engine_.healthy(); }

    // `call` runs within a commit that added jobs, before commit() returns.
    void on_jobs(std::function<void()> call) { on_jobs_ = std::move(call); }

    Writer& engine() noexcept { return engine_; }
    Reader& reads() noexcept { return reads_; }

private:
    Writer engine_;
    Reader reads_;
    std::function<void()> on_jobs_;
};

}  // namespace countersign::store
