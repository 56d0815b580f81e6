#pragma once

#include "handlers/ports/store.hpp"
#include "tests/support/inline_store.hpp"

#include <functional>
#include <optional>
#include <stdexcept>
#include <vector>

namespace countersign::test {

// The ledger as a process sees it: gone once the process is dead, and out of order when a test says so.
class FragileStore final : public Store
{
public:
    explicit FragileStore(InlineStore& ledger) : ledger_{ledger} {}

    bool broken = false;  // every call throws
    bool dies = false;    // ... because the process is being killed
    int mistakes = 0;     // so many look-ups of a request throw what no store throws: our own mistake
    int commits = 0;
    // Asked before each commit, with its number from 1: true kills the process there and then.
    std::function<bool(int number)> dies_before_commit = [](int) { return false; };
    std::function<void()> on_claim = [] {};  // before jobs are claimed

    boost::asio::awaitable<Result<Receipt>> commit(Transaction change) override
    {
        require();
        if (dies_before_commit(++commits)) broken = dies = true;
        require();
        quiet_until_.reset();
        return ledger_.commit(std::move(change));
    }
    boost::asio::awaitable<std::optional<Request>> find_request(RequestId id) override
    {
        require();
        if (mistakes > 0 && mistakes-- > 0) throw std::logic_error{"a mistake of ours"};
        return ledger_.find_request(std::move(id));
    }
    boost::asio::awaitable<std::optional<Post>> find_post(RequestId id, PostKind kind) override
    {
        require();
        return ledger_.find_post(std::move(id), kind);
    }
    boost::asio::awaitable<std::optional<Sealed>> find_credential(RequestId id) override
    {
        require();
        return ledger_.find_credential(std::move(id));
    }
    boost::asio::awaitable<FreezeSwitch> find_freeze() override
    {
        require();
        return ledger_.find_freeze();
    }
    boost::asio::awaitable<std::vector<TimePoint>> request_times(RequestWindow window, int limit) override
    {
        require();
        return ledger_.request_times(std::move(window), limit);
    }
    boost::asio::awaitable<std::vector<Decision>> deciders_of(
        SlackUserId requester, TimePoint since, int limit) override
    {
        require();
        return ledger_.deciders_of(std::move(requester), since, limit);
    }
    boost::asio::awaitable<std::optional<Request>> find_open_request(std::string account_key) override
    {
        require();
        return ledger_.find_open_request(std::move(account_key));
    }
    boost::asio::awaitable<std::optional<Request>> last_change_of(Auth0UserId account) override
    {
        require();
        return ledger_.last_change_of(std::move(account));
    }
    boost::asio::awaitable<std::vector<Request>> requests_of(SlackUserId requester, int limit, int offset) override
    {
        require();
        return ledger_.requests_of(std::move(requester), limit, offset);
    }
    boost::asio::awaitable<std::vector<Request>> pending_requests(int limit, int offset) override
    {
        require();
        return ledger_.pending_requests(limit, offset);
    }
    boost::asio::awaitable<std::vector<Request>> held_requests(int limit) override
    {
        require();
        return ledger_.held_requests(limit);
    }
    boost::asio::awaitable<std::vector<Request>> ended_requests(TimePoint since, int limit, int offset) override
    {
        require();
        return ledger_.ended_requests(since, limit, offset);
    }
    boost::asio::awaitable<std::optional<HomeViewer>> find_viewer(SlackUserId user) override
    {
        require();
        return ledger_.find_viewer(std::move(user));
    }
    boost::asio::awaitable<std::vector<HomeViewer>> viewers(int limit) override
    {
        require();
        return ledger_.viewers(limit);
    }
    boost::asio::awaitable<std::optional<AuditMark>> last_audit_of(RequestId id) override
    {
        require();
        return ledger_.last_audit_of(std::move(id));
    }
    boost::asio::awaitable<std::vector<Job>> claim_jobs(
        TimePoint now, TimePoint lease_until, int limit, JobKinds kinds) override
    {
        on_claim();
        require();
        if (knows_all_writes && quiet_until_ && now < *quiet_until_) co_return std::vector<Job>{};
        quiet_until_.reset();
        auto jobs = co_await ledger_.claim_jobs(now, lease_until, limit, std::move(kinds));
        if (jobs.empty())
        {
            quiet_until_ = ledger_.next_job_due().value_or(TimePoint::max());
        }
        co_return jobs;
    }

    // A bot at rest asks twice a second of virtual time. Where all that is written goes through here, or is followed by
    // stir(), SQLite need not be asked again before something is due.
    bool knows_all_writes = false;
    // Nothing can be done before this time, unless something is committed. Absent: not known.
    std::optional<TimePoint> quiet_until() const { return quiet_until_; }
    // Somebody wrote to the ledger past this.
    void stir() { quiet_until_.reset(); }

private:
    void require() const
    {
        if (broken) throw StoreUnavailable{"out of order"};
    }

    InlineStore& ledger_;
    std::optional<TimePoint> quiet_until_;
};

}  // namespace countersign::test
