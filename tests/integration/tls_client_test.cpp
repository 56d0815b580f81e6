#include "bot/http/client.hpp"
#include "tests/integration/support/certificates.hpp"
#include "tests/integration/support/running_server.hpp"
#include "tests/integration/support/scripted_peer.hpp"
#include "tests/support/run_coroutine.hpp"

#include <catch2/catch.hpp>

#include <future>

using namespace countersign;
using namespace countersign::test;
using http::Method;
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds generous{8};

http::ClientRequest request_to(std::uint16_t port, const std::string& host)
{
    const auto origin = http::parse_origin("https://" + host + ":" + std::to_string(port));
    http::ClientRequest request{Method::post, *origin, "", generous};
    request.body.emplace("secret");
    return request;
}

// A client that trusts one root and nobody else.
struct Caller
{
    explicit Caller(const Identity& root, std::function<TimePoint()> date = {})
        : client{context.get_executor(), options(root, std::move(date))}
    {}

    http::ClientOptions options(const Identity& root, std::function<TimePoint()> date) const
    {
        http::ClientOptions made;
        made.trust.file = directory.write("root.pem", root.pem().certificate);
        made.connect_deadline = std::chrono::milliseconds{4000};
        made.date = std::move(date);
        return made;
    }

    Outcome<http::ClientResponse> send(http::ClientRequest request)
    {
        return test::run(context, client.send(std::move(request)));
    }

    TemporaryDirectory directory;
    asio::io_context context{1};
    http::PooledClient client;
};

void answer_all(PeerConnection& connection)
{
    while (!connection.read_request().empty()) connection.send_answer("ok");
}

CertificateSpec for_names(std::vector<std::string> alt_names)
{
    CertificateSpec spec;
    spec.alt_names = std::move(alt_names);
    return spec;
}

// What the client makes of a server with this identity; counts what reached the server.
struct Meeting
{
    Outcome<http::ClientResponse> outcome;
    int requests = 0;
};

Meeting meet(
    asio::ssl::context tls, const Identity& root, const std::string& host, std::function<TimePoint()> date = {})
{
    std::atomic<int> requests{0};
    ScriptedPeer peer{std::move(tls), [&requests](PeerConnection& connection) {
                          if (connection.read_request().empty()) return;
                          ++requests;
                          connection.send_answer("ok");
                      }};
    Caller caller{root, std::move(date)};
    auto outcome = caller.send(request_to(peer.port(), host));
    return Meeting{std::move(outcome), requests};
}

void check_refused(const Meeting& meeting)
{
    REQUIRE(meeting.outcome.has_error());
    CHECK(meeting.outcome.error().code == Errc::unreachable);
    CHECK(meeting.outcome.error().reason == "tls_failed");
    CHECK(meeting.requests == 0);
}

}  // namespace

TEST_CASE("a server that proves its name is accepted, with TLS 1.2 and 1.3", "[tls]")
{
    const auto root = make_authority("Test Root");
    auto tls = make_weak_context(root.issue({}).pem());
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    SSL_CTX_set_min_proto_version(tls.native_handle(), version);
    SSL_CTX_set_max_proto_version(tls.native_handle(), version);
    const auto meeting = meet(std::move(tls), root, "localhost");
    REQUIRE(meeting.outcome.has_value());
    CHECK(meeting.outcome->body == "ok");
}

TEST_CASE("a server that proves its address is accepted", "[tls]")
{
    const auto root = make_authority("Test Root");
    const auto meeting = meet(make_weak_context(root.issue(for_names({"IP:127.0.0.1"})).pem()), root, "127.0.0.1");
    CHECK(meeting.outcome.has_value());
}

TEST_CASE("a certificate for another name is refused, before a byte of the request is sent", "[tls]")
{
    struct Wrong
    {
        std::string what;
        std::string host;
        std::string common_name;
        std::vector<std::string> alt_names;
    };
    const auto wrong = GENERATE(values<Wrong>({
        {"another host", "localhost", "other.test", {"DNS:other.test"}},
        {"our name only as the common name", "localhost", "localhost", {}},
        {"our common name, another alternative name", "localhost", "localhost", {"DNS:other.test"}},
        {"a wildcard below us", "localhost", "localhost", {"DNS:*.localhost"}},
        {"a partial wildcard", "localhost", "localhost", {"DNS:local*"}},
        {"a bare wildcard", "localhost", "localhost", {"DNS:*"}},
        {"a longer name", "localhost", "localhost", {"DNS:localhost.evil.test"}},
        {"another address", "127.0.0.1", "127.0.0.1", {"IP:127.0.0.2"}},
        {"our address as a name", "127.0.0.1", "127.0.0.1", {"DNS:127.0.0.1"}},
        {"our address only as the common name", "127.0.0.1", "127.0.0.1", {}},
        {"our name as a mailbox", "localhost", "x", {"email:root@localhost"}},
        {"our name as a URI", "localhost", "x", {"URI:https://localhost/"}},
    }));
    CAPTURE(wrong.what);
    const auto root = make_authority("Test Root");
    auto spec = for_names(wrong.alt_names);
    spec.common_name = wrong.common_name;
    check_refused(meet(make_weak_context(root.issue(spec).pem()), root, wrong.host));
}

