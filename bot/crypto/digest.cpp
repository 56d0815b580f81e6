#include "bot/crypto/digest.hpp"

#include "handlers/core/hex.hpp"

#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

namespace countersign {

namespace {

struct Free
{
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
    void operator()(EVP_MAC* mac) const noexcept { EVP_MAC_free(mac); }
};

void require(bool done, const char* what)
{
    if (!done) throw std::runtime_error{what};
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Digest sha256(std::initializer_list<std::string_view> parts)
{
    const std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
    require(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1, "SHA-256 is not available");
    for (const std::string_view part : parts)
        require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1, "SHA-256 failed");
    Digest digest{};
    require(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1, "SHA-256 failed");
    return digest;
}

Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts)
{
    // Fetched once: looking an algorithm up costs more than the MAC of a Slack request.
    static const std::unique_ptr<EVP_MAC, Free> mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    const std::unique_ptr<EVP_MAC_CTX, Free> context{mac ? EVP_MAC_CTX_new(mac.get()) : nullptr};
    std::string name = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string("digest", name.data(), 0), OSSL_PARAM_construct_end()};
    // An empty key must not be a null pointer: OpenSSL takes that for "keep the key of before".
    const unsigned char* key_bytes = key.empty() ? bytes_of("") : bytes_of(key);
    require(context && EVP_MAC_init(context.get(), key_bytes, key.size(), parameters) == 1, "HMAC is not available");
    for (const std::string_view part : parts)
        require(EVP_MAC_update(context.get(), bytes_of(part), part.size()) == 1, "HMAC failed");
    Digest digest{};
    std::size_t size = 0;
    require(
        EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) == 1 && size == digest.size(), "HMAC failed");
    return digest;
}

std::string to_hex(std::span<const unsigned char> bytes)
{
    return countersign::to_hex(std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string sha256_hex(std::initializer_list<std::string_view> parts) { return to_hex(sha256(parts)); }
std::string sha256_hex(std::string_view text) { return sha256_hex({text}); }

}  // namespace countersign
