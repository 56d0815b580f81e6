#include "tests/scenario/network.hpp"

namespace countersign::test {

namespace asio = boost::asio;
using standins::Fault;

namespace {

constexpr std::string_view method_names[] = {"GET", "POST", "PATCH", "DELETE"};

standins::Request on_the_wire(const http::ClientRequest& request)
{
    standins::Request wire;
    wire.method = method_names[static_cast<int>(request.method)];
    wire.target = request.origin.path;
    wire.target += request.secret_target ? std::string{request.secret_target->expose()} : request.target;
    for (const auto& [name, value] : request.headers)
    {
        std::string lower = name;
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        wire.headers.emplace_back(std::move(lower), value);
    }
    if (request.bearer) wire.headers.emplace_back("authorization", "Bearer " + std::string{request.bearer->expose()});
    if (!request.content_type.empty()) wire.headers.emplace_back("content-type", request.content_type);
    if (request.body) wire.body = std::string{request.body->expose()};
    return wire;
}

http::ClientResponse off_the_wire(const standins::Response& response)
{
    http::ClientResponse answer;
    answer.status = response.status;
    answer.headers = response.headers;
    answer.body = response.body;
    return answer;
}

}  // namespace

asio::awaitable<void> Network::travel()
{
    return time_.sleep_until(time_.steady() + Milliseconds{1 + random_.below(30)});
}

asio::awaitable<void> Network::never() { return time_.sleep_until(SteadyTime::max()); }

asio::awaitable<Outcome<http::ClientResponse>> Network::send(http::ClientRequest request)
{
    co_await travel();
    if (dead) co_await never();
    const auto host = hosts_.find(request.origin.host + ":" + request.origin.port);
    if (host == hosts_.end()) co_return Problem{Errc::unreachable, "resolve_failed"};

    const standins::Request wire = on_the_wire(request);
    tap(host->first, wire);
    const Cut fate = cut(++number_);
    log_.push_back(wire.method + " " + std::string{wire.path()});
    if (fate == Cut::before_applied)
    {
        on_death();
        co_await never();
    }
    const standins::Exchange exchange = host->second(wire, to_unix_ms(time_.now()));
    if (fate == Cut::after_applied)
    {
        on_death();
        co_await never();
    }
    const Milliseconds delay{exchange.delay_ms};
    if (delay >= request.deadline)
    {
        co_await time_.sleep_until(time_.steady() + request.deadline);
        co_return Problem{Errc::answer_lost, "deadline"};
    }
    co_await time_.sleep_until(time_.steady() + delay);
    co_await travel();
    if (dead) co_await never();
    if (exchange.fault == Fault::reset_before || exchange.fault == Fault::reset_after)
        co_return Problem{Errc::answer_lost, "connection_lost"};
    if (too_large(wire.method + " " + std::string{wire.target}))
        co_return Problem{Errc::answer_lost, "response_too_large"};
    if (exchange.fault == Fault::truncate) co_return Problem{Errc::answer_lost, "response_cut"};
    http::ClientResponse answer = off_the_wire(exchange.response);
    bend(host->first, answer);
    co_return answer;
}

}  // namespace countersign::test