TEST_CASE("a certificate that is not to be trusted is refused", "[tls]")
{
    const auto root = make_authority("Test Root");
    CertificateSpec spec;
    SECTION("from a root that we do not know")
    {
        check_refused(meet(make_weak_context(make_authority("Test Root").issue(spec).pem()), root, "localhost"));
    }
    SECTION("signed by itself")
    {
        check_refused(meet(make_weak_context(Identity::self_signed(spec).pem()), root, "localhost"));
    }
    SECTION("from a leaf that plays authority")
    {
        check_refused(meet(make_weak_context(root.issue(spec).issue(spec).pem()), root, "localhost"));
    }
    SECTION("with its intermediate missing")
    {
        CertificateSpec between;
        between.is_authority = true;
        between.common_name = "Test Intermediate";
        check_refused(meet(make_weak_context(root.issue(between).issue(spec).pem()), root, "localhost"));
    }
    SECTION("with something wrong in it")
    {
        SECTION("expired") { spec.ends = std::chrono::hours{0}; }
        SECTION("not yet valid")
        {
            spec.begins = std::chrono::hours{1};
            spec.ends = std::chrono::hours{2};
        }
        SECTION("for clients only") { spec.extended_key_usage = "clientAuth"; }
        SECTION("for code signing only") { spec.extended_key_usage = "codeSigning"; }
        SECTION("a short RSA key") { spec.key = KeyKind::rsa1024; }
        SECTION("a SHA-1 signature") { spec.signs_with_sha1 = true; }
        check_refused(meet(make_weak_context(root.issue(spec).pem()), root, "localhost"));
    }
}

