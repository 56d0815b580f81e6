#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign {

// Unicode text, as UTF-8. Unless said otherwise a byte that is no UTF-8 counts as one U+FFFD. Pure: any thread.

struct CodePoint
{
    char32_t value;
    std::size_t bytes;  // of the text; 1 where it is no UTF-8
    bool valid;         // false: no UTF-8, and `value` is U+FFFD
};

// The code point that begins at byte `at`, which must be within the text.
CodePoint code_point_at(std::string_view text, std::size_t at);

// Well-formed UTF-8: no overlong form, no surrogate, nothing beyond U+10FFFF.
bool is_valid_utf8(std::string_view text);

// The length in UTF-16 code units: how Slack's and Auth0's limits count.
std::size_t utf16_units(std::string_view text);

// At most `units_max` UTF-16 units: cut between two characters as people see them, the last unit being an ellipsis.
std::string truncate_to_units(std::string_view text, std::size_t units_max);

// At most `bytes_max` bytes, cut between two code points, without an ellipsis.
std::string cut_to_bytes(std::string_view text, std::size_t bytes_max);

// Without what is not seen: zero-width characters, bidirectional controls, fillers, tags, and controls. Controls that
// are white space (tab, line feed) stay, for collapse_spaces.
std::string drop_invisible(std::string_view text);

// Every run of Unicode white space becomes one space, none at the ends.
std::string collapse_spaces(std::string_view text);

// collapse_spaces(drop_invisible(text)): one line that shows all that it holds.
std::string clean_line(std::string_view text);

// Unicode normalization form C. The text must be valid UTF-8; throws std::invalid_argument otherwise.
std::string to_nfc(std::string_view text);

bool has_control_characters(std::string_view text);  // U+0000 to U+001F and U+007F to U+009F

bool has_letter(std::string_view text);  // of any script

// Nothing but letters of any script with their marks, spaces, hyphens, apostrophes and, after a letter, full stops; at
// least one letter; none of what UTF-8 leaves when it is read as Latin-1.
bool is_like_a_name(std::string_view text);

// Each word, and each part of it after a hyphen or an apostrophe, begins with a capital and goes on in small letters:
// "o'brien-SMITH" is "O'Brien-Smith". For names that are all in one case; a mixed one ("McDonald") knows better.
std::string capitalised(std::string_view text);

// Unicode white space at the ends removed (U+00A0, U+202F, U+3000 included).
std::string_view trim_spaces(std::string_view text);

// Compared code point by code point in simple lower case, as JavaScript does but for the few letters that change their
// number. No copy is made of either text: fit for secrets. Every text contains the empty one.
bool contains_ignoring_case(std::string_view text, std::string_view part);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The bytes before the first Unicode white space; all of them when there is none.
std::string_view first_word(std::string_view text);

// Slack's three entities (&lt; &gt; &amp;), decoded once: "&amp;lt;" becomes "&lt;".
std::string decode_entities(std::string_view text);

}  // namespace countersign
