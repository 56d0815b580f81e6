#include "auth0/change_ticket.hpp"

#include "auth0/error_answer.hpp"
#include "auth0/response_body.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/secret_text.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <string>

namespace countersign::auth0 {

namespace asio = boost::asio;

namespace {

constexpr std::size_t url_bytes_max = 2000;

Secret ticket_body(const Auth0UserId& id, std::chrono::seconds ttl)
{
    const auto seconds = std::clamp(ttl, ticket_life_min, ticket_life_max).count();
    SecretText body{128 + SecretText::json_bytes_each * id.str().size()};
    // Without ttl_sec a link lives for five days.
    body.put(R"({"user_id":)").json_string(id.str()).put(R"(,"ttl_sec":)").put(std::to_string(seconds)).put("}");
    return body.secret();
}

bool is_loopback(const http::Origin& origin)
{
    return origin.host == "localhost" || origin.host == "::1" || origin.host.starts_with("127.");
}

bool is_at(const boost::urls::url_view& url, const http::Origin& origin)
{
    const std::string port = url.has_port() ? std::string{url.port()} : (url.scheme() == "https" ? "443" : "80");
    const std::string host =
        url.host_type() == boost::urls::host_type::ipv6 ? url.host_ipv6_address().to_string() : std::string{url.host()};
    return url.scheme() == origin.scheme && ascii::lower(host) == origin.host && port == origin.port;
}

}  // namespace

bool leads_to_tenant(std::string_view text, const Auth0Settings& settings)
{
    if (text.size() > url_bytes_max) return false;
    const auto parsed = boost::urls::parse_uri(boost::urls::string_view{text.data(), text.size()});
    if (!parsed || parsed->has_userinfo()) return false;
    // Boost.URL 1.81 reads "127.0.0.1.evil.test" as the address 127.0.0.1 and a path; a link leads to a page anyway.
    if (!std::string_view{parsed->encoded_path()}.starts_with('/')) return false;
    const auto canonical = http::parse_origin("https://" + settings.domain + "/");
    if (canonical && is_at(*parsed, *canonical)) return true;
    return is_loopback(settings.origin) && is_at(*parsed, settings.origin);
}

asio::awaitable<Outcome<Secret>> post_ticket(
    ManagementApi& api, const Auth0Settings& settings, Auth0UserId id, std::chrono::seconds ttl, RequestId request,
    TimeBudget budget)
{
    Call call{http::Method::post, "password_ticket", "api/v2/tickets/password-change"};
    call.priority = Priority::change;
    call.correlation_id = request.str();
    call.body = ticket_body(id, ttl);
    const Outcome<ResponseBody> answer = co_await api.perform(std::move(call), budget);
    if (!answer) co_return answer.error();

    const std::string_view url = JsonReader{answer->json}.text_view("ticket");
    if (url.empty()) co_return unreadable_answer(Effect::none);
    if (!leads_to_tenant(url, settings))
    {
        log::error("auth0_ticket_foreign", {{"correlation_id", request}});
        co_return Problem{Errc::corrupt, "foreign_ticket"};
    }
    co_return Secret{url};
}

}  // namespace countersign::auth0
