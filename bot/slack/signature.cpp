#include "bot/slack/signature.hpp"

#include "bot/crypto/digest.hpp"
#include "handlers/core/ascii.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <tuple>

namespace countersign::slack {

namespace {

constexpr std::string_view timestamp_header = "x-slack-request-timestamp";
constexpr std::string_view signature_header = "x-slack-signature";
constexpr std::string_view version = "v0";
constexpr std::size_t timestamp_digits_max = 12;

// The value of a header that is there exactly once.
std::optional<std::string_view> only(const SignatureVerifier::Headers& headers, std::string_view name)
{
    std::optional<std::string_view> found;
    for (const auto& [key, value] : headers)
    {
        if (!ascii::is_lower_of(key, name)) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

// ^[0-9]{1,12}$
std::optional<std::int64_t> parse_timestamp(std::string_view text)
{
    if (!ascii::are_digits(text) || text.size() > timestamp_digits_max) return std::nullopt;
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return seconds;
}

}  // namespace

SignatureVerifier::SignatureVerifier(const std::vector<Secret>& signing_secrets)
{
    if (signing_secrets.empty()) throw std::invalid_argument{"no Slack signing secret"};
    for (const Secret& secret : signing_secrets)
    {
        if (secret.empty()) throw std::invalid_argument{"an empty Slack signing secret"};
        secrets_.push_back(secret.duplicate());
    }
}

Result<void> SignatureVerifier::verify(const Headers& headers, std::string_view body, TimePoint now) const
{
    const auto timestamp = only(headers, timestamp_header);
    const auto signature = only(headers, signature_header);
    constexpr std::size_t signature_size = version.size() + 1 + 2 * std::tuple_size_v<Digest>;
    if (!timestamp || !signature || signature->size() != signature_size) return Errc::bad_signature;
    const auto seconds = parse_timestamp(*timestamp);
    if (!seconds) return Errc::bad_signature;
    const std::int64_t age = to_unix_s(now) - *seconds;
    if (age > signature_window.count() || age < -signature_window.count()) return Errc::stale;

    bool matches = false;
    for (const Secret& secret : secrets_)
    {
        // The header text itself is signed, not the number that we read in it. Made anew each time, and wiped: what is
        // kept between two uses (the state behind the secret) could sign as well as the secret can.
        const Digest digest = hmac_sha256(secret.expose(), {version, ":", *timestamp, ":", body});
        const std::string expected = std::string{version} + '=' + to_hex(digest);
        matches = CRYPTO_memcmp(expected.data(), signature->data(), signature_size) == 0 || matches;
    }
    if (!matches) return Errc::bad_signature;
    return {};
}

}  // namespace countersign::slack
