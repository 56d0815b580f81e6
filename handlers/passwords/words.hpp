#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace countersign::passwords {

inline constexpr std::size_t passphrase_words_min = 7776;
inline constexpr std::size_t passphrase_word_letters_max = 10;

// The words of passphrases, in alphabetical order, at least passphrase_words_min: English, 3 to
// passphrase_word_letters_max letters a-z, no two alike. What they are made from: words.cmake.
std::span<const std::string_view> passphrase_words() noexcept;

}  // namespace countersign::passwords
