#include "handlers/ports/http_client.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/http_date.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>

namespace countersign::http {

namespace urls = boost::urls;

namespace {

bool is_loopback(const urls::url_view& url)
{
    if (url.host_type() == urls::host_type::ipv4) return url.host_ipv4_address().is_loopback();
    if (url.host_type() == urls::host_type::ipv6) return url.host_ipv6_address().is_loopback();
    return url.host_name() == "localhost";
}

std::optional<long long> number(std::string_view text)
{
    long long value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Result<Origin> parse_origin(std::string_view text)
{
    if (text.size() > 2000) return Errc::malformed;
    const auto parsed = urls::parse_uri(boost::urls::string_view{text.data(), text.size()});
    if (!parsed) return Errc::malformed;
    const urls::url_view& url = *parsed;
    const bool known = url.scheme() == "https" || url.scheme() == "http";
    if (!known || url.host().empty() || url.has_userinfo() || url.has_query() || url.has_fragment())
        return Errc::malformed;
    if (url.scheme() == "http" && !is_loopback(url)) return Errc::forbidden;

    Origin origin;
    origin.scheme = std::string{url.scheme()};
    origin.host =
        url.host_type() == urls::host_type::ipv6 ? url.host_ipv6_address().to_string() : std::string{url.host()};
    origin.host = ascii::lower(origin.host);
    origin.port =
        url.has_port() && !url.port().empty() ? std::string{url.port()} : (origin.scheme == "https" ? "443" : "80");
    origin.path = std::string{url.encoded_path()};
    // Boost.URL 1.81 reads "127.0.0.1.evil.test" as the address 127.0.0.1 and a path.
    if (!origin.path.empty() && origin.path.front() != '/') return Errc::malformed;
    if (origin.path.empty() || origin.path.back() != '/') origin.path += '/';
    return origin;
}

std::string_view ClientResponse::header(std::string_view name) const noexcept
{
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

std::string encode(std::string_view text)
{
    return urls::encode(boost::urls::string_view{text.data(), text.size()}, urls::unreserved_chars);
}

std::string encode_form(const std::vector<std::pair<std::string, std::string>>& fields)
{
    std::string form;
    for (const auto& [name, value] : fields)
    {
        if (!form.empty()) form += '&';
        form += encode(name) + '=' + encode(value);
    }
    return form;
}

std::optional<std::chrono::seconds> retry_after(const ClientResponse& response, std::chrono::sys_seconds now)
{
    const std::string text{response.header("retry-after")};
    std::optional<long long> wait = number(text);
    if (!wait)
        if (const auto date = parse_date(text)) wait = (*date - now).count();
    if (!wait) return std::nullopt;
    return std::chrono::seconds{std::clamp(*wait, 1LL, 60LL)};
}

}  // namespace countersign::http
