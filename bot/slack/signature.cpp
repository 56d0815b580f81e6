#include "bot/slack/signature.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>

namespace countersign::slack {

namespace {

constexpr std::string_view timestamp_header = "x-slack-request-timestamp";
constexpr std::string_view signature_header = "x-slack-signature";
constexpr std::string_view version = "v0";
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t timestamp_digits_max = 12;

using Digest = std::array<unsigned char, digest_bytes>;

struct FreeMac
{
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
    void operator()(EVP_MAC* mac) const noexcept { EVP_MAC_free(mac); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

void must(bool done)
{
    if (!done) throw std::runtime_error{"OpenSSL could not compute a signature"};
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

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

std::string hex(std::span<const unsigned char> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes)
    {
        out += digits[byte >> 4];
        out += digits[byte & 0x0F];
    }
    return out;
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

std::string replay_digest(std::string_view timestamp, std::string_view signature)
{
    const std::string marked = std::string{timestamp} + ':' + std::string{signature};
    Digest digest{};
    must(EVP_Digest(marked.data(), marked.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
    return hex(digest);
}

}  // namespace

// A MAC context that has read its key, but no data: copied for each use, which spares the key schedule.
struct SignatureVerifier::Key
{
    MacContext keyed;

    explicit Key(const Secret& secret)
    {
        const std::unique_ptr<EVP_MAC, FreeMac> mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
        must(mac != nullptr);
        keyed.reset(EVP_MAC_CTX_new(mac.get()));
        must(keyed != nullptr);
        std::string digest_name = "SHA256";  // OSSL_PARAM wants it mutable
        const std::array<OSSL_PARAM, 2> parameters = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0), OSSL_PARAM_construct_end()};
        const std::string_view key = secret.expose();
        must(EVP_MAC_init(keyed.get(), bytes_of(key), key.size(), parameters.data()) == 1);
    }

    Digest sign(std::initializer_list<std::string_view> parts) const
    {
        const MacContext context{EVP_MAC_CTX_dup(keyed.get())};
        must(context != nullptr);
        for (const std::string_view part : parts) must(EVP_MAC_update(context.get(), bytes_of(part), part.size()) == 1);
        Digest digest{};
        std::size_t size = 0;
        must(EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) == 1 && size == digest.size());
        return digest;
    }
};

SignatureVerifier::SignatureVerifier(const std::vector<Secret>& signing_secrets)
{
    if (signing_secrets.empty()) throw std::invalid_argument{"no Slack signing secret"};
    for (const Secret& secret : signing_secrets)
    {
        if (secret.empty()) throw std::invalid_argument{"an empty Slack signing secret"};
        keys_.emplace_back(secret);
    }
}

SignatureVerifier::~SignatureVerifier() = default;

Result<std::string> SignatureVerifier::verify(const Headers& headers, std::string_view body, TimePoint now) const
{
    const auto timestamp = only(headers, timestamp_header);
    const auto signature = only(headers, signature_header);
    constexpr std::size_t signature_size = version.size() + 1 + 2 * digest_bytes;
    if (!timestamp || !signature || signature->size() != signature_size) return Errc::bad_signature;
    const auto seconds = parse_timestamp(*timestamp);
    if (!seconds) return Errc::bad_signature;
    const std::int64_t age = to_unix_s(now) - *seconds;
    if (age > signature_window.count() || age < -signature_window.count()) return Errc::stale;

    bool matches = false;
    for (const Key& key : keys_)
    {
        // The header text itself is signed, not the number that we read in it.
        const std::string expected = std::string{version} + '=' + hex(key.sign({version, ":", *timestamp, ":", body}));
        matches = CRYPTO_memcmp(expected.data(), signature->data(), signature_size) == 0 || matches;
    }
    if (!matches) return Errc::bad_signature;
    return replay_digest(*timestamp, *signature);
}

}  // namespace countersign::slack
