#pragma once

#include "bot/store/kept_store.hpp"
#include "bot/store/ledger_store.hpp"
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
class SqlStore final : public LedgerStore, public KeptStore
{
public:
    // Opens as Writer does, and throws StartRefused as it does; with a vault also when the ledger has another key,
    // before anything is changed. The vault is not needed afterwards.
    SqlStore(
        boost::asio::any_io_executor executor, const std::string& path, TimePoint now, const Vault* vault = nullptr);
    // Finishes what waits: everything that was called is answered.
    ~SqlStore() override;

    boost::asio::awaitable<Result<Receipt>> commit(Transaction change) override;
    boost::asio::awaitable<void> probe(TimePoint now) override;
    boost::asio::awaitable<int> prune(TimePoint now, int limit) override;
    boost::asio::awaitable<Checkpoint> checkpoint() override;
    bool healthy() const noexcept override;

    // As Writer.
    std::optional<TimePoint> newest_stamp() const noexcept;

    // `call` runs on the executor after a commit that added jobs. Replace it by {} before what it refers to dies.
    void on_jobs(std::function<void()> call);

private:
    boost::asio::awaitable<void> read(std::function<void(Reader&)> work) override;
    boost::asio::awaitable<void> write(std::function<void(Writer&)> work) override;

    class Threads;
    const std::string log_file_;
    std::unique_ptr<Threads> threads_;
};

}  // namespace countersign::store
