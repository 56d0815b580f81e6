#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <utility>

namespace countersign::slack {

// One call that many may wait for. A caller who gives up or is cancelled does not end it for the others. Each waiting
// caller holds a shared_ptr. Call from one executor.
template <class Answer>
class Flight
{
public:
    Flight(boost::asio::any_io_executor executor, SteadyTime began_)
        : began{began_},
          executor_{executor},
          bell_{executor, boost::asio::steady_timer::time_point::max()}
    {}

    const SteadyTime began;  // before Slack was asked; the answer may be as old as this

    const std::optional<Answer>& answer() const noexcept { return answer_; }

    void land(Answer answer)
    {
        answer_.emplace(std::move(answer));
        bell_.cancel();
    }

    // Returns once there is an answer.
    boost::asio::awaitable<void> landed()
    {
        while (!answer_) co_await bell_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }

    // The same, but for no longer than until `end`.
    boost::asio::awaitable<void> landed_by(Sleeper& sleeper, SteadyTime end)
    {
        namespace asio = boost::asio;
        if (answer_) co_return;
        auto race = asio::experimental::make_parallel_group(
            asio::co_spawn(executor_, landed(), asio::deferred),
            asio::co_spawn(executor_, sleeper.sleep_until(end), asio::deferred));
        co_await race.async_wait(asio::experimental::wait_for_one{}, asio::as_tuple(asio::use_awaitable));
    }

private:
    boost::asio::any_io_executor executor_;
    boost::asio::steady_timer bell_;  // never expires: cancelled when the answer is there
    std::optional<Answer> answer_;
};

}  // namespace countersign::slack
