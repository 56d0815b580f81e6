#include "bot/http/tls.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/verify_mode.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <ctime>
#include <stdexcept>

namespace countersign::http {

namespace asio = boost::asio;
namespace ssl = asio::ssl;

namespace {

constexpr const char* tls12_ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

// Where Debian's ca-certificates package writes its bundle; older OpenSSL packages know only the directory beside it.
constexpr const char* debian_bundle = "/etc/ssl/certs/ca-certificates.crt";

[[noreturn]] void fail(const std::string& what, const boost::system::error_code& why)
{
    throw std::runtime_error{what + ": " + why.message()};
}

void harden(ssl::context& context)
{
    SSL_CTX* native = context.native_handle();
    SSL_CTX_set_security_level(native, 2);
    const bool is_set = SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_cipher_list(native, tls12_ciphers) == 1;
    if (!is_set) throw std::runtime_error{"OpenSSL does not offer TLS 1.2 with the required cipher suites"};
    SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
}

boost::system::error_code last_error()
{
    return {static_cast<int>(::ERR_get_error()), asio::error::get_ssl_category()};
}

// SSL_set_tlsext_host_name, whose macro needs an old-style cast.
bool set_server_name(SSL* connection, std::string host)
{
    return SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) == 1;
}

}  // namespace

ssl::context make_server_context(const TlsFiles& files)
{
    ssl::context context{ssl::context::tls_server};
    harden(context);
    SSL_CTX_set_options(context.native_handle(), SSL_OP_CIPHER_SERVER_PREFERENCE);
    boost::system::error_code ec;
    context.use_certificate_chain_file(files.certificate, ec);
    if (ec) fail("cannot use the TLS certificate " + files.certificate, ec);
    context.use_private_key_file(files.key, ssl::context::pem, ec);
    if (ec) fail("cannot use the TLS key " + files.key, ec);
    if (SSL_CTX_check_private_key(context.native_handle()) != 1)
        fail("the TLS key " + files.key + " does not belong to " + files.certificate, last_error());
    return context;
}

ssl::context make_client_context(const TrustAnchors& anchors)
{
    ssl::context context{ssl::context::tls_client};
    harden(context);
    context.set_verify_mode(ssl::verify_peer);
    boost::system::error_code ec;
    if (anchors.file)
    {
        context.load_verify_file(*anchors.file, ec);
        if (ec) fail("cannot use the CA certificates " + *anchors.file, ec);
        return context;
    }
    context.set_default_verify_paths(ec);
    // Who names a bundle means that one: a mistake in its path must not end in trust in all public authorities.
    const bool is_named = std::getenv(X509_get_default_cert_file_env()) != nullptr;  // NOLINT(concurrency-mt-unsafe)
    if (!is_named && !has_trust_anchors(context)) context.load_verify_file(debian_bundle, ec);
    ::ERR_clear_error();
    return context;
}

bool has_trust_anchors(ssl::context& context)
{
    X509_STORE* store = SSL_CTX_get_cert_store(context.native_handle());
    return sk_X509_OBJECT_num(X509_STORE_get0_objects(store)) > 0;
}

void expect_peer(SSL* connection, const std::string& host, std::optional<TimePoint> date)
{
    X509_VERIFY_PARAM* rules = SSL_get0_param(connection);
    if (date) X509_VERIFY_PARAM_set_time(rules, static_cast<std::time_t>(to_unix_s(*date)));
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    boost::system::error_code not_an_address;
    asio::ip::make_address(host, not_an_address);
    bool is_set = false;
    if (!not_an_address)
        is_set = X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1;  // SNI carries no addresses (RFC 6066)
    else
        is_set = SSL_set1_host(connection, host.c_str()) == 1 && set_server_name(connection, host);
    if (!is_set) throw boost::system::system_error{last_error(), "expect_peer"};
}

}  // namespace countersign::http
