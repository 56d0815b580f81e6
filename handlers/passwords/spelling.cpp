#include "handlers/passwords/spelling.hpp"

#include "handlers/core/secret_text.hpp"
#include "handlers/core/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace countersign::passwords {

namespace {

using Name = std::pair<char32_t, std::string_view>;

constexpr std::array<std::string_view, 26> letter_words = {
    "Alfa",    "Bravo", "Charlie", "Delta",  "Echo",     "Foxtrot", "Golf",   "Hotel",  "India",
    "Juliett", "Kilo",  "Lima",    "Mike",   "November", "Oscar",   "Papa",   "Quebec", "Romeo",
    "Sierra",  "Tango", "Uniform", "Victor", "Whiskey",  "X-ray",   "Yankee", "Zulu"};
constexpr std::array<std::string_view, 10> digit_words = {"zero", "one", "two",   "three", "four",
                                                          "five", "six", "seven", "eight", "nine"};

constexpr std::array<Name, 57> names = {{
    {U'\t', "tab"},
    {U'\n', "line feed"},
    {U'\r', "carriage return"},
    {U' ', "space"},
    {U'!', "exclamation mark"},
    {U'"', "double quote"},
    {U'#', "hash sign"},
    {U'$', "dollar sign"},
    {U'%', "percent sign"},
    {U'&', "ampersand"},
    {U'\'', "apostrophe"},
    {U'(', "opening bracket"},
    {U')', "closing bracket"},
    {U'*', "asterisk"},
    {U'+', "plus sign"},
    {U',', "comma"},
    {U'-', "hyphen"},
    {U'.', "full stop"},
    {U'/', "slash"},
    {U':', "colon"},
    {U';', "semicolon"},
    {U'<', "less-than sign"},
    {U'=', "equals sign"},
    {U'>', "greater-than sign"},
    {U'?', "question mark"},
    {U'@', "at sign"},
    {U'[', "opening square bracket"},
    {U'\\', "backslash"},
    {U']', "closing square bracket"},
    {U'^', "caret"},
    {U'_', "underscore"},
    {U'`', "backtick"},
    {U'{', "opening curly bracket"},
    {U'|', "vertical bar"},
    {U'}', "closing curly bracket"},
    {U'~', "tilde"},
    {0x00A0, "no-break space"},
    {0x00A3, "pound sign"},
    {0x00B7, "middle dot"},
    {0x00C6, "capital a and e joined"},
    {0x00D0, "capital eth"},
    {0x00D8, "capital o with stroke"},
    {0x00DE, "capital thorn"},
    {0x00DF, "sharp s"},
    {0x00E6, "a and e joined"},
    {0x00F0, "eth"},
    {0x00F8, "o with stroke"},
    {0x00FE, "thorn"},
    {0x0110, "capital d with stroke"},
    {0x0111, "d with stroke"},
    {0x0131, "i without a dot"},
    {0x0141, "capital l with stroke"},
    {0x0142, "l with stroke"},
    {0x0152, "capital o and e joined"},
    {0x0153, "o and e joined"},
    {0x2019, "curly apostrophe"},
    {0x20AC, "euro sign"},
}};
constexpr std::array<Name, 18> marks = {{
    {0x0300, "grave accent"},
    {0x0301, "acute accent"},
    {0x0302, "circumflex"},
    {0x0303, "tilde"},
    {0x0304, "macron"},
    {0x0306, "breve"},
    {0x0307, "dot above"},
    {0x0308, "two dots above"},
    {0x0309, "hook above"},
    {0x030A, "ring above"},
    {0x030B, "double acute accent"},
    {0x030C, "caron"},
    {0x030F, "double grave accent"},
    {0x031B, "horn"},
    {0x0323, "dot below"},
    {0x0326, "comma below"},
    {0x0327, "cedilla"},
    {0x0328, "ogonek"},
}};

// The longest name of one byte, with what joins it to the next and its place in the head of its line; longer characters
// have longer names, but not by their bytes.
constexpr std::size_t bytes_per_byte = 40;

enum class Kind
{
    letter,
    digit,
    other,
};

template <std::size_t size>
std::string_view name_in(const std::array<Name, size>& table, char32_t c)
{
    const auto found = std::find_if(table.begin(), table.end(), [c](const Name& name) { return name.first == c; });
    return found == table.end() ? std::string_view{} : found->second;
}

utf8proc_category_t category_of(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }

Kind kind_of(char32_t c)
{
    if (c >= U'0' && c <= U'9') return Kind::digit;
    const utf8proc_category_t category = category_of(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME ? Kind::letter : Kind::other;
}

bool can_be_seen(char32_t c)
{
    const utf8proc_category_t category = category_of(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO && c != 0xFFFD;
}

void put_number(SecretText& out, char32_t c)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    out.put("U+");
    for (int shift = c > 0xFFFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) out.put(hex[(c >> shift) & 0xF]);
}

void put_ascii_letter(SecretText& out, char32_t c)
{
    const bool is_capital = c <= U'Z';
    out.put(is_capital ? "capital " : "").put(static_cast<char>(c)).put(" as in ");
    out.put(letter_words.at(c - (is_capital ? U'A' : U'a')));
}

bool is_ascii_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// A letter that is an ASCII letter with marks that have names. False: nothing was put.
bool put_accented(SecretText& out, char32_t c)
{
    std::array<utf8proc_int32_t, 4> parts{};
    int boundary = 0;
    const auto count = utf8proc_decompose_char(
        static_cast<utf8proc_int32_t>(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE), &boundary);
    if (count < 2 || count > static_cast<utf8proc_ssize_t>(parts.size())) return false;
    const auto first = static_cast<char32_t>(parts[0]);
    const auto mark = [&parts](utf8proc_ssize_t at) {
        return name_in(marks, static_cast<char32_t>(parts.at(static_cast<std::size_t>(at))));
    };
    for (utf8proc_ssize_t i = 1; i < count; ++i)
        if (mark(i).empty()) return false;
    if (!is_ascii_letter(first)) return false;
    put_ascii_letter(out, first);
    for (utf8proc_ssize_t i = 1; i < count; ++i) out.put(i == 1 ? " with " : " and ").put(mark(i));
    return true;
}

void put_character(SecretText& out, char32_t c, std::string_view itself)
{
    if (is_ascii_letter(c)) return put_ascii_letter(out, c);
    if (c >= U'0' && c <= U'9')
    {
        out.put(digit_words.at(c - U'0'));
        return;
    }
    const std::string_view name = name_in(names, c), mark = name_in(marks, c);
    if (!name.empty())
    {
        out.put(name);
        return;
    }
    if (!mark.empty())
    {
        out.put("then ").put(mark);
        return;
    }
    if (put_accented(out, c)) return;
    const utf8proc_category_t category = category_of(c);
    if (!can_be_seen(c) || (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME))
    {
        out.put("the character ");
        put_number(out, c);
        return;
    }
    out.put(
        category == UTF8PROC_CATEGORY_LU       ? "capital letter "
            : category == UTF8PROC_CATEGORY_LL ? "small letter "
                                               : "the character ");
    out.put(itself);
}

// Where the run that begins at `at` ends. Other characters stand alone.
std::size_t run_end(std::string_view text, std::size_t at)
{
    const CodePoint first = code_point_at(text, at);
    const Kind kind = kind_of(first.value);
    std::size_t end = at + first.bytes;
    if (kind == Kind::other) return end;
    while (end < text.size())
    {
        const CodePoint next = code_point_at(text, end);
        if (kind_of(next.value) != kind) break;
        end += next.bytes;
    }
    return end;
}

void put_run(SecretText& out, std::string_view run)
{
    const bool is_alone = code_point_at(run, 0).bytes == run.size();
    if (!is_alone) out.put(run).put(": ");
    for (std::size_t at = 0; at < run.size();)
    {
        const CodePoint c = code_point_at(run, at);
        if (at > 0) out.put(", ");
        put_character(out, c.value, run.substr(at, c.bytes));
        at += c.bytes;
    }
}

}  // namespace

Secret spell_out(const Secret& password)
{
    const std::string_view text = password.expose();
    SecretText out{bytes_per_byte * text.size()};
    for (std::size_t at = 0; at < text.size();)
    {
        const std::size_t end = run_end(text, at);
        if (at > 0) out.put('\n');
        put_run(out, text.substr(at, end - at));
        at = end;
    }
    return out.secret();
}

}  // namespace countersign::passwords
