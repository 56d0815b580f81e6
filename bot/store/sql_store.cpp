#include "bot/store/sql_store.hpp"

#include "bot/store/answer.hpp"
#include "bot/store/database.hpp"
#include "bot/store/database_file.hpp"
#include "bot/store/file_lock.hpp"
#include "bot/store/ledger_key.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/work_queue.hpp"
#include "bot/store/writer.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <filesystem>
#include <system_error>
#include <thread>
#include <type_traits>
#include <variant>

namespace countersign::store {

namespace asio = boost::asio;

namespace {

constexpr std::size_t waiting_max = 1024;
constexpr std::size_t group_max = 128;  // changes in a commit: more gain little, and delay the first

struct PendingChange
{
    Transaction change;
    std::shared_ptr<Answer<Result<Receipt>>> answer;
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

// Runs `work` and answers with what it returns or throws.
template <class T, class Work, class Subject>
void answer_with(Answer<T>& answer, const Work& work, Subject& subject)
{
    std::optional<T> value;
    std::exception_ptr failure;
    try
    {
        value.emplace(work(subject));
    }
    catch (...)
    {
        failure = std::current_exception();
    }
    // Handed over where this thread no longer holds the exception: the waiting caller may free it.
    if (failure)
        answer.fail(std::move(failure));
    else
        answer.give(std::move(*value));
}

// Puts `work` into `queue` and waits for what it returns.
template <class Subject, class Queue, class Work>
asio::awaitable<std::invoke_result_t<Work, Subject&>> ask(Queue& queue, Work work)
{
    using T = std::invoke_result_t<Work, Subject&>;
    const auto executor = co_await asio::this_coro::executor;
    const auto answer = std::make_shared<Answer<T>>(executor);
    std::function<void(Subject&)> call = [answer, work = std::move(work)](Subject& subject) {
        answer_with(*answer, work, subject);
    };
    queue.push(std::move(call));
    co_await answer->wait();
    co_return answer->take();
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
        : log_file{path + "-wal"},
          executor_{std::move(executor)},
          lock_{locked(path, vault)},
          engine_{path, now},
          reading_{after_keeping_key(engine_, vault, path), Connection::Use::read},
          writer_{[this] { write(); }},
          reader_{[this] { read(); }}
    {}

    ~Threads()
    {
        to_write.close();
        to_read.close();
        writer_.join();
        reader_.join();
    }

    bool healthy() const noexcept { return engine_.healthy() && reading_.health() == Health::good; }
    std::optional<TimePoint> newest_stamp() const noexcept { return engine_.newest_stamp(); }
    void on_jobs(std::function<void()> call) { *on_jobs_ = std::move(call); }

private:
    void write()
    {
        for (;;)
        {
            std::vector<WriterItem> items = to_write.take(group_max);
            if (items.empty()) return;
            commit_changes(items);
            for (WriterItem& item : items)
                if (const auto* call = std::get_if<WriterCall>(&item)) (*call)(engine_);
        }
    }

    void read()
    {
        Reader reads{reading_};
        for (;;)
        {
            const std::vector<ReaderItem> calls = to_read.take(1);
            if (calls.empty()) return;
            calls.front()(reads);
        }
    }

    void commit_changes(std::vector<WriterItem>& items)
    {
        std::vector<Transaction> changes;
        std::vector<std::shared_ptr<Answer<Result<Receipt>>>> answers;
        for (WriterItem& item : items)
            if (auto* pending = std::get_if<PendingChange>(&item))
            {
                changes.push_back(std::move(pending->change));
                answers.push_back(std::move(pending->answer));
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
            for (std::size_t i = 0; i + 1 < answers.size(); ++i) answers[i]->fail(failure);
            answers.back()->fail(std::move(failure));  // as in answer_with
            return;
        }
        bool jobs_added = false;
        for (std::size_t i = 0; i < answers.size(); ++i)
        {
            jobs_added = jobs_added || (receipts[i] && !changes[i].jobs.empty());
            answers[i]->give(std::move(receipts[i]));
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

public:
    const std::string log_file;
    WorkQueue<WriterItem> to_write{waiting_max};
    WorkQueue<ReaderItem> to_read{waiting_max};

private:
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
    : threads_{std::make_unique<Threads>(std::move(executor), path, now, vault)}
{}

SqlStore::~SqlStore() { threads_->on_jobs({}); }

asio::awaitable<Result<Receipt>> SqlStore::commit(Transaction change)
{
    check(change);
    const auto executor = co_await asio::this_coro::executor;
    const auto answer = std::make_shared<Answer<Result<Receipt>>>(executor);
    PendingChange pending{std::move(change), answer};
    threads_->to_write.push(std::move(pending));
    co_await answer->wait();
    co_return answer->take();
}

asio::awaitable<std::optional<Request>> SqlStore::find_request(RequestId id)
{
    auto find = [id](Reader& reads) { return reads.request(id); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<Post>> SqlStore::find_post(RequestId id, PostKind kind)
{
    auto find = [id, kind](Reader& reads) { return reads.post(id, kind); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<Sealed>> SqlStore::find_credential(RequestId id)
{
    auto find = [id](Reader& reads) { return reads.credential(id); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<FreezeSwitch> SqlStore::find_freeze()
{
    auto find = [](Reader& reads) { return reads.freeze(); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<TimePoint>> SqlStore::request_times(RequestWindow window, int limit)
{
    auto find = [window, limit](Reader& reads) { return reads.request_times(window, limit); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<Decision>> SqlStore::deciders_of(SlackUserId requester, TimePoint since, int limit)
{
    auto find = [requester, since, limit](Reader& reads) { return reads.deciders_of(requester, since, limit); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<Request>> SqlStore::find_open_request(std::string account_key)
{
    auto find = [key = std::move(account_key)](Reader& reads) { return reads.open_request(key); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<Request>> SqlStore::last_change_of(Auth0UserId account)
{
    auto find = [account](Reader& reads) { return reads.last_change_of(account); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<Request>> SqlStore::requests_of(SlackUserId requester, int limit, int offset)
{
    auto find = [requester, limit, offset](Reader& reads) { return reads.requests_of(requester, limit, offset); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<Request>> SqlStore::pending_requests(int limit, int offset)
{
    auto find = [limit, offset](Reader& reads) { return reads.pending_requests(limit, offset); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<Request>> SqlStore::held_requests(int limit)
{
    auto find = [limit](Reader& reads) { return reads.held_requests(limit); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<Request>> SqlStore::ended_requests(TimePoint since, int limit, int offset)
{
    auto find = [since, limit, offset](Reader& reads) { return reads.ended_requests(since, limit, offset); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<HomeViewer>> SqlStore::find_viewer(SlackUserId user)
{
    auto find = [user](Reader& reads) { return reads.viewer(user); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<HomeViewer>> SqlStore::viewers(int limit)
{
    auto find = [limit](Reader& reads) { return reads.viewers(limit); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<AuditMark>> SqlStore::last_audit_of(RequestId id)
{
    auto find = [id](Reader& reads) { return reads.last_audit_of(id); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::optional<TimePoint>> SqlStore::next_due()
{
    auto find = [](Reader& reads) { return reads.next_due(); };
    return ask<Reader>(threads_->to_read, std::move(find));
}

asio::awaitable<std::vector<Job>> SqlStore::claim_jobs(TimePoint now, TimePoint lease_until, int limit, JobKinds kinds)
{
    auto claim = [now, lease_until, limit, kinds = std::move(kinds)](Writer& engine) {
        return engine.claim(now, lease_until, limit, kinds);
    };
    return ask<Writer>(threads_->to_write, std::move(claim));
}

asio::awaitable<int> SqlStore::prune(TimePoint now, int limit)
{
    auto prune = [now, limit](Writer& engine) { return engine.prune(now, limit); };
    return ask<Writer>(threads_->to_write, std::move(prune));
}

asio::awaitable<void> SqlStore::probe(TimePoint now)
{
    auto write = [now](Writer& engine) {
        engine.probe(now);
        return std::monostate{};
    };
    co_await ask<Writer>(threads_->to_write, std::move(write));
}

asio::awaitable<Checkpoint> SqlStore::checkpoint()
{
    auto copy = [log = threads_->log_file](Writer& engine) {
        const bool is_empty = engine.checkpoint();
        return Checkpoint{is_empty, size_of(log)};
    };
    return ask<Writer>(threads_->to_write, std::move(copy));
}

bool SqlStore::healthy() const noexcept { return threads_->healthy(); }
std::optional<TimePoint> SqlStore::newest_stamp() const noexcept { return threads_->newest_stamp(); }
void SqlStore::on_jobs(std::function<void()> call) { threads_->on_jobs(std::move(call)); }

}  // namespace countersign::store
