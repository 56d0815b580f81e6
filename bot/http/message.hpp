#pragma once

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::http {

// A request as it arrived, complete and within every limit. Nothing in it is decoded. Its body is wiped with it: Slack
// sends back what a view shows, a password among it.
struct ServerRequest
{
    ServerRequest() = default;
    ServerRequest(ServerRequest&&) noexcept = default;
    ServerRequest& operator=(ServerRequest&&) noexcept = default;
    ~ServerRequest();

    std::string method;                                        // "GET", "HEAD" or "POST"
    std::string target;                                        // begins with '/': path and query, still percent-encoded
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in order, repeats kept
    std::string body;                                          // raw bytes
    std::string remote;                                        // address of the peer, for logs

    std::size_t header_count(std::string_view name) const noexcept;
    // The first value of a header (name in lower case), or empty.
    std::string_view header(std::string_view name) const noexcept;
    std::string_view path() const noexcept;
    std::string_view query() const noexcept;  // without the '?'
};

struct ServerReply
{
    int status = 500;
    std::string content_type;  // empty: none is sent
    std::string body;
    std::optional<std::string> allow;  // the Allow header that goes with 405
};

// Answers one request. Throws StoreUnavailable for 503; any other exception is logged and becomes 500.
using Handler = std::function<boost::asio::awaitable<ServerReply>(ServerRequest)>;

}  // namespace countersign::http
