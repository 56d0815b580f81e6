#pragma once

#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace countersign {

// SHA-256 and HMAC-SHA256 (FIPS 180-4, RFC 2104). All functions may be called from any thread, and throw
// std::runtime_error only when OpenSSL itself fails.

using Digest = std::array<unsigned char, 32>;

// Over the parts as if they were one text.
Digest sha256(std::initializer_list<std::string_view> parts);
Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts);

// Lower case.
std::string to_hex(std::span<const unsigned char> bytes);
std::string sha256_hex(std::initializer_list<std::string_view> parts);
std::string sha256_hex(std::string_view text);

}  // namespace countersign
