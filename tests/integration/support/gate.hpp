#pragma once

#include "tests/integration/support/running_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <utility>

namespace countersign::test {

// A handler that answers one request when it is told to. Cancelled before, it unwinds, as a handler must.
class Gate
{
public:
    http::Handler handler()
    {
        return [this](http::ServerRequest request) { return handle(std::move(request)); };
    }

    void wait_until_entered() { entered_.get_future().get(); }

    // On the server's own thread, once `after` is over there.
    void open(boost::asio::io_context& context, std::chrono::milliseconds after = {})
    {
        boost::asio::post(context, [this, &context, after] {
            auto wait = std::make_shared<boost::asio::steady_timer>(context, after);
            wait->async_wait([this, wait](const boost::system::error_code&) {
                is_open_ = true;
                if (timer_ != nullptr) timer_->cancel();
            });
        });
    }

private:
    boost::asio::awaitable<http::ServerReply> handle(http::ServerRequest request)
    {
        namespace asio = boost::asio;
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer timer{executor, asio::steady_timer::time_point::max()};
        const Standing standing{timer_, timer};
        entered_.set_value();
        boost::system::error_code cancelled;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (!is_open_) throw boost::system::system_error{cancelled};
        co_return co_await RunningServer::answer_ok(std::move(request));
    }

    struct Standing
    {
        Standing(boost::asio::steady_timer*& place_, boost::asio::steady_timer& timer) : place{place_}
        {
            place = &timer;
        }
        Standing(const Standing&) = delete;
        Standing& operator=(const Standing&) = delete;
        ~Standing() { place = nullptr; }

        boost::asio::steady_timer*& place;
    };

    std::promise<void> entered_;
    boost::asio::steady_timer* timer_ = nullptr;
    bool is_open_ = false;
};

}  // namespace countersign::test
