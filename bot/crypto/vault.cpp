#include "bot/crypto/vault.hpp"

#include "bot/crypto/aes_gcm.hpp"
#include "bot/crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>
#include <span>
#include <stdexcept>

namespace countersign {

namespace {

// The layout of Sealed::bytes: version | key id | wrap nonce | wrapped data key with tag | nonce | text with tag.
constexpr char version = 1;
constexpr std::size_t key_id_bytes = 8;
constexpr std::size_t wrapped_bytes = aes_gcm::key_bytes + aes_gcm::tag_bytes;
constexpr std::size_t head_bytes = 1 + key_id_bytes + aes_gcm::nonce_bytes + wrapped_bytes + aes_gcm::nonce_bytes;

struct Free
{
    void operator()(EVP_KDF* kdf) const noexcept { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX* context) const noexcept { EVP_KDF_CTX_free(context); }
};

// 32 bytes that `purpose` alone has (HKDF-SHA256, RFC 5869, without salt).
Secret derive(const Secret& file, std::string_view purpose)
{
    const std::string_view material = FileVault::material_of(file.expose());
    if (material.empty()) throw std::invalid_argument{"the vault key file holds fewer than 32 bytes"};
    const std::unique_ptr<EVP_KDF, Free> kdf{EVP_KDF_fetch(nullptr, "HKDF", nullptr)};
    const std::unique_ptr<EVP_KDF_CTX, Free> context{kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr};
    std::string hash = "SHA256";
    std::string info{purpose};
    Secret key_copy{material};
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash.data(), 0),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_KEY, const_cast<char*>(key_copy.expose().data()), material.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
    locked_memory::Bytes key = locked_memory::take(aes_gcm::key_bytes);
    auto* const bytes = reinterpret_cast<unsigned char*>(key.get());
    if (!context || EVP_KDF_derive(context.get(), bytes, aes_gcm::key_bytes, parameters) != 1)
        throw std::runtime_error{"HKDF-SHA256 failed"};
    return Secret{std::move(key)};
}

template <std::size_t size>
std::array<char, size> drawn(Random& random)
{
    std::array<char, size> bytes{};
    random.fill(std::as_writable_bytes(std::span{bytes}));
    return bytes;
}

Secret drawn_key(Random& random)
{
    locked_memory::Bytes key = locked_memory::take(aes_gcm::key_bytes);
    random.fill(std::as_writable_bytes(std::span{key.get(), aes_gcm::key_bytes}));
    return Secret{std::move(key)};
}

template <std::size_t size>
std::string_view view(const std::array<char, size>& bytes)
{
    return {bytes.data(), bytes.size()};
}

}  // namespace

std::string_view FileVault::material_of(std::string_view file) noexcept
{
    std::string_view text = file;
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.size() >= material_bytes_min) return text;
    return file.size() >= material_bytes_min ? file : std::string_view{};
}

FileVault::FileVault(const Secret& material, Random& random)
    : random_{random},
      wrapping_key_{derive(material, "countersign vault 1")},
      pseudonym_key_{derive(material, "countersign pseudonym 1")},
      key_id_{derive(material, "countersign vault 1 key id").expose().substr(0, key_id_bytes)}
{}

std::string FileVault::bound_to(std::string_view context) const
{
    // Version and key id have a fixed length, so that no two triples give the same bytes.
    std::string bound{version};
    bound += key_id_;
    bound += context;
    return bound;
}

Sealed FileVault::seal(const Secret& plain, std::string_view context) const
{
    const std::string bound = bound_to(context);
    const Secret data_key = drawn_key(random_);
    const auto wrap_nonce = drawn<aes_gcm::nonce_bytes>(random_);
    const auto nonce = drawn<aes_gcm::nonce_bytes>(random_);

    Sealed sealed{std::string{version} + key_id_};
    sealed.bytes += view(wrap_nonce);
    sealed.bytes += aes_gcm::encrypt(wrapping_key_.expose(), view(wrap_nonce), bound, data_key.expose());
    sealed.bytes += view(nonce);
    sealed.bytes += aes_gcm::encrypt(data_key.expose(), view(nonce), bound, plain.expose());
    return sealed;
}

Result<Secret> FileVault::open(const Sealed& sealed, std::string_view context) const
{
    std::string_view rest = sealed.bytes;
    if (rest.size() < head_bytes + aes_gcm::tag_bytes) return Errc::corrupt;
    const auto take = [&rest](std::size_t size) {
        const std::string_view part = rest.substr(0, size);
        rest.remove_prefix(size);
        return part;
    };
    if (take(1).front() != version || take(key_id_bytes) != key_id_) return Errc::corrupt;
    const std::string bound = bound_to(context);
    const std::string_view wrap_nonce = take(aes_gcm::nonce_bytes);
    const auto data_key = aes_gcm::decrypt(wrapping_key_.expose(), wrap_nonce, bound, take(wrapped_bytes));
    if (!data_key) return data_key.error();
    const std::string_view nonce = take(aes_gcm::nonce_bytes);
    return aes_gcm::decrypt(data_key->expose(), nonce, bound, rest);
}

std::string FileVault::pseudonym(std::string_view value) const
{
    return to_hex(hmac_sha256(pseudonym_key_.expose(), {value})).substr(0, 16);
}

}  // namespace countersign
