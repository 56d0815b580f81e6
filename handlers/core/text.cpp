#include "handlers/core/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

namespace countersign {

namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

utf8proc_int32_t number_of(char32_t c) { return static_cast<utf8proc_int32_t>(c); }

bool is_letter(char32_t c)
{
    const utf8proc_category_t category = utf8proc_category(number_of(c));
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_mark(char32_t c)
{
    const utf8proc_category_t category = utf8proc_category(number_of(c));
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool may_stand_in_name(char32_t c, bool follows_letter)
{
    switch (c)
    {
    case U' ':
    case U'-':
    case U'\u2010':
    case U'\'':
    case U'\u2018':
    case U'\u2019':
    case U'\u00B7': return true;
    case U'.': return follows_letter;
    default: return is_letter(c) || (follows_letter && is_mark(c));
    }
}

// The two bytes of a letter beyond ASCII, each shown as a letter of Latin-1. No language has these pairs.
bool is_misread(char32_t first, char32_t second)
{
    return (first == U'\u00C2' || first == U'\u00C3') &&
        (second == U'\u00AA' || second == U'\u00B5' || second == U'\u00BA');
}

// The property White_Space of the Unicode Character Database.
bool is_space(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
        (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

// Default_Ignorable_Code_Point without the variation selectors U+FE00..FE0F (an emoji's look), plus the interlinear
// annotation marks.
bool is_invisible(char32_t c)
{
    using Range = std::pair<char32_t, char32_t>;
    constexpr std::array<Range, 15> ranges = {
        {{0x00AD, 0x00AD},
         {0x034F, 0x034F},
         {0x061C, 0x061C},
         {0x115F, 0x1160},
         {0x17B4, 0x17B5},
         {0x180B, 0x180F},
         {0x200B, 0x200F},
         {0x202A, 0x202E},
         {0x2060, 0x206F},
         {0x3164, 0x3164},
         {0xFEFF, 0xFEFF},
         {0xFFA0, 0xFFA0},
         {0xFFF0, 0xFFFB},
         {0x1BCA0, 0x1BCA3},
         {0x1D173, 0x1D17A}}};
    if (c >= 0xE0000 && c <= 0xE0FFF) return true;
    return std::any_of(ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.second; });
}

std::size_t units_of(char32_t c) { return c > 0xFFFF ? 2 : 1; }

// How many bytes at the front of `text` are `part` in another case; 0: another text.
std::size_t bytes_alike(std::string_view text, std::string_view part)
{
    std::size_t at = 0;
    for (std::size_t of_part = 0; of_part < part.size();)
    {
        if (at == text.size()) return 0;
        const CodePoint a = code_point_at(text, at), b = code_point_at(part, of_part);
        if (utf8proc_tolower(number_of(a.value)) != utf8proc_tolower(number_of(b.value))) return 0;
        at += a.bytes;
        of_part += b.bytes;
    }
    return at;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at)
{
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
    utf8proc_int32_t value = 0;
    const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &value);
    if (size <= 0) return {replacement, 1, false};
    return {static_cast<char32_t>(value), static_cast<std::size_t>(size), true};
}

bool is_valid_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        if (!c.valid) return false;
        at += c.bytes;
    }
    return true;
}

std::size_t utf16_units(std::string_view text)
{
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        units += units_of(c.value);
        at += c.bytes;
    }
    return units;
}

std::string truncate_to_units(std::string_view text, std::size_t units_max)
{
    if (utf16_units(text) <= units_max) return std::string{text};
    if (units_max == 0) return {};

    std::size_t units = 0, grapheme_end = 0, code_point_end = 0;
    utf8proc_int32_t previous = 0, state = 0;
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        if (at > 0 && utf8proc_grapheme_break_stateful(previous, number_of(c.value), &state)) grapheme_end = at;
        code_point_end = at;
        units += units_of(c.value);
        if (units > units_max - 1) break;
        previous = number_of(c.value);
        at += c.bytes;
    }
    // One character may be longer than the room (stacked accents): then it is cut within.
    std::string out{text.substr(0, grapheme_end > 0 ? grapheme_end : code_point_end)};
    out += ellipsis;
    return out;
}

