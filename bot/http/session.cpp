#include "bot/http/session.hpp"

#include "bot/http/replies.hpp"
#include "bot/http/response_text.hpp"
#include "bot/runtime/timeout.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace countersign::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds finish_deadline{1000};
constexpr std::size_t drop_bytes_max = 262'144;
constexpr std::chrono::milliseconds moment_of_writing{250};
constexpr std::string_view continue_wire = "HTTP/1.1 100 Continue\r\n\r\n";

// Logs what a handler has thrown; throws a cancellation on.
int status_of(const std::exception_ptr& thrown)
{
    try
    {
        std::rethrow_exception(thrown);
    }
    catch (const StoreUnavailable&)
    {
        log::error("handler_without_store");
        return 503;
    }
    catch (const std::exception& failure)
    {
        if (is_cancellation(failure)) throw;
        log::error("handler_failed", {{"error", failure.what()}});
    }
    catch (...)
    {
        log::error("handler_failed", {{"error", "not a std::exception"}});
    }
    return 500;
}

}  // namespace

Session::Session(
    const ServerOptions& options, const Handler& handler, std::unique_ptr<Connection> connection, std::string remote,
    std::string peer)
    : options_{options},
      handler_{handler},
      connection_{std::move(connection)},
      reader_{options.limits, std::move(remote)},
      peer_{std::move(peer)},
      phase_since_{std::chrono::steady_clock::now()},
      served_at_{phase_since_},
      to_answer_{options.answer_deadline}
{}

void Session::enter(Phase phase) noexcept
{
    phase_ = phase;
    phase_since_ = std::chrono::steady_clock::now();
}

std::optional<Session::Moment> Session::idle_since(Moment now) const noexcept
{
    switch (phase_)
    {
    case Phase::working: return std::nullopt;
    case Phase::writing:
        if (now - phase_since_ < moment_of_writing) return std::nullopt;
        return phase_since_;
    case Phase::handshaking:
    case Phase::waiting:
    case Phase::reading:
    case Phase::ending: return served_at_;
    }
    return served_at_;
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
    if (phase_ == Phase::writing)
        connection_->abandon();
    else
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
    to_answer_ = options_.answer_deadline;
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
    const auto& last = options_.last_paths;
    const bool keep_alive = reader_.keep_alive() && std::find(last.begin(), last.end(), request.path()) == last.end();
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
    std::exception_ptr failure;
    try
    {
        auto work = handler_(std::move(request));
        auto reply = co_await with_timeout(options_.handler_deadline, std::move(work));
        if (reply) co_return std::move(*reply);
        log::error("handler_timed_out");
    }
    catch (...)
    {
        failure = std::current_exception();
    }
    co_return error_reply(failure ? status_of(failure) : 503);
}

asio::awaitable<Session::Next> Session::answer(ServerReply reply, bool is_head, bool keep_alive)
{
    const bool persists = keep_alive && !stopping_ && reply.status < 400;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::string wire = to_wire(reply, persists ? Persistence::keep_alive : Persistence::close, is_head, now);
    const bool is_taken = co_await write(std::move(wire));
    if (!is_taken) co_return Next::drop;
    co_return persists ? Next::another_request : Next::finish;
}

// False when the client has gone, or does not take it in time. Who sends on without reading has one time for all.
asio::awaitable<bool> Session::write(std::string wire)
{
    enter(Phase::writing);
    const auto failure = co_await with_timeout(to_answer_, connection_->write(wire));
    served_at_ = std::chrono::steady_clock::now();
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(served_at_ - phase_since_);
    to_answer_ = std::max(to_answer_ - taken, std::chrono::milliseconds{0});
    const bool is_taken = failure && !*failure;
    if (!is_taken) connection_->abandon();
    co_return is_taken;
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
