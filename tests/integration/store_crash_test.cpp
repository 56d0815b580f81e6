#include "bot/audit/chain.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/sql_store.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/rounds.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <csignal>
#include <random>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using namespace countersign;
using namespace countersign::test;

namespace asio = boost::asio;

namespace {

constexpr int writers = 16;

// Commits requests without end, and tells the pipe each id once its commit has returned.
asio::awaitable<void> write_for_ever(Store& store, int writer, std::int32_t from, int pipe)
{
    for (std::int32_t number = from + writer;; number += writers)
    {
        const RequestId id{"rq-" + std::to_string(number)};
        Transaction change = inserting(some_request(id.str()));
        change.audit.emplace_back("request_received", "U1", id);
        change.jobs.emplace_back("look_up", id.str(), noon, id);
        const auto receipt = co_await store.commit(std::move(change));
        if (!receipt || ::write(pipe, &number, sizeof number) != sizeof number) ::_exit(2);
    }
}

[[noreturn]] void be_the_child(const std::string& path, std::int32_t from, int pipe)
{
    asio::io_context context{1};
    store::SqlStore store{context.get_executor(), path, noon};
    for (int writer = 0; writer < writers; ++writer)
        asio::co_spawn(context, write_for_ever(store, writer, from, pipe), [](std::exception_ptr) { ::_exit(3); });
    context.run();
    ::_exit(4);
}

// Lets a child write until it has acknowledged `enough` requests, kills it, and returns all that it acknowledged.
std::vector<std::int32_t> acknowledged_before_kill(const std::string& path, std::int32_t from, std::size_t enough)
{
    int ends[2] = {};
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) be_the_child(path, from, ends[1]);
    ::close(ends[1]);

    std::vector<std::int32_t> numbers;
    bool killed = false;
    std::int32_t number = 0;
    while (::read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number))
    {
        numbers.push_back(number);
        if (numbers.size() < enough || killed) continue;
        killed = true;
        ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    // Nothing but our kill may have ended it.
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(WTERMSIG(status) == SIGKILL);
    return numbers;
}

}  // namespace

TEST_CASE("no acknowledged commit is lost when the process is killed amid commits", "[integration][store]")
{
    const TempDir dir;
    const std::string path = dir.file("db");
    std::mt19937 random{20261122};
    std::int32_t from = 0;
    std::size_t total = 0;
    const int lives = test::rounds(25);
    for (int life = 0; life < lives; ++life)
    {
        CAPTURE(life);
        const auto numbers = acknowledged_before_kill(path, from, 1 + random() % 300);
        total += numbers.size();
        store::Writer engine{path, noon};
        store::Reader reads{engine.connection()};
        for (const std::int32_t number : numbers)
        {
            const RequestId id{"rq-" + std::to_string(number)};
            REQUIRE(reads.request(id));
            REQUIRE(reads.last_audit_of(id));
        }
        // Nothing is there by half: as many jobs as audit rows, and the chain is whole.
        const auto rows = reads.audit_after(0, 1'000'000);
        REQUIRE_FALSE(audit::verify(rows));
        REQUIRE(rows.size() >= total);
        REQUIRE(engine.claim(noon, noon, 1'000'000).size() == rows.size());
        from += 100'000;
    }
    CHECK(total > 25);
}
