#pragma once

#include "bot/http/connection.hpp"
#include "bot/http/server.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace countersign::http {

// One connection of a server, from its handshake to its close: requests one after the other. Used by server.cpp alone.
class Session
{
public:
    enum class Phase
    {
        handshaking,
        waiting,  // for the first byte of a request
        reading,  // a request
        working,  // handler and answer
        ending
    };

    // `options` and `handler` outlive the session.
    Session(
        const ServerOptions& options, const Handler& handler, std::unique_ptr<Connection> connection,
        std::string remote);

    // Serves until either side has had enough. Throws only on cancellation.
    boost::asio::awaitable<void> run();

    // After the request at hand, if there is one, the connection is closed.
    void stop() noexcept;
    void close() noexcept;

    bool is_closed() const noexcept { return closed_; }

    Phase phase() const noexcept { return phase_; }
    std::chrono::steady_clock::time_point since() const noexcept { return since_; }  // in this phase

private:
    enum class Next
    {
        another_request,
        finish,  // close in order: the client may still have to read an answer
        drop     // the client has gone, or never began
    };

    void enter(Phase phase) noexcept;
    boost::asio::awaitable<Next> wait_for_request(std::chrono::milliseconds limit);
    boost::asio::awaitable<Next> serve_one();
    boost::asio::awaitable<RequestReader::Step> read_request();
    boost::asio::awaitable<ReadResult> fill();
    boost::asio::awaitable<ServerReply> call_handler(ServerRequest request);
    boost::asio::awaitable<Next> answer(ServerReply reply, bool is_head, bool keep_alive);
    boost::asio::awaitable<Next> refuse(int status);

    const ServerOptions& options_;
    const Handler& handler_;
    std::unique_ptr<Connection> connection_;
    RequestReader reader_;
    Phase phase_ = Phase::handshaking;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    bool stopping_ = false;
    bool closed_ = false;
    bool peer_has_gone_ = false;
};

}  // namespace countersign::http
