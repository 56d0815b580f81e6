#include "tests/standins/host/http_host.hpp"
#include "tests/standins/host/http_poster.hpp"
#include "tests/standins/host/test_certificates.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

namespace asio = boost::asio;
using namespace standins;

namespace {

// A host that answers every call with the next planned exchange, and remembers the requests.
struct Echo
{
    explicit Echo(HttpHost::Options options = {})
        : host{
              context,
              [this](const Request& request) {
                  received.push_back(request);
                  return planned;
              },
              std::move(options)}
    {
        planned.response.headers = {{"content-type", "text/plain"}};
        planned.response.body = "hello from the stand-in";
    }

    HttpPoster::Result post(Request request, std::chrono::milliseconds deadline = std::chrono::seconds{20})
    {
        HttpPoster poster{context, host.base_url(), deadline};
        std::optional<HttpPoster::Result> result;
        poster.send(std::move(request), [&](HttpPoster::Result value) { result.emplace(std::move(value)); });
        context.restart();
        while (!result) context.run_one();
        return std::move(*result);
    }

    // What comes back for these bytes on one connection, until the host closes it.
    std::string raw(const std::string& bytes)
    {
        const auto port = host.port();
        std::string answer;
        std::thread client{[&]() {
            asio::io_context own;
            asio::ip::tcp::socket socket{own};
            boost::system::error_code failure;
            socket.connect({asio::ip::address_v4::loopback(), port}, failure);
            asio::write(socket, asio::buffer(bytes), failure);
            asio::read(socket, asio::dynamic_buffer(answer), failure);
            asio::post(context, [this]() { context.stop(); });
        }};
        context.restart();
        context.run();
        client.join();
        return answer;
    }

    asio::io_context context;
    Exchange planned;
    std::vector<Request> received;
    HttpHost host;
};

Request post_request(std::string body)
{
    Request request;
    request.method = "POST";
    request.target = "/path?a=b%20c";
    request.headers = {{"content-type", "text/plain"}, {"x-thing", "kept"}};
    request.body = std::move(body);
    return request;
}

}  // namespace

TEST_CASE("a request arrives as it was sent, and the answer comes back", "[host]")
{
    Echo echo;
    const auto answer = echo.post(post_request("body"));
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->body == "hello from the stand-in");
    const std::pair<std::string, std::string> type{"content-type", "text/plain"};
    CHECK(std::count(answer->headers.begin(), answer->headers.end(), type) == 1);
    REQUIRE(echo.received.size() == 1);
    CHECK(echo.received[0].method == "POST");
    CHECK(echo.received[0].target == "/path?a=b%20c");
    CHECK(echo.received[0].header("x-thing") == "kept");
    CHECK(echo.received[0].body == "body");
}

TEST_CASE("chunked requests are read and chunked answers written", "[host]")
{
    HttpHost::Options options;
    options.chunked = true;
    Echo echo{options};
    const std::string answer =
        echo.raw("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
                 "4\r\nabcd\r\n3\r\nefg\r\n0\r\n\r\n");
    REQUIRE(echo.received.size() == 1);
    CHECK(echo.received[0].body == "abcdefg");
    CHECK(answer.find("Transfer-Encoding: chunked") != std::string::npos);
}

