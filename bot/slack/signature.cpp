#include "bot/slack/signature.hpp"

#include "bot/crypto/digest.hpp"

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

bool equals_ignoring_case(std::string_view text, std::string_view lower_case)
{
    return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

// The value of a header that is there exactly once.
std::optional<std::string_view> only(const SignatureVerifier::Headers& headers, std::string_view name)
{
    std::optional<std::string_view> found;
    for (const auto& [key, value] : headers)
    {
        if (!equals_ignoring_case(key, name)) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

// ^[0-9]{1,12}$
std::optional<std::int64_t> parse_timestamp(std::string_view text)
{
    if (text.empty() || text.size() > timestamp_digits_max) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return seconds;
}

}  // namespace

struct SignatureVerifier::Key
{
    Secret secret;
};

SignatureVerifier::SignatureVerifier(const std::vector<Secret>& signing_secrets)
{
    if (signing_secrets.empty()) throw std::invalid_argument{"no Slack signing secret"};
    for (const Secret& secret : signing_secrets)
    {
        if (secret.empty()) throw std::invalid_argument{"an empty Slack signing secret"};
        keys_.push_back(Key{secret.duplicate()});
    }
}

SignatureVerifier::~SignatureVerifier() = default;

Result<std::string> SignatureVerifier::verify(const Headers& headers, std::string_view body, TimePoint now) const
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
    for (const Key& key : keys_)
    {
        // The header text itself is signed, not the number that we read in it. Made anew each time, and wiped: what is
        // kept between two uses (the state behind the key) could sign as well as the secret can.
        const Digest digest = hmac_sha256(key.secret.expose(), {version, ":", *timestamp, ":", body});
        const std::string expected = std::string{version} + '=' + to_hex(digest);
        matches = CRYPTO_memcmp(expected.data(), signature->data(), signature_size) == 0 || matches;
    }
    if (!matches) return Errc::bad_signature;
    return sha256_hex({*timestamp, ":", *signature});
}

}  // namespace countersign::slack
