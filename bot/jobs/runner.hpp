#pragma once

#include "bot/runtime/task_group.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/ports/sleeper.hpp"
#include "handlers/rules/job_classes.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace countersign {

struct RunnerOptions
{
    // At the same time, of each class, where its own places are not fewer.
    std::size_t places_max = 64;
    // Longer than the longest effect (every call inside has its own deadline), so that a live worker keeps its job.
    std::chrono::seconds lease{600};
    std::chrono::milliseconds poll{500};  // how late a job can start after it is due
};

// Takes due jobs under a lease and performs them, each class in places of its own (handlers/rules/job_classes). What
// it does is in the store before and after: a process that dies anywhere leaves a job that is picked up again, and one
// that the store did not take the outcome of is begun again some seconds after the store is back. All calls from the
// executor given, which must be single-threaded.
class Runner
{
public:
    // `may_claim` is asked before jobs are claimed, with the number of those in flight; while it says no, none are.
    Runner(
        boost::asio::any_io_executor executor, const Services& services, Sleeper& sleeper, RunnerOptions options,
        std::function<bool(std::size_t)> may_claim);

    // Runs until stop(); then waits for the jobs in flight.
    boost::asio::awaitable<void> run();
    void stop();
    // After stop(), and for as long as there is time: takes the notes that are due. They tell people what became of
    // something that they have just done. Throws StoreUnavailable.
    boost::asio::awaitable<void> take_notes();
    // Cancels the jobs in flight too: what they have not committed did not happen.
    void abort();
    // Returns once no job is in flight.
    boost::asio::awaitable<void> join();

    // There is something new to do: look now.
    void wake();

    // Whether the loop has turned within the last 10 s.
    bool moving() const;
    std::size_t in_flight() const noexcept { return jobs_.size(); }

private:
    using Running = std::array<std::size_t, rules::job_classes.size()>;

    boost::asio::awaitable<void> turn();
    boost::asio::awaitable<void> claim();
    std::size_t room_of(std::size_t row) const;
    boost::asio::awaitable<bool> take_all();
    boost::asio::awaitable<void> take(std::size_t row, JobKinds kinds);
    boost::asio::awaitable<void> give_back();
    boost::asio::awaitable<void> rest();
    boost::asio::awaitable<void> perform_one(Job job, std::size_t row);

    boost::asio::any_io_executor executor_;
    const Services& services_;
    Sleeper& sleeper_;
    RunnerOptions options_;
    std::function<bool(std::size_t)> may_claim_;
    TaskGroup jobs_;
    Running running_{};               // in the order of job_classes
    std::vector<Job> uncommitted_;    // performed, but the store did not take what became of them
    boost::asio::steady_timer bell_;  // never expires: cancelled to wake the loop
    bool rung_ = false;
    bool stopping_ = false;
    std::optional<SteadyTime> last_turn_;
};

}  // namespace countersign
