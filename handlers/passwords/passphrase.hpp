#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/passwords/password_policy.hpp"
#include "handlers/passwords/words.hpp"
#include "handlers/ports/random.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace countersign::passwords {

inline constexpr std::size_t passphrase_words_each = 5;  // at least
inline constexpr std::size_t passphrase_digits_each = 2;

// Characters that are taken for one another on paper and on screens. Of each group at most one can stand in a
// passphrase, wherever it stands: so no word begins with I, O or Q, and the digits are those of passphrase_digits. The
// two cases of one letter are no group: capitals stand at the beginning of a word and nowhere else.
inline constexpr std::array<std::string_view, 11> look_alikes = {"0OoQ", "1Il|", "2Z", "2z", "5S", "5s",
                                                                 "6G",   "6b",   "8B", "9g", "9q"};
inline constexpr std::string_view passphrase_digits = "347";

// What nobody can guess of a passphrase, at least: no passphrase is made with a greater chance than 2^-60.
inline constexpr double passphrase_bits_min = 60;
inline constexpr int passphrase_draws_max = 128;

// Random words that fit the policy, as in Pebble-Raven-Gecko-Tiger-Amber-47: capitalised, joined by hyphens, two digits
// at the end, 22 to 72 bytes of ASCII. No word is part of any of the person's values, whether the policy minds or not.
// There are more words where the policy's length asks for them, or where so many words of the list hold a blocked value
// (the e-mail's local part is "e") that five of the others are worth too little.
// Whether the account had this passphrase before is not asked: the chance is none.
// Refused: no_passphrase_fits (the policy takes none: it wants more than 72 characters, blocks the hyphen, ...).
// Throws what `random` throws.
Outcome<Secret> passphrase(Random& random, const PasswordPolicy& policy, const PersonalData& person);

}  // namespace countersign::passwords
