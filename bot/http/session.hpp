#pragma once

#include "bot/http/connection.hpp"
#include "bot/http/message.hpp"
#include "bot/http/server_options.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>
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
        working,  // the handler
        writing,  // its answer
        ending
    };

    using Moment = std::chrono::steady_clock::time_point;

    // `options` and `handler` outlive the session. `peer`: for the limit of connections of one peer; empty: without
    // that limit.
    Session(
        const ServerOptions& options, const Handler& handler, std::unique_ptr<Connection> connection,
        std::string remote, std::string peer);

    // Serves until either side has had enough. Throws only on cancellation.
    boost::asio::awaitable<void> run();

    // After the request at hand, if there is one, the connection is closed.
    void stop() noexcept;
    void close() noexcept;

    bool is_closed() const noexcept { return closed_; }
    const std::string& peer() const noexcept { return peer_; }

    // Since when it keeps its place for nothing: without a complete request, or without taking its answer. Nothing
    // while it is served, also for a moment of writing.
    std::optional<Moment> idle_since(Moment now) const noexcept;

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
    boost::asio::awaitable<bool> write(std::string wire);
    boost::asio::awaitable<Next> refuse(int status);

    const ServerOptions& options_;
    const Handler& handler_;
    std::unique_ptr<Connection> connection_;
    RequestReader reader_;
    std::string peer_;
    Phase phase_ = Phase::handshaking;
    Moment phase_since_;
    Moment served_at_;                     // accepted, or answered last
    std::chrono::milliseconds to_answer_;  // what is left for answers until the client waits for one
    bool stopping_ = false;
    bool closed_ = false;
    bool peer_has_gone_ = false;
};

}  // namespace countersign::http