TEST_CASE("a certificate is judged by the date that the client is given, not by the machine's", "[tls]")
{
    const auto root = make_authority("Test Root");
    const auto now = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    const auto meet_at = [&](std::chrono::hours ahead) {
        return meet(make_weak_context(root.issue({}).pem()), root, "localhost", [=] { return now + ahead; });
    };
    CHECK(meet_at(std::chrono::hours{0}).outcome.has_value());
    check_refused(meet_at(std::chrono::hours{-87'600}));
    check_refused(meet_at(std::chrono::hours{876'000}));
}

TEST_CASE("a server that offers only an old protocol or a weak cipher is refused", "[tls]")
{
    const auto root = make_authority("Test Root");
    auto tls = make_weak_context(root.issue({}).pem());
    SSL_CTX* native = tls.native_handle();
    SECTION("TLS 1.0") { SSL_CTX_set_max_proto_version(native, TLS1_VERSION); }
    SECTION("TLS 1.1") { SSL_CTX_set_max_proto_version(native, TLS1_1_VERSION); }
    SECTION("CBC")
    {
        SSL_CTX_set_max_proto_version(native, TLS1_2_VERSION);
        SSL_CTX_set_cipher_list(native, "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0");
    }
    SECTION("no authentication")
    {
        SSL_CTX_set_max_proto_version(native, TLS1_2_VERSION);
        SSL_CTX_set_cipher_list(native, "aNULL:@SECLEVEL=0");
    }
    check_refused(meet(std::move(tls), root, "localhost"));
}

TEST_CASE("a server that does not speak TLS, or says nothing, is unreachable", "[tls]")
{
    const auto root = make_authority("Test Root");
    Caller caller{root};
    SECTION("plain HTTP")
    {
        ScriptedPeer peer{[](PeerConnection& connection) { connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"); }};
        CHECK(caller.send(request_to(peer.port(), "localhost")).error().code == Errc::unreachable);
    }
    SECTION("silence")
    {
        ScriptedPeer peer{[](PeerConnection& connection) { connection.wait_for_end(); }};
        auto request = request_to(peer.port(), "localhost");
        request.deadline = std::chrono::milliseconds{200};
        CHECK(caller.send(std::move(request)).error().code == Errc::unreachable);
    }
    SECTION("silence, for longer than connecting may take")
    {
        ScriptedPeer peer{[](PeerConnection& connection) { connection.wait_for_end(); }};
        http::ClientOptions options = caller.options(root, {});
        options.connect_deadline = std::chrono::milliseconds{100};
        asio::io_context context{1};
        http::PooledClient hurried{context.get_executor(), options};
        const auto outcome = test::run(context, hurried.send(request_to(peer.port(), "localhost")));
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().code == Errc::unreachable);
        CHECK(outcome.error().reason == "connect_failed");
    }
}

TEST_CASE("an answer that TLS does not end in order is lost", "[tls]")
{
    const auto root = make_authority("Test Root");
    const std::string answer =
        GENERATE("HTTP/1.1 200 OK\r\n\r\nbody to the end", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut");
    ScriptedPeer peer{make_weak_context(root.issue({}).pem()), [&answer](PeerConnection& connection) {
                          connection.read_request();
                          connection.send(answer);
                          connection.cut();
                      }};
    Caller caller{root};
    const auto outcome = caller.send(request_to(peer.port(), "localhost"));
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == Errc::answer_lost);
}

TEST_CASE("a body to the end of the connection is whole when TLS ends it in order", "[tls]")
{
    const auto root = make_authority("Test Root");
    ScriptedPeer peer{make_weak_context(root.issue({}).pem()), [](PeerConnection& connection) {
                          connection.read_request();
                          connection.send("HTTP/1.1 200 OK\r\n\r\nbody");
                          connection.finish();
                      }};
    Caller caller{root};
    const auto outcome = caller.send(request_to(peer.port(), "localhost"));
    REQUIRE(outcome.has_value());
    CHECK(outcome->body == "body");
}

TEST_CASE("a kept TLS connection is used again, and not when the server closed it meanwhile", "[tls]")
{
    const auto root = make_authority("Test Root");
    std::promise<void> closed;
    ScriptedPeer peer{make_weak_context(root.issue({}).pem()), [&closed](PeerConnection& connection) {
                          if (connection.number() > 0) return answer_all(connection);
                          for (int i = 0; i < 2; ++i)
                          {
                              connection.read_request();
                              connection.send_answer("ok");
                          }
                          connection.cut();
                          closed.set_value();
                      }};
    Caller caller{root};
    REQUIRE(caller.send(request_to(peer.port(), "localhost")).has_value());
    REQUIRE(caller.send(request_to(peer.port(), "localhost")).has_value());
    CHECK(peer.connections() == 1);
    closed.get_future().get();
    CHECK(caller.send(request_to(peer.port(), "localhost")).has_value());
    CHECK(peer.connections() == 2);
}

TEST_CASE("our own TLS server and client speak with each other", "[tls]")
{
    const auto root = make_authority("Test Root");
    const auto leaf = root.issue({});
    const TemporaryDirectory directory;
    http::ServerOptions options;
    options.tls = http::TlsFiles{
        directory.write("chain.pem", leaf.pem().certificate), directory.write("key.pem", leaf.pem().key)};
    RunningServer server{options};
    Caller caller{root};
    for (int i = 0; i < 2; ++i)
    {
        const auto answer = caller.send(request_to(server.port(), "localhost"));
        REQUIRE(answer.has_value());
        CHECK(answer->body == "ok");
    }
    CHECK(server.take_requests().size() == 2);
}

TEST_CASE("without CA certificates the client does not start", "[tls]")
{
    asio::io_context context{1};
    http::ClientOptions options;
    const TemporaryDirectory directory;
    options.trust.file = directory.write("empty.pem", "");
    SECTION("none in the bundle") {}
    SECTION("no bundle") { options.trust.file = "/nowhere/bundle.pem"; }
    CHECK_THROWS_WITH(http::PooledClient(context.get_executor(), options), Catch::Contains(*options.trust.file));

    asio::ssl::context nobody{asio::ssl::context::tls_client};
    CHECK_FALSE(http::has_trust_anchors(nobody));
}

TEST_CASE("an https origin needs CA certificates, a loopback one does not", "[tls]")
{
    const auto root = make_authority("Test Root");
    Caller caller{root};
    CHECK_NOTHROW(caller.client.require_trust(*http::parse_origin("https://tenant.test/")));
    CHECK_NOTHROW(caller.client.require_trust(*http::parse_origin("http://127.0.0.1/")));
}
