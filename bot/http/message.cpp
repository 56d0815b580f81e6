#include "bot/http/message.hpp"

#include "handlers/core/secret.hpp"

#include <algorithm>

namespace countersign::http {

namespace {

std::string_view error_word(int status) noexcept
{
    switch (status)
    {
    case 400: return "bad_request";
    case 401: return "unauthorized";
    case 403: return "forbidden";
    case 404: return "not_found";
    case 405: return "method_not_allowed";
    case 408: return "request_timeout";
    case 413: return "body_too_large";
    case 415: return "unsupported_media_type";
    case 503: return "unavailable";
    default: return "internal_error";
    }
}

}  // namespace

ServerRequest::~ServerRequest() { wipe(body); }

std::size_t ServerRequest::header_count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(), [name](const auto& field) { return field.first == name; }));
}

std::string_view ServerRequest::header(std::string_view name) const noexcept
{
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

std::string_view ServerRequest::path() const noexcept { return std::string_view{target}.substr(0, target.find('?')); }

std::string_view ServerRequest::query() const noexcept
{
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view{target}.substr(mark + 1);
}

ServerReply error_reply(int status)
{
    ServerReply reply;
    reply.status = status;
    reply.content_type = "application/json";
    reply.body = "{\"error\":\"" + std::string{error_word(status)} + "\"}";
    return reply;
}

}  // namespace countersign::http
