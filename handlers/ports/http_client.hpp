#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::http {

enum class Method
{
    get,
    post,
    patch,
    del,
};

// Where requests go: scheme, host and port of a configured base URL, and the path that precedes every target.
struct Origin
{
    std::string scheme;  // "https", or "http" towards loopback only
    std::string host;    // lower case; a name or an address, IPv6 without brackets
    std::string port;    // digits
    std::string path;    // begins and ends with '/'

    friend auto operator<=>(const Origin&, const Origin&) = default;
};

// Reads an absolute http(s) URL without user, query or fragment. http is accepted towards loopback only
// (127.0.0.0/8, ::1, localhost): Errc::forbidden otherwise; Errc::malformed for anything else.
Result<Origin> parse_origin(std::string_view url);

struct ClientRequest
{
    ClientRequest(Method method_, Origin origin_, std::string target_, std::chrono::milliseconds deadline_)
        : method{method_},
          origin{std::move(origin_)},
          target{std::move(target_)},
          deadline{deadline_}
    {}

    Method method;
    Origin origin;
    std::string target;                  // what follows origin.path: path and query, percent-encoded
    std::chrono::milliseconds deadline;  // for the whole exchange, connection included
    std::vector<std::pair<std::string, std::string>> headers;
    std::optional<Secret> bearer;         // Authorization: Bearer ...
    std::string content_type;             // empty: no body
    std::optional<Secret> body;           // every body is held as a secret: many are
    std::optional<Secret> secret_target;  // used instead of `target` when the path is itself a credential
    std::size_t answer_bytes_max = 0;     // of the answer's body; 0: as the client is set up (1 MiB)
};

struct ClientResponse
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;

    // The first value of a header (name in lower case), or empty.
    std::string_view header(std::string_view name) const noexcept;
};

// One pooled client for everything that Countersign calls. Responses over 1 MiB, over 16 KiB of header, or that break
// the protocol are Errc::answer_lost, as is a connection that ends or a deadline that passes after the first byte was
// sent; before that it is Errc::unreachable. Redirects are not followed. Never retries by itself, except on a
// kept-alive connection that turns out closed before any byte of the answer, and then for GET only.
class Client
{
public:
    virtual ~Client() = default;
    virtual boost::asio::awaitable<Outcome<ClientResponse>> send(ClientRequest request) = 0;
};

// For targets and form bodies: everything but unreserved characters is percent-encoded (so `+` is %2B).
std::string encode(std::string_view text);

// application/x-www-form-urlencoded from pairs.
std::string encode_form(const std::vector<std::pair<std::string, std::string>>& fields);

// The Retry-After header (seconds, or an HTTP date as seen from `now`), clamped to 1..60 s.
std::optional<std::chrono::seconds> retry_after(const ClientResponse& response, std::chrono::sys_seconds now);

}  // namespace countersign::http
