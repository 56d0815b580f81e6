#include "bot/slack/response_url.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace countersign::slack {

namespace urls = boost::urls;

namespace {

constexpr std::array<std::string_view, 2> hosts = {"hooks.slack.com", "hooks.slack-gov.com"};

bool is_loopback(const std::string& host)
{
    if (host == "localhost") return true;
    boost::system::error_code not_an_address;
    const auto address = boost::asio::ip::make_address(host, not_an_address);
    return !not_an_address && address.is_loopback();
}

bool is_slack(const http::Origin& origin)
{
    return origin.scheme == "https" && origin.port == "443" &&
        std::find(hosts.begin(), hosts.end(), origin.host) != hosts.end();
}

}  // namespace

Outcome<ResponseTarget> response_target(const Secret& response_url, const http::Origin& api)
{
    const std::string_view text = response_url.expose();
    const auto parsed = urls::parse_uri(urls::string_view{text.data(), text.size()});
    if (!parsed || !parsed->has_authority() || parsed->has_userinfo() || parsed->has_fragment() ||
        parsed->encoded_path().size() < 2)
        return Problem{Errc::refused, "response_url_invalid"};

    // Only scheme, host and port are copied out of the Secret.
    const auto head = parsed->encoded_origin();
    auto origin = http::parse_origin(std::string_view{head.data(), head.size()});
    if (!origin) return Problem{Errc::refused, "response_url_host"};
    const bool allowed = is_slack(*origin) || (is_loopback(api.host) && is_loopback(origin->host));
    if (!allowed) return Problem{Errc::refused, "response_url_host"};

    const auto target = parsed->encoded_target();
    std::string_view path{target.data(), target.size()};
    path.remove_prefix(1);  // Origin::path ends with the slash
    return ResponseTarget{std::move(*origin), Secret{path}};
}

}  // namespace countersign::slack
