#include "tests/standins/slack/signing.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace standins::slack {

std::string sign(std::string_view secret, std::string_view timestamp, std::string_view body, std::string_view version)
{
    std::string base{version};
    base.append(":").append(timestamp).append(":").append(body);

    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    HMAC(
        EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
        reinterpret_cast<const unsigned char*>(base.data()), base.size(), digest.data(), &length);

    constexpr std::string_view digits = "0123456789abcdef";
    std::string signature{version};
    signature += '=';
    for (unsigned int i = 0; i < length; ++i)
    {
        signature += digits[digest[i] >> 4U];
        signature += digits[digest[i] & 15U];
    }
    return signature;
}

}  // namespace standins::slack
