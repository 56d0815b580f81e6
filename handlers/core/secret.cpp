#include "handlers/core/secret.hpp"

#include <openssl/crypto.h>

#include <cstring>

namespace countersign {

Secret::Secret(std::string_view plain) : bytes_{locked_memory::take(plain.size())}
{
    if (!plain.empty()) std::memcpy(bytes_.get(), plain.data(), plain.size());
}

Secret Secret::take(std::string& plain)
{
    Secret secret{plain};
    wipe(plain);
    return secret;
}

bool Secret::matches(std::string_view other) const noexcept
{
    const std::string_view mine = expose();
    return mine.size() == other.size() && CRYPTO_memcmp(mine.data(), other.data(), mine.size()) == 0;
}

void wipe(std::string& text) noexcept
{
    OPENSSL_cleanse(text.data(), text.capacity());
    text.clear();
}

}  // namespace countersign
