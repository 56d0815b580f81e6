#include "bot/jobs/runner.hpp"

#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/job_handler.hpp"
#include "handlers/effects/perform.hpp"
#include "handlers/rules/jobs.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace countersign {

namespace asio = boost::asio;

namespace {

// A job that itself makes the store fail must not do so without a pause.
constexpr std::chrono::seconds pause_after_outage{5};

// A place that is taken as long as this lives.
struct Occupied
{
    explicit Occupied(std::size_t& count_) : count{count_} { ++count; }
    ~Occupied() { --count; }
    Occupied(const Occupied&) = delete;
    Occupied& operator=(const Occupied&) = delete;
    std::size_t& count;
};

}  // namespace

Runner::Runner(
    asio::any_io_executor executor, const Services& services, Sleeper& sleeper, RunnerOptions options,
    std::function<bool(std::size_t)> may_claim)
    : executor_{executor},
      services_{services},
      sleeper_{sleeper},
      options_{options},
      may_claim_{std::move(may_claim)},
      jobs_{executor},
      bell_{executor, asio::steady_timer::time_point::max()}
{}

asio::awaitable<void> Runner::run()
{
    while (!stopping_)
    {
        bool failed = false;
        try
        {
            co_await turn();
        }
        catch (const StoreUnavailable& gone)
        {
            log::error("store_unavailable", {{"error", gone.what()}});
            failed = true;
        }
        catch (const std::exception& mistake)
        {
            // One row that cannot be read must not stop all others.
            if (!is_cancellation(mistake)) log::error("jobs_not_claimed", {{"error", mistake.what()}});
            failed = true;
        }
        if (failed) rung_ = false;  // A bell that a dead store rings must not spin the loop.
        if (!stopping_) co_await rest();
    }
    co_await jobs_.join();
}

void Runner::stop()
{
    stopping_ = true;
    wake();
}

void Runner::abort()
{
    stop();
    jobs_.cancel();
}

asio::awaitable<void> Runner::join() { return jobs_.join(); }

void Runner::wake()
{
    rung_ = true;
    bell_.cancel();
}

bool Runner::moving() const { return last_turn_ && services_.clock.steady() - *last_turn_ < std::chrono::seconds{10}; }

asio::awaitable<void> Runner::turn()
{
    rung_ = false;
    co_await give_back();
    if (may_claim_(jobs_.size())) co_await claim();
    last_turn_ = services_.clock.steady();
}

asio::awaitable<void> Runner::claim()
{
    const bool is_all = co_await take_all();
    for (std::size_t row = 0; !is_all && row < rules::job_classes.size() && !stopping_; ++row)
    {
        JobKinds kinds = effects::kinds_of(rules::job_classes[row].job_class);
        co_await take(row, std::move(kinds));
    }
}

std::size_t Runner::room_of(std::size_t row) const
{
    const std::size_t places = std::min(rules::job_classes[row].places, options_.places_max);
    return places - std::min(places, running_[row]);
}

// With one claim for all classes, as long as so few jobs are due that none can get too many. False: there may be more.
asio::awaitable<bool> Runner::take_all()
{
    std::size_t room = options_.places_max;
    for (std::size_t row = 0; row < rules::job_classes.size(); ++row) room = std::min(room, room_of(row));
    if (room == 0) co_return false;
    const TimePoint now = services_.clock.now();
    JobKinds any;
    auto jobs = co_await services_.store.claim_jobs(now, now + options_.lease, static_cast<int>(room), std::move(any));
    for (Job& job : jobs)
    {
        const auto row = static_cast<std::size_t>(effects::class_of(job.kind));
        jobs_.spawn("job", perform_one(std::move(job), row));
    }
    co_return jobs.size() < room;
}

// A claim that finds nothing costs no commit.
asio::awaitable<void> Runner::take(std::size_t row, JobKinds kinds)
{
    const std::size_t room = room_of(row);
    if (room == 0) co_return;
    const TimePoint now = services_.clock.now();
    auto jobs =
        co_await services_.store.claim_jobs(now, now + options_.lease, static_cast<int>(room), std::move(kinds));
    for (Job& job : jobs) jobs_.spawn("job", perform_one(std::move(job), row));
}

asio::awaitable<void> Runner::take_notes()
{
    JobKinds notes{JobKinds::Are::these, {}};
    notes.kinds.emplace_back(job_kind::note);
    const auto row = static_cast<std::size_t>(effects::class_of(job_kind::note));
    co_await take(row, std::move(notes));
}

// Throws StoreUnavailable while it is.
asio::awaitable<void> Runner::give_back()
{
    while (!uncommitted_.empty())
    {
        Transaction change{services_.clock.now()};
        change.job = rules::end_of(uncommitted_.back(), JobEnd::postpone);
        change.job->due = change.at + pause_after_outage;
        change.job->error = "store_unavailable";
        const auto given = co_await services_.store.commit(std::move(change));
        if (!given) log::warn("job_not_given_back", {{"job", uncommitted_.back().id}});  // its lease has ended
        uncommitted_.pop_back();
    }
}

// Until something is due, the bell rings, or the poll interval is over.
asio::awaitable<void> Runner::rest()
{
    if (rung_) co_return;
    const SteadyTime until = services_.clock.steady() + options_.poll;
    auto race = asio::experimental::make_parallel_group(
        asio::co_spawn(executor_, sleeper_.sleep_until(until), asio::deferred), bell_.async_wait(asio::deferred));
    co_await race.async_wait(asio::experimental::wait_for_one{}, asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> Runner::perform_one(Job job, std::size_t row)
{
    Job kept = job;
    const Occupied place{running_[row]};
    try
    {
        co_await effects::perform(services_, std::move(job));
    }
    catch (const StoreUnavailable& gone)
    {
        log::error("job_not_committed", {{"job", kept.id}, {"kind", kept.kind}, {"error", gone.what()}});
        uncommitted_.push_back(std::move(kept));
    }
    wake();  // The lane is free, and there is room.
}

}  // namespace countersign
