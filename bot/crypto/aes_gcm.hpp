#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign::aes_gcm {

// AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce and a 128-bit tag. A nonce must never repeat under a key.
inline constexpr std::size_t key_bytes = 32;
inline constexpr std::size_t nonce_bytes = 12;
inline constexpr std::size_t tag_bytes = 16;

// The cipher text, as long as `plain`, with the tag behind it.
std::string encrypt(std::string_view key, std::string_view nonce, std::string_view bound, std::string_view plain);

// Errc::corrupt when key, nonce, bound data or cipher text are not those of encrypt().
Result<Secret> decrypt(std::string_view key, std::string_view nonce, std::string_view bound, std::string_view cipher);

}  // namespace countersign::aes_gcm
