#include "bot/store/sql_store.hpp"

#include "bot/store/database.hpp"
#include "bot/store/database_file.hpp"
#include "bot/store/file_lock.hpp"
#include "bot/store/ledger_key.hpp"
#include "bot/store/promise.hpp"
#include "bot/store/transaction_writer.hpp"
#include "bot/store/work_queue.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <filesystem>
#include <system_error>
#include <thread>
#include <variant>

namespace countersign::store {

namespace asio = boost::asio;

namespace {

constexpr std::size_t waiting_max = 1024;
constexpr std::size_t group_max = 128;  // changes in a commit: more gain little, and delay the first

using Done = std::monostate;
struct PendingChange
{
    Transaction change;
    std::shared_ptr<Promise<Result<Receipt>>> receipt;
};
using WriterCall = std::function<void(Writer&)>;
using WriterItem = std::variant<PendingChange, WriterCall>;
using ReaderItem = std::function<void(Reader&)>;

std::uint64_t size_of(const std::string& file)
{
    std::error_code missing;
    const std::uintmax_t bytes = std::filesystem::file_size(file, missing);
    return missing ? 0 : bytes;
}

// Does `work`, and says that it is done, or how it failed.
template <class Subject>
void fulfil(Promise<Done>& promise, const std::function<void(Subject&)>& work, Subject& subject)
{
    std::exception_ptr failure;
    try
    {
        work(subject);
    }
    catch (...)
    {
        failure = std::current_exception();
    }
    // Handed over where this thread no longer holds the exception: the waiting caller may free it.
    if (failure)
        promise.fail(std::move(failure));
    else
        promise.give({});
}

// Puts `work` into `queue` and waits until it is done.
template <class Subject, class Queue>
asio::awaitable<void> done_in(Queue& queue, std::function<void(Subject&)> work)
{
    const auto executor = co_await asio::this_coro::executor;
    const auto promise = std::make_shared<Promise<Done>>(executor);
    std::function<void(Subject&)> call = [promise, work = std::move(work)](Subject& subject) {
        fulfil(*promise, work, subject);
    };
    queue.push(std::move(call));
    co_await promise->wait();
    promise->take();
}

// Before a ledger is opened: no other process has it, by any path, and the key is its own.
FileLock locked(const std::string& path, const Vault* vault)
{
    const DatabaseFile by_name{path};
    FileLock itself{path};
    if (vault != nullptr) require_key(path, *vault);
    return itself;
}

// Gives the path on: the check value is there before the writer's thread has the engine.
std::string after_keeping_key(Writer& engine, const Vault* vault, const std::string& path)
{
    if (vault != nullptr) keep_key(engine.connection(), *vault);
    return path;
}

}  // namespace

class SqlStore::Threads
{
public:
    Threads(asio::any_io_executor executor, const std::string& path, TimePoint now, const Vault* vault)
        : executor_{std::move(executor)},
          lock_{locked(path, vault)},
          engine_{path, now},
          reading_{after_keeping_key(engine_, vault, path), Connection::Use::read},
          writer_{[this] { write_on(); }},
          reader_{[this] { read_on(); }}
    {}

    ~Threads()
    {
        to_write_.close();
        to_read_.close();
        writer_.join();
        reader_.join();
    }

    void commit(PendingChange pending) { to_write_.push(std::move(pending)); }
    asio::awaitable<void> read(std::function<void(Reader&)> work) { return done_in(to_read_, std::move(work)); }
    asio::awaitable<void> write(WriterCall work) { return done_in(to_write_, std::move(work)); }

    bool healthy() const noexcept { return engine_.healthy() && reading_.health() == Health::good; }
    std::optional<TimePoint> newest_stamp() const noexcept { return engine_.newest_stamp(); }
    void on_jobs(std::function<void()> call) { *on_jobs_ = std::move(call); }

private:
    void write_on()
    {
        for (;;)
        {
            std::vector<WriterItem> items = to_write_.take(group_max);
            if (items.empty()) return;
            commit_changes(items);
            for (WriterItem& item : items)
                if (const auto* call = std::get_if<WriterCall>(&item)) (*call)(engine_);
        }
    }