std::string cut_to_bytes(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) return std::string{text};
    std::size_t end = 0;
    while (end < text.size())
    {
        const CodePoint c = code_point_at(text, end);
        if (end + c.bytes > bytes_max) break;
        end += c.bytes;
    }
    return std::string{text.substr(0, end)};
}

std::string drop_invisible(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        const bool kept = is_space(c.value) || (!is_control(c.value) && !is_invisible(c.value));
        if (kept) out += c.valid ? text.substr(at, c.bytes) : std::string_view{"\xEF\xBF\xBD"};
        at += c.bytes;
    }
    return out;
}

std::string collapse_spaces(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool space_due = false;
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        if (is_space(c.value))
            space_due = !out.empty();
        else
        {
            if (std::exchange(space_due, false)) out += ' ';
            out += text.substr(at, c.bytes);
        }
        at += c.bytes;
    }
    return out;
}

std::string clean_line(std::string_view text) { return collapse_spaces(drop_invisible(text)); }

std::string to_nfc(std::string_view text)
{
    if (!is_valid_utf8(text)) throw std::invalid_argument{"to_nfc needs valid UTF-8"};
    utf8proc_uint8_t* raw = nullptr;
    const auto size = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &raw,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{raw, &std::free};
    if (size < 0) throw std::runtime_error{"utf8proc could not normalize a text"};
    return std::string{reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

bool has_letter(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint point = code_point_at(text, at);
        if (point.valid && is_letter(point.value)) return true;
        at += point.bytes;
    }
    return false;
}

bool is_like_a_name(std::string_view text)
{
    char32_t previous = 0;
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint point = code_point_at(text, at);
        const bool follows_letter = is_letter(previous) || is_mark(previous);
        if (!point.valid || !may_stand_in_name(point.value, follows_letter)) return false;
        if (is_misread(previous, point.value)) return false;
        previous = point.value;
        at += point.bytes;
    }
    return has_letter(text);
}

std::string capitalised(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool begins = true;
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint point = code_point_at(text, at);
        const auto cased = begins ? utf8proc_totitle(number_of(point.value)) : utf8proc_tolower(number_of(point.value));
        std::array<utf8proc_uint8_t, 4> bytes{};
        const auto size = point.valid ? utf8proc_encode_char(cased, bytes.data()) : 0;
        if (size > 0)
            out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
        else
            out += text.substr(at, point.bytes);
        // Not after a mark: it belongs to the letter before.
        if (!is_mark(point.value)) begins = !is_letter(point.value);
        at += point.bytes;
    }
    return out;
}

bool has_control_characters(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        if (is_control(c.value)) return true;
        at += c.bytes;
    }
    return false;
}

std::string_view trim_spaces(std::string_view text)
{
    std::size_t begin = text.size(), end = 0;
    for (std::size_t at = 0; at < text.size();)
    {
        const CodePoint c = code_point_at(text, at);
        if (!is_space(c.value))
        {
            begin = std::min(begin, at);
            end = at + c.bytes;
        }
        at += c.bytes;
    }
    return end == 0 ? std::string_view{} : text.substr(begin, end - begin);
}

bool contains_ignoring_case(std::string_view text, std::string_view part)
{
    if (part.empty()) return true;
    for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).bytes)
        if (bytes_alike(text.substr(at), part) > 0) return true;
    return false;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return b.empty() ? a.empty() : bytes_alike(a, b) == a.size() && !a.empty();
}

std::string_view first_word(std::string_view text)
{
    std::size_t end = 0;
    while (end < text.size())
    {
        const CodePoint c = code_point_at(text, end);
        if (is_space(c.value)) break;
        end += c.bytes;
    }
    return text.substr(0, end);
}

std::string decode_entities(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, char>, 3> entities = {
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}}};
    std::string out;
    out.reserve(text.size());
    while (!text.empty())
    {
        const auto found = std::find_if(
            entities.begin(), entities.end(), [text](const auto& entity) { return text.starts_with(entity.first); });
        out += found == entities.end() ? text.front() : found->second;
        text.remove_prefix(found == entities.end() ? 1 : found->first.size());
    }
    return out;
}

}  // namespace countersign
