#include "bot/http/request_text.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/secret_text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace countersign::http {

namespace {

constexpr std::array<std::string_view, 7> our_headers{
    "host", "connection", "content-length", "content-type", "transfer-encoding", "authorization", "user-agent"};

bool is_target(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_visible(c) && c != '#'; });
}

bool is_value(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

bool is_name(std::string_view text)
{
    const auto is_token = [](char c) { return ascii::is_alnum(c) || c == '-'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token);
}

bool is_ours(std::string_view name)
{
    const auto is_name = [name](std::string_view ours) { return ascii::is_lower_of(name, ours); };
    return std::any_of(our_headers.begin(), our_headers.end(), is_name);
}

std::string_view word_of(Method method)
{
    switch (method)
    {
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    }
    return "CORRUPT";
}

std::string host_field(const Origin& origin)
{
    const bool is_default = origin.port == (origin.scheme == "https" ? "443" : "80");
    const bool is_ipv6 = origin.host.find(':') != std::string::npos;
    return (is_ipv6 ? '[' + origin.host + ']' : origin.host) + (is_default ? "" : ':' + origin.port);
}

bool is_well_formed(const ClientRequest& request, std::string_view target)
{
    const bool has_good_headers = std::all_of(request.headers.begin(), request.headers.end(), [](const auto& field) {
        return is_name(field.first) && is_value(field.second) && !is_ours(field.first);
    });
    return has_good_headers && is_target(request.origin.path) && is_target(target) && is_value(request.content_type) &&
        (!request.bearer || is_value(request.bearer->expose()));
}

}  // namespace

Result<Secret> to_wire(const ClientRequest& request, std::string_view user_agent)
{
    const std::string_view target = request.secret_target ? request.secret_target->expose() : request.target;
    const std::string_view body = request.body ? request.body->expose() : std::string_view{};
    if (!is_well_formed(request, target)) return Errc::malformed;

    std::size_t size = 512 + request.origin.path.size() + target.size() + body.size() + request.content_type.size() +
        request.origin.host.size() + user_agent.size() + (request.bearer ? request.bearer->expose().size() : 0);
    for (const auto& [name, value] : request.headers) size += name.size() + value.size() + 4;
    SecretText wire{size};

    wire.put(word_of(request.method)).put(" ").put(request.origin.path).put(target);
    wire.put(" HTTP/1.1\r\nHost: ").put(host_field(request.origin));
    wire.put("\r\nUser-Agent: ").put(user_agent).put("\r\n");
    for (const auto& [name, value] : request.headers) wire.put(name).put(": ").put(value).put("\r\n");
    if (request.bearer) wire.put("Authorization: Bearer ").put(request.bearer->expose()).put("\r\n");
    if (request.body && !request.content_type.empty()) wire.put("Content-Type: ").put(request.content_type).put("\r\n");
    const bool has_body = request.body || request.method == Method::post || request.method == Method::patch;
    if (has_body) wire.put("Content-Length: ").put(std::to_string(body.size())).put("\r\n");
    wire.put("\r\n").put(body);
    return wire.secret();
}

}  // namespace countersign::http
