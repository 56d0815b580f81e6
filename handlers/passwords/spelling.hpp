#pragma once

#include "handlers/core/secret.hpp"

#include <cstddef>

namespace countersign::passwords {

// The longest spelling of a password of at most password_bytes_max bytes, in UTF-16 units: it fits one Slack section
// (3000) with room for a sentence.
inline constexpr std::size_t spelling_units_max = 2800;

// A password as one reads it out on the telephone, complete, with a line for each run of letters, each run of digits,
// and each other character:
//     Amber: capital A as in Alfa, m as in Mike, b as in Bravo, e as in Echo, r as in Romeo
//     hyphen
//     47: four, seven
// The words are those of the ICAO. Letters with accents are named as such (e as in Echo with acute accent); what has no
// plain name stands for itself, or as its number (U+200B) when it cannot be seen. The result is as secret as the
// password. Of ASCII characters only letters, digits and the marks above stand in it, so none that Slack could read as
// markup.
Secret spell_out(const Secret& password);

}  // namespace countersign::passwords
