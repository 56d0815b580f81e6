#include "tests/demo/page/guard.hpp"

#include "tests/demo/page/answers.hpp"
#include "tests/standins/slack/call.hpp"

#include <algorithm>
#include <string>

namespace demo::page {

namespace {

bool is_own_host(std::string_view host, std::uint16_t port)
{
    const std::string number = std::to_string(port);
    return host == "127.0.0.1:" + number || host == "localhost:" + number;
}

bool is_own_origin(std::string_view origin, std::uint16_t port)
{
    constexpr std::string_view scheme = "http://";
    return origin.starts_with(scheme) && is_own_host(origin.substr(scheme.size()), port);
}

auto count(const Request& request, std::string_view name)
{
    return std::count_if(
        request.headers.begin(), request.headers.end(), [&](const auto& header) { return header.first == name; });
}

}  // namespace

void demand_own_page(const Request& request, std::uint16_t port)
{
    if (count(request, "host") != 1 || !is_own_host(request.header("host"), port))
        throw Refused{403, "This page answers only at 127.0.0.1 and localhost."};
    if (request.method == "GET") return;
    if (request.method != "POST") throw Refused{405, "Only GET and POST are answered here."};
    if (count(request, "origin") > 0 && !is_own_origin(request.header("origin"), port))
        throw Refused{403, "Another web page may not act here."};
    if (!slack::has_media_type(request, "application/json")) throw Refused{403, "The body must be application/json."};
    if (request.body.size() > body_bytes_max) throw Refused{413, "The body is larger than 64 KiB."};
}

}  // namespace demo::page
