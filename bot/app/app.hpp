#pragma once

#include "auth0/identity_provider.hpp"
#include "bot/app/clock_keeper.hpp"
#include "bot/app/readiness.hpp"
#include "bot/config/config.hpp"
#include "bot/crypto/vault.hpp"
#include "bot/http/dated_client.hpp"
#include "bot/http/message.hpp"
#include "bot/jobs/runner.hpp"
#include "bot/runtime/machine_time.hpp"
#include "bot/runtime/task_group.hpp"
#include "bot/slack/group_directory.hpp"
#include "bot/slack/ingress.hpp"
#include "bot/slack/web_api.hpp"
#include "handlers/ports/http_client.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>

namespace countersign {

// What the bot stands on: the machine's parts in production, simulated ones in scenario tests. They outlive the App.
struct Machine
{
    boost::asio::any_io_executor executor;  // single-threaded
    const MachineTime& time;
    Sleeper& sleeper;
    Random& random;
    Store& store;
    http::Client& client;
    std::function<bool()> store_is_healthy;
    std::optional<TimePoint> newest_stored = {};  // the newest stamp that the store held when it was opened
    // Whether an open reading transaction keeps the store's write-ahead log from being emptied.
    std::function<bool()> log_is_stuck = [] { return false; };
};

// The whole bot without sockets, files and signals. Wires the floors together once, by constructors, and owns all that
// runs.
class App
{
public:
    App(Machine machine, Config config);

    // Starts the job runner and the directory's refresh.
    void start();

    // One HTTP request, from the server or from a test. Never throws.
    boost::asio::awaitable<http::ServerReply> handle(http::ServerRequest request);

    // There are new jobs (Store's on_jobs).
    void wake() { runner_.wake(); }

    // Takes no more jobs; those in flight go on. Close the server first, or at once after.
    void take_no_more() { runner_.stop(); }

    // After take_no_more(), once no request arrives any more. Finishes what people wait for: windows that are being
    // opened, presses that wait for Slack, the notes that come of them, and the jobs in flight. When most of `patience`
    // is over, people are told that the rest was not done, where that is still true; at its end the rest is cancelled.
    boost::asio::awaitable<void> stop(std::chrono::milliseconds patience);

    // Cancels everything at once. Only what was committed has happened.
    void abort();
    boost::asio::awaitable<void> join();

    // What /readyz says.
    bool ready() const { return readiness().is_ready(); }
    std::size_t jobs_in_flight() const noexcept { return runner_.in_flight(); }

    // The date by which all of this goes.
    const AnchoredClock& clock() const noexcept { return clock_; }

private:
    boost::asio::awaitable<void> ask_for_date();
    void follow(FollowUp then);
    boost::asio::awaitable<void> perform_follow_up(FollowUp then);
    boost::asio::awaitable<void> keep_waiting(GoOn waiting);
    boost::asio::awaitable<void> keep_directory();
    boost::asio::awaitable<void> look_after_directory();
    boost::asio::awaitable<void> expect_people();
    boost::asio::awaitable<bool> introduce();
    boost::asio::awaitable<bool> has_come_to_rest();
    boost::asio::awaitable<void> watch_refusals();
    boost::asio::awaitable<void> tell_refusals(SteadyTime now);
    std::string refused() const;
    bool has_begun() const;
    Readiness readiness() const;

    Machine machine_;
    Settings settings_;
    ClockKeeper clock_keeper_;
    AnchoredClock& clock_;
    http::DatedClient client_;
    FileVault vault_;
    slack::WebApi slack_;
    slack::GroupDirectory directory_;
    Auth0IdentityProvider accounts_;
    Services services_;
    slack::Ingress ingress_;
    Runner runner_;
    TaskGroup tasks_;
    bool introduced_ = false;
    bool people_expected_ = false;
    int follow_ups_ = 0;  // now running
    int waiting_ = 0;     // presses that wait for Slack to say whose they are
};

}  // namespace countersign
