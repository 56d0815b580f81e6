#include "tests/standins/slack/delivery.hpp"

#include <algorithm>
#include <cctype>

namespace standins::slack {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr const char* signature_header = "x-slack-signature";
constexpr const char* timestamp_header = "x-slack-request-timestamp";
constexpr std::int64_t year_s = 365LL * 24 * 3'600;
constexpr std::size_t version_length = 3;  // "v0="

std::string hex(std::int64_t number)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (; number > 0; number /= 16) out.insert(out.begin(), digits[static_cast<std::size_t>(number % 16)]);
    return "0x" + out;
}

std::string timestamp_for(Forgery forgery, std::int64_t now_s)
{
    switch (forgery)
    {
    case Forgery::stale: return std::to_string(now_s - 301);
    case Forgery::future: return std::to_string(now_s + 301);
    case Forgery::far_future: return std::to_string(now_s + year_s);
    case Forgery::timestamp_word: return "Infinity";
    case Forgery::timestamp_fraction: return std::to_string(now_s) + ".5";
    case Forgery::timestamp_hex: return hex(now_s);
    case Forgery::timestamp_zero_first: return "0" + std::to_string(now_s);
    default: return std::to_string(now_s);
    }
}

std::string digest_in_upper_case(std::string signature)
{
    std::transform(
        signature.begin() + version_length, signature.end(), signature.begin() + version_length,
        [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return signature;
}

// What stands in the signature header, given the right one.
std::string disfigure(Forgery forgery, std::string good)
{
    switch (forgery)
    {
    case Forgery::upper_case_digest: return digest_in_upper_case(std::move(good));
    case Forgery::upper_case_version: return "V" + good.substr(1);
    case Forgery::version_missing: return good.substr(version_length);
    case Forgery::digest_short: return good.substr(0, good.size() - 2);
    case Forgery::digest_long: return good + "00";
    case Forgery::trailing_junk: return good + "=junk";
    case Forgery::signature_not_ascii: return "v0=\xC3\xA9\xC3\xA9";
    default: return good;
    }
}

std::string signature_for(
    Forgery forgery, const std::string& secret, const std::string& timestamp, const std::string& body,
    std::int64_t now_s)
{
    if (forgery == Forgery::wrong_secret) return sign(secret + "x", timestamp, body);
    if (forgery == Forgery::version_one) return sign(secret, timestamp, body, "v1");
    const auto signed_timestamp = forgery == Forgery::timestamp_hex ? std::to_string(now_s) : timestamp;
    return disfigure(forgery, sign(secret, signed_timestamp, body));
}

}  // namespace

Request signed_request(
    const WorkspaceOptions& options, const std::string& path, const std::string& content_type, std::string body,
    TimeMs now, Forgery forgery)
{
    const auto now_s = now / 1'000;
    const auto timestamp = timestamp_for(forgery, now_s);
    const auto signature = signature_for(forgery, options.signing_secret, timestamp, body, now_s);
    if (forgery == Forgery::body_changed) body += ' ';

    Headers headers{{"content-type", content_type}, {"user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)"}};
    if (forgery != Forgery::timestamp_missing && forgery != Forgery::both_missing)
        headers.emplace_back(timestamp_header, timestamp);
    if (forgery == Forgery::timestamp_twice) headers.emplace_back(timestamp_header, timestamp);
    if (forgery != Forgery::signature_missing && forgery != Forgery::both_missing)
        headers.emplace_back(signature_header, signature);
    if (forgery == Forgery::signature_twice) headers.emplace_back(signature_header, signature);
    return Request{"POST", path, std::move(headers), std::move(body)};
}

Delivery retry_of(
    const WorkspaceOptions& options, const Delivery& event, int number, const std::string& reason, TimeMs now)
{
    Delivery again = event;
    again.sent_at = now;
    again.request = signed_request(
        options, event.request.target, std::string{event.request.header("content-type")}, event.request.body, now,
        Forgery::none);
    again.request.headers.emplace_back("x-slack-retry-num", std::to_string(number));
    again.request.headers.emplace_back("x-slack-retry-reason", reason);
    return again;
}

}  // namespace standins::slack
