#pragma once

#include "handlers/core/time.hpp"

#include <boost/asio/ssl/context.hpp>

#include <optional>
#include <string>

namespace countersign::http {

// PEM files of a server. The key's file is readable by the service alone.
struct TlsFiles
{
    std::string certificate;  // the chain, leaf first
    std::string key;
};

// Whom the client trusts. Without a file: OpenSSL's default store (SSL_CERT_FILE, SSL_CERT_DIR), or Debian's
// bundle unless SSL_CERT_FILE is set.
struct TrustAnchors
{
    std::optional<std::string> file;
};

// TLS 1.2 and later, ECDHE with AEAD ciphers only, no renegotiation, no compression, plaintext buffers wiped and
// released. Throws std::runtime_error, naming the file and OpenSSL's reason, when certificate or key do not load or do
// not belong together.
boost::asio::ssl::context make_server_context(const TlsFiles& files);

// The same for a client that checks its peers. Throws when `anchors` names a file that does not load.
boost::asio::ssl::context make_client_context(const TrustAnchors& anchors);

// Whether a client context trusts anybody at all: without, every handshake would fail, so do not start.
bool has_trust_anchors(boost::asio::ssl::context& context);

// Prepares one connection for its peer: SNI, and the name or address that the certificate must carry in its
// subjectAltName (the common name is never looked at, nor partial wildcards: RFC 9525), at this date;
// without one, at the machine's. Throws boost::system::system_error.
void expect_peer(SSL* connection, const std::string& host, std::optional<TimePoint> date);

}  // namespace countersign::http
