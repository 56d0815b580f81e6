#pragma once

#include "bot/store/ledger_store.hpp"

#include <functional>
#include <optional>
#include <string>

namespace countersign::test {

// The ledger without threads: every call is done when it returns. On ":memory:" or on a file.
class InlineStore final : public store::LedgerStore
{
public:
    // As Writer.
    InlineStore(const std::string& path, TimePoint now);

    boost::asio::awaitable<Result<Receipt>> commit(Transaction change) override;

    bool healthy() const noexcept { return engine_.healthy(); }

    // `call` runs within a commit that added jobs, before commit() returns.
    void on_jobs(std::function<void()> call) { on_jobs_ = std::move(call); }

    // When the next job is due or the next lease ends, if there is any: until then virtual time can be skipped.
    std::optional<TimePoint> next_job_due();

    store::Writer& engine() noexcept { return engine_; }
    store::Reader& reads() noexcept { return reads_; }

private:
    boost::asio::awaitable<void> read(std::function<void(store::Reader&)> work) override;
    boost::asio::awaitable<void> write(std::function<void(store::Writer&)> work) override;

    store::Writer engine_;
    store::Reader reads_;
    std::function<void()> on_jobs_;
};

}  // namespace countersign::test
