#include "bot/http/response_text.hpp"

#include <boost/beast/http/status.hpp>

#include <array>
#include <ctime>

namespace countersign::http {

namespace {

// RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::chrono::sys_seconds at)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
    std::tm date{};
    static_cast<void>(::gmtime_r(&seconds, &date));
    std::array<char, 40> text{};
    const auto length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    return {text.data(), length};
}

}  // namespace

std::string to_wire(const ServerReply& reply, Persistence persistence, bool is_head, std::chrono::sys_seconds now)
{
    namespace beast_http = boost::beast::http;
    const auto reason = beast_http::obsolete_reason(beast_http::int_to_status(static_cast<unsigned>(reply.status)));
    std::string wire;
    wire.reserve(320 + reply.body.size());
    wire += "HTTP/1.1 " + std::to_string(reply.status) + ' ' + std::string{reason} + "\r\n";
    wire += "Date: " + http_date(now) + "\r\n";
    if (!reply.content_type.empty()) wire += "Content-Type: " + reply.content_type + "\r\n";
    wire += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    wire += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    if (reply.allow) wire += "Allow: " + *reply.allow + "\r\n";
    if (persistence == Persistence::close) wire += "Connection: close\r\n";
    wire += "\r\n";
    if (!is_head) wire += reply.body;
    return wire;
}

}  // namespace countersign::http