TEST_CASE("a connection serves several requests", "[host]")
{
    Echo echo;
    const std::string answer =
        echo.raw("GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    REQUIRE(echo.received.size() == 2);
    CHECK(echo.received[1].target == "/2");
    CHECK(answer.find("HTTP/1.1 200", 10) != std::string::npos);
}

TEST_CASE("nonsense and bodies over 1 MiB are refused, and the host lives on", "[host]")
{
    Echo echo;
    CHECK(echo.raw("nonsense\r\n\r\n").find("HTTP/1.1 400") == 0);
    CHECK(echo.raw("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1048577\r\n\r\n").find("HTTP/1.1 413") == 0);
    CHECK(echo.received.empty());
    CHECK(echo.post(post_request("still here")).has_value());
}

TEST_CASE("resets, cuts and silence reach the caller as errors", "[host]")
{
    Echo echo;
    echo.planned.fault = GENERATE(Fault::reset_before, Fault::reset_after, Fault::truncate);
    const auto answer = echo.post(post_request("body"));
    CHECK(answer.has_error());
    CHECK(echo.received.size() == 1);
    if (echo.planned.fault != Fault::truncate)
        CHECK(answer.error() == boost::system::error_code{asio::error::connection_reset});
}

TEST_CASE("an answer that comes after the deadline is a time-out", "[host]")
{
    Echo echo;
    echo.planned.fault = Fault::delay;
    echo.planned.delay_ms = 600'000;
    const auto answer = echo.post(post_request("body"), std::chrono::milliseconds{50});
    CHECK(answer.error() == boost::system::error_code{asio::error::timed_out});
}

TEST_CASE("a port that nobody listens on is an error, a base that is not local is refused", "[host]")
{
    Echo echo;
    echo.host.stop();
    HttpPoster poster{echo.context, "http://127.0.0.1:1", std::chrono::seconds{5}};
    std::optional<HttpPoster::Result> result;
    poster.send(post_request(""), [&](HttpPoster::Result value) { result.emplace(std::move(value)); });
    while (!result) echo.context.run_one();
    CHECK(result->has_error());

    const auto base = GENERATE("https://127.0.0.1:1", "http://example.com:80", "http://127.0.0.1:", "127.0.0.1:80");
    CHECK_THROWS_AS((HttpPoster{echo.context, base, std::chrono::seconds{1}}), std::invalid_argument);
}

TEST_CASE("with certificates of its own the host speaks TLS", "[host]")
{
    std::string pattern = (std::filesystem::temp_directory_path() / "standins-host-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    const CertificateFiles files = make_test_certificates(pattern);
    HttpHost::Options options;
    options.tls_certificate_file = files.certificate;
    options.tls_key_file = files.key;
    Echo echo{options};
    CHECK(echo.host.base_url().starts_with("https://localhost:"));

    std::string answer;
    std::string failure_text;
    const auto port = echo.host.port();
    std::thread client{[&]() {
        asio::io_context own;
        asio::ssl::context trust{asio::ssl::context::tls_client};
        trust.load_verify_file(files.authority);
        trust.set_verify_mode(asio::ssl::verify_peer);
        asio::ssl::stream<asio::ip::tcp::socket> stream{own, trust};
        stream.set_verify_callback(asio::ssl::host_name_verification{"localhost"});
        boost::system::error_code failure;
        stream.next_layer().connect({asio::ip::address_v4::loopback(), port}, failure);
        stream.handshake(asio::ssl::stream_base::client, failure);
        failure_text = failure.message();
        const std::string request = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        asio::write(stream, asio::buffer(request), failure);
        asio::read(stream, asio::dynamic_buffer(answer), failure);
        asio::post(echo.context, [&]() { echo.context.stop(); });
    }};
    echo.context.run();
    client.join();
    std::filesystem::remove_all(pattern);
    CAPTURE(failure_text);
    CHECK(answer.find("hello from the stand-in") != std::string::npos);
}

TEST_CASE("a host whose port is taken says so, or takes another where it may", "[host]")
{
    asio::io_context context;
    const auto silent = [](const Request&) { return Exchange{}; };
    HttpHost::Options options;
    const HttpHost first{context, HttpHost::Handler{silent}, options};
    options.port = first.port();
    CHECK_THROWS_AS((HttpHost{context, HttpHost::Handler{silent}, options}), boost::system::system_error);
    options.or_any_port = true;
    const HttpHost second{context, HttpHost::Handler{silent}, options};
    CHECK(second.port() != first.port());
}

namespace {

asio::awaitable<Exchange> answer_later(asio::io_context& context, bool& is_waiting)
{
    is_waiting = true;
    asio::steady_timer pause{context, std::chrono::milliseconds{20}};
    co_await pause.async_wait(asio::use_awaitable);
    Exchange exchange;
    exchange.response.body = "at last";
    co_return exchange;
}

}  // namespace

TEST_CASE("a handler that waits keeps neither the host nor other connections waiting", "[host]")
{
    asio::io_context context;
    bool is_waiting = false;
    HttpHost host{context, HttpHost::WaitingHandler{[&](Request) { return answer_later(context, is_waiting); }}, {}};
    HttpPoster poster{context, host.base_url(), std::chrono::seconds{20}};
    int answered = 0;
    const auto count = [&](const HttpPoster::Result& result) {
        CHECK((result ? result->body : "no answer") == "at last");
        ++answered;
    };
    poster.send({"GET", "/slow", {}, {}}, count);
    poster.send({"GET", "/slow", {}, {}}, count);
    while (answered < 2) context.run_one();
    CHECK(is_waiting);
}