    void read_on()
    {
        Reader reads{reading_};
        for (;;)
        {
            const std::vector<ReaderItem> calls = to_read_.take(1);
            if (calls.empty()) return;
            calls.front()(reads);
        }
    }

    void commit_changes(std::vector<WriterItem>& items)
    {
        std::vector<Transaction> changes;
        std::vector<std::shared_ptr<Promise<Result<Receipt>>>> promises;
        for (WriterItem& item : items)
            if (auto* pending = std::get_if<PendingChange>(&item))
            {
                changes.push_back(std::move(pending->change));
                promises.push_back(std::move(pending->receipt));
            }
        if (changes.empty()) return;

        std::vector<Result<Receipt>> receipts;
        std::exception_ptr failure;
        try
        {
            receipts = engine_.apply(changes);
        }
        catch (...)
        {
            failure = std::current_exception();
        }
        if (failure)
        {
            for (std::size_t i = 0; i + 1 < promises.size(); ++i) promises[i]->fail(failure);
            promises.back()->fail(std::move(failure));  // as in fulfil
            return;
        }
        bool jobs_added = false;
        for (std::size_t i = 0; i < promises.size(); ++i)
        {
            jobs_added = jobs_added || (receipts[i] && !changes[i].jobs.empty());
            promises[i]->give(std::move(receipts[i]));
        }
        if (jobs_added) announce_jobs();
    }

    void announce_jobs()
    {
        auto announce = [call = on_jobs_] {
            if (*call) (*call)();
        };
        asio::post(executor_, std::move(announce));
    }

    WorkQueue<WriterItem> to_write_{waiting_max};
    WorkQueue<ReaderItem> to_read_{waiting_max};
    asio::any_io_executor executor_;
    // Shared with what was posted, which may run after the store is gone. Read and set on the executor only.
    std::shared_ptr<std::function<void()>> on_jobs_ = std::make_shared<std::function<void()>>();
    FileLock lock_;       // ends last
    Writer engine_;       // of the writer
    Connection reading_;  // of the reader; closed before the engine, which checkpoints as the last one
    std::thread writer_;
    std::thread reader_;
};

SqlStore::SqlStore(asio::any_io_executor executor, const std::string& path, TimePoint now, const Vault* vault)
    : log_file_{path + "-wal"},
      threads_{std::make_unique<Threads>(std::move(executor), path, now, vault)}
{}

SqlStore::~SqlStore() { threads_->on_jobs({}); }

asio::awaitable<void> SqlStore::read(std::function<void(Reader&)> work) { return threads_->read(std::move(work)); }
asio::awaitable<void> SqlStore::write(std::function<void(Writer&)> work) { return threads_->write(std::move(work)); }

asio::awaitable<Result<Receipt>> SqlStore::commit(Transaction change)
{
    check(change);
    const auto executor = co_await asio::this_coro::executor;
    const auto receipt = std::make_shared<Promise<Result<Receipt>>>(executor);
    PendingChange pending{std::move(change), receipt};
    threads_->commit(std::move(pending));
    co_await receipt->wait();
    co_return receipt->take();
}

asio::awaitable<int> SqlStore::prune(TimePoint now, int limit)
{
    return write_by([now, limit](Writer& engine) { return engine.prune(now, limit); });
}

asio::awaitable<void> SqlStore::probe(TimePoint now)
{
    return write([now](Writer& engine) { engine.probe(now); });
}

asio::awaitable<Checkpoint> SqlStore::checkpoint()
{
    return write_by([log = log_file_](Writer& engine) {
        const bool is_empty = engine.checkpoint();
        return Checkpoint{is_empty, size_of(log)};
    });
}

bool SqlStore::healthy() const noexcept { return threads_->healthy(); }
std::optional<TimePoint> SqlStore::newest_stamp() const noexcept { return threads_->newest_stamp(); }
void SqlStore::on_jobs(std::function<void()> call) { threads_->on_jobs(std::move(call)); }

}  // namespace countersign::store
