#include "bot/http/replies.hpp"

#include <utility>

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

ServerReply error_reply(int status, std::string_view word)
{
    ServerReply reply;
    reply.status = status;
    reply.content_type = "application/json";
    reply.body = R"({"error":")" + std::string{word} + "\"}";
    return reply;
}

ServerReply error_reply(int status) { return error_reply(status, error_word(status)); }

ServerReply ok_reply(std::string content_type, std::string body)
{
    ServerReply reply;
    reply.status = 200;
    reply.content_type = std::move(content_type);
    reply.body = std::move(body);
    return reply;
}

ServerReply not_allowed(std::string_view allowed)
{
    ServerReply reply = error_reply(405, "method_not_allowed");
    reply.allow = std::string{allowed};
    return reply;
}

}  // namespace countersign::http
