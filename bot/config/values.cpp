#include "bot/config/values.hpp"

#include "handlers/core/ascii.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <vector>

namespace countersign::config {

namespace {

constexpr std::size_t slack_id_bytes_max = 32;
constexpr std::size_t domain_bytes_max = 253;

template <class Number>
std::optional<Number> parse_number(std::string_view digits)
{
    Number value{};
    if (digits.empty() || digits.front() < '0' || digits.front() > '9') return std::nullopt;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (ec != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<std::int64_t> seconds_in(char unit)
{
    if (unit == 's') return 1;
    if (unit == 'm') return 60;
    if (unit == 'h') return 3'600;
    if (unit == 'd') return 86'400;
    return std::nullopt;
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    while (!text.empty())
    {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        if (digits == text.size()) return std::nullopt;
        const auto count = parse_number<std::uint32_t>(text.substr(0, digits));
        const auto unit = seconds_in(text[digits]);
        if (!count || !unit) return std::nullopt;
        total += std::int64_t{*count} * *unit;
        text.remove_prefix(digits + 1);
    }
    return std::chrono::seconds{total};
}

std::optional<Listen> parse_listen(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
    if (!port) return std::nullopt;

    std::string host{text.substr(0, colon)};
    if (host == "localhost") host = "127.0.0.1";
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(host, failure);
    if (failure || address.is_v6() != bracketed) return std::nullopt;
    return Listen{address.to_string(), *port};
}

std::optional<std::filesystem::path> parse_sqlite_url(std::string_view text)
{
    constexpr std::string_view scheme = "sqlite:///";
    if (text.substr(0, scheme.size()) != scheme) return std::nullopt;
    std::string_view path = text.substr(scheme.size());
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    const bool has_control = std::any_of(path.begin(), path.end(), [](char c) { return c >= '\0' && c < ' '; });
    if (path.empty() || path.back() == '/' || path.find_first_of("?#") != path.npos || has_control) return std::nullopt;
    return std::filesystem::path{"/" + std::string{path}}.lexically_normal();
}

bool is_slack_id(std::string_view text, std::string_view prefixes)
{
    if (text.size() < 2 || text.size() > slack_id_bytes_max) return false;
    if (prefixes.find(text.front()) == prefixes.npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_digit(c) || ascii::is_upper(c); });
}

bool is_domain(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon != text.npos)
    {
        const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
        if (!port || *port == 0) return false;
        text = text.substr(0, colon);
    }
    if (text.empty() || text.size() > domain_bytes_max || text.find("..") != text.npos) return false;
    if (!ascii::is_alnum(text.front()) || !ascii::is_alnum(text.back())) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_alnum(c) || c == '.' || c == '-'; });
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_visible);
}

std::size_t edit_distance(std::string_view from, std::string_view to)
{
    std::vector<std::vector<std::size_t>> cost(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
    for (std::size_t i = 0; i <= from.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= to.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i)
        for (std::size_t j = 1; j <= to.size(); ++j)
        {
            const std::size_t replaced = cost[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[from.size()][to.size()];
}

}  // namespace countersign::config
