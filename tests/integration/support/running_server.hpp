#pragma once

#include "bot/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <exception>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace countersign::test {

// A server on a thread of its own, with a handler that notes what reached it and answers 200 "ok".
class RunningServer
{
public:
    explicit RunningServer(http::ServerOptions options) : RunningServer{std::move(options), answer_ok} {}

    RunningServer(http::ServerOptions options, http::Handler handler)
        : handler_{std::move(handler)},
          server_{context_.get_executor(), std::move(options), noting_handler()}
    {
        server_.open();
        auto on_end = [this](std::exception_ptr failure) {
            if (failure)
                ended_.set_exception(failure);
            else
                ended_.set_value();
        };
        boost::asio::co_spawn(context_, server_.run(), std::move(on_end));
        thread_ = std::thread{[this] { context_.run(); }};
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    ~RunningServer()
    {
        stop();
        thread_.join();
    }

    std::uint16_t port() const { return server_.port(); }
    boost::asio::io_context& context() { return context_; }
    void stop()
    {
        boost::asio::post(context_, [this] { server_.stop(); });
    }
    // Until the server has done everything for which it waits for nobody: a client may have its answer before the
    // server is done with giving it.
    void settle()
    {
        std::promise<void> settled;
        take_turns(100, settled);
        settled.get_future().get();
    }
    // Waits for run() to return; false when it has not within ten seconds. Once.
    bool ends()
    {
        auto end = ended_.get_future();
        if (end.wait_for(std::chrono::seconds{10}) != std::future_status::ready) return false;
        end.get();
        return true;
    }

    // What reached the handler since the last call.
    std::vector<http::ServerRequest> take_requests()
    {
        const std::lock_guard lock{mutex_};
        return std::exchange(requests_, {});
    }

    static boost::asio::awaitable<http::ServerReply> answer_ok(http::ServerRequest)
    {
        http::ServerReply reply;
        reply.status = 200;
        reply.content_type = "text/plain";
        reply.body = "ok";
        co_return reply;
    }

private:
    // The product makes none: a body is to be in one place.
    static http::ServerRequest copy_of(const http::ServerRequest& request)
    {
        http::ServerRequest copy;
        copy.method = request.method;
        copy.target = request.target;
        copy.headers = request.headers;
        copy.body = request.body;
        copy.remote = request.remote;
        return copy;
    }

    // Each turn queues behind what is there already.
    void take_turns(int turns, std::promise<void>& settled)
    {
        boost::asio::post(context_, [this, turns, &settled] {
            if (turns == 0)
                settled.set_value();
            else
                take_turns(turns - 1, settled);
        });
    }

    http::Handler noting_handler()
    {
        return [this](http::ServerRequest request) {
            {
                const std::lock_guard lock{mutex_};
                requests_.push_back(copy_of(request));
            }
            return handler_(std::move(request));
        };
    }

    boost::asio::io_context context_{1};
    std::mutex mutex_;
    std::vector<http::ServerRequest> requests_;
    http::Handler handler_;
    http::Server server_;
    std::promise<void> ended_;
    std::thread thread_;
};

}  // namespace countersign::test
