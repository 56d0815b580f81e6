#include "bot/crypto/aes_gcm.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace countersign::aes_gcm {

namespace {

struct Free
{
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

enum class Direction
{
    decrypt = 0,
    encrypt = 1,
};

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
int length(std::string_view text) { return static_cast<int>(text.size()); }

void require(bool done)
{
    if (!done) throw std::runtime_error{"AES-256-GCM failed"};
}

Context start(Direction direction, std::string_view key, std::string_view nonce, std::string_view bound)
{
    require(key.size() == key_bytes && nonce.size() == nonce_bytes);
    Context context{EVP_CIPHER_CTX_new()};
    require(
        context &&
        EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, in(key), in(nonce), static_cast<int>(direction)) ==
            1);
    int written = 0;
    require(EVP_CipherUpdate(context.get(), nullptr, &written, in(bound), length(bound)) == 1);
    return context;
}

}  // namespace

std::string encrypt(std::string_view key, std::string_view nonce, std::string_view bound, std::string_view plain)
{
    const Context context = start(Direction::encrypt, key, nonce, bound);
    std::string cipher(plain.size() + tag_bytes, '\0');
    int written = 0;
    require(EVP_CipherUpdate(context.get(), out(cipher), &written, in(plain), length(plain)) == 1);
    require(EVP_CipherFinal_ex(context.get(), out(cipher) + written, &written) == 1);
    unsigned char* tag = out(cipher) + plain.size();
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_bytes), tag) == 1);
    return cipher;
}

Result<Secret> decrypt(std::string_view key, std::string_view nonce, std::string_view bound, std::string_view cipher)
{
    if (cipher.size() < tag_bytes) return Errc::corrupt;
    const Context context = start(Direction::decrypt, key, nonce, bound);
    std::string tag{cipher.substr(cipher.size() - tag_bytes)};
    cipher.remove_suffix(tag_bytes);
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1);

    locked_memory::Bytes plain = locked_memory::take(cipher.size());
    auto* bytes = reinterpret_cast<unsigned char*>(plain.get());
    int written = 0;
    require(EVP_CipherUpdate(context.get(), bytes, &written, in(cipher), length(cipher)) == 1);
    int rest = 0;
    // Of GCM nothing is left to be written at the end.
    if (EVP_CipherFinal_ex(context.get(), bytes + written, &rest) != 1) return Errc::corrupt;
    return Secret{std::move(plain)};
}

}  // namespace countersign::aes_gcm
