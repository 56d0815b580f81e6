#include "bot/http/session.hpp"

#include "bot/http/response_text.hpp"
#include "bot/runtime/timeout.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"

#include <utility>

namespace countersign::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds finish_deadline{1000};
constexpr std::size_t drop_bytes_max = 262'144;
constexpr std::string_view continue_wire = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Session::Session(
    const ServerOptions& options, const Handler& handler, std::unique_ptr<Connection> connection, std::string remote)
    : options_{options},
      handler_{handler},
      connection_{std::move(connection)},
      reader_{options.limits, std::move(remote)}
{}

void Session::enter(Phase phase) noexcept
{
    phase_ = phase;
    since_ = std::chrono::steady_clock::now();
}

void Session::stop() noexcept
{
    stopping_ = true;
    const bool has_nothing = phase_ == Phase::handshaking || (phase_ == Phase::waiting && connection_->is_quiet());
    if (has_nothing) close();
}

void Session::close() noexcept
{
    closed_ = true;
    connection_->close();
}

asio::awaitable<void> Session::run()
{
    const auto greeting =
        co_await with_timeout(options_.request_deadline, connection_->handshake(asio::ssl::stream_base::server));
    if (!greeting || *greeting) co_return;

    // A new connection begins its first request within the time of a request; only a used one may idle.
    auto next = co_await wait_for_request(options_.request_deadline);
    while (next == Next::another_request)
    {
        next = co_await serve_one();
        if (next == Next::another_request) next = co_await wait_for_request(options_.idle_deadline);
    }
    enter(Phase::ending);
    if (next == Next::finish) co_await with_timeout(finish_deadline, connection_->finish(drop_bytes_max));
}

asio::awaitable<Session::Next> Session::wait_for_request(std::chrono::milliseconds limit)
{
    if (stopping_) co_return Next::finish;
    enter(Phase::waiting);
    if (reader_.has_begun()) co_return Next::another_request;
    const auto got = co_await with_timeout(limit, fill());
    if (!got) co_return Next::finish;
    if (got->error) co_return Next::drop;
    co_return Next::another_request;
}

asio::awaitable<Session::Next> Session::serve_one()
{
    enter(Phase::reading);
    const auto end = co_await with_timeout(options_.request_deadline, read_request());
    if (peer_has_gone_) co_return Next::drop;
    if (!end) co_return co_await refuse(408);
    if (*end == RequestReader::Step::refused) co_return co_await refuse(reader_.status());

    enter(Phase::working);
    ServerRequest request = reader_.take();
    const bool is_head = request.method == "HEAD";
    const bool keep_alive = reader_.keep_alive();
    ServerReply reply = co_await call_handler(std::move(request));
    co_return co_await answer(std::move(reply), is_head, keep_alive);
}

// Ends with complete or refused, or with need_more when the connection broke.
asio::awaitable<RequestReader::Step> Session::read_request()
{
    auto step = reader_.step();
    while (step == RequestReader::Step::need_more || step == RequestReader::Step::send_continue)
    {
        if (step == RequestReader::Step::send_continue)
        {
            const auto failure = co_await connection_->write(continue_wire);
            peer_has_gone_ = failure.failed();
            if (peer_has_gone_) break;
        }
        const auto got = co_await fill();
        peer_has_gone_ = got.error.failed() && !got.is_end();
        if (peer_has_gone_) break;
        step = got.is_end() ? reader_.end() : reader_.step();
    }
    co_return step;
}

asio::awaitable<ReadResult> Session::fill()
{
    const auto got = co_await connection_->read_some(reader_.space());
    reader_.commit(got.bytes);
    co_return got;
}

asio::awaitable<ServerReply> Session::call_handler(ServerRequest request)
{
    try
    {
        auto work = handler_(std::move(request));
        auto reply = co_await with_timeout(options_.handler_deadline, std::move(work));
        if (reply) co_return std::move(*reply);
        log::error("handler_timed_out");
        co_return error_reply(503);
    }
    catch (const StoreUnavailable&)
    {
        log::error("handler_without_store");
    }
    catch (const std::exception& e)
    {
        if (is_cancellation(e)) throw;
        log::error("handler_failed", {{"error", e.what()}});
        co_return error_reply(500);
    }
    catch (...)
    {
        log::error("handler_failed", {{"error", "not a std::exception"}});
        co_return error_reply(500);
    }
    co_return error_reply(503);
}

asio::awaitable<Session::Next> Session::answer(ServerReply reply, bool is_head, bool keep_alive)
{
    const bool persists = keep_alive && !stopping_ && reply.status < 400;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const std::string wire = to_wire(reply, persists ? Persistence::keep_alive : Persistence::close, is_head, now);
    const auto failure = co_await with_timeout(options_.answer_deadline, connection_->write(wire));
    if (!failure || *failure) co_return Next::drop;
    co_return persists ? Next::another_request : Next::finish;
}

asio::awaitable<Session::Next> Session::refuse(int status)
{
    const std::string_view fault = status == 408 ? "deadline" : reader_.fault();
    log::debug("request_refused", {{"status", status}, {"fault", fault}});
    ServerReply reply = error_reply(status);
    if (status == 405) reply.allow = "GET, HEAD, POST";
    co_return co_await answer(std::move(reply), false, false);
}

}  // namespace countersign::http
