#include "handlers/core/text.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace countersign;

TEST_CASE("bytes that are no UTF-8 are found", "[core]")
{
    const std::string text = GENERATE(
        "\xFF", "a\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xF0\x9F\x98");
    CHECK_FALSE(is_valid_utf8(text));
}

TEST_CASE("UTF-8 of every length is valid", "[core]")
{
    CHECK(is_valid_utf8(""));
    CHECK(is_valid_utf8("a\u00E9\u20AC\U0001F600"));
}

TEST_CASE("a character beyond the basic plane counts two units", "[core]")
{
    CHECK(utf16_units("") == 0);
    CHECK(utf16_units("abc") == 3);
    CHECK(utf16_units("\u00E9\u20AC") == 2);
    CHECK(utf16_units("\U0001F600") == 2);
    CHECK(utf16_units("\xFF\xFE") == 2);
}

TEST_CASE("a text that fits is not cut", "[core]")
{
    CHECK(truncate_to_units("abc", 3) == "abc");
    CHECK(truncate_to_units("", 0).empty());
}

TEST_CASE("a cut text ends in an ellipsis and fits with it", "[core]")
{
    CHECK(truncate_to_units("abcdef", 4) == "abc\u2026");
    CHECK(truncate_to_units("abc", 1) == "\u2026");
    CHECK(truncate_to_units("abc", 0).empty());
}

TEST_CASE("a cut never falls within a character as people see it", "[core]")
{
    // A family of four, joined: eleven units, one character.
    const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    CHECK(truncate_to_units("ab" + family, 8) == "ab\u2026");
    CHECK(truncate_to_units("abe\u0301xyz", 5) == "abe\u0301\u2026");
    CHECK(truncate_to_units("abe\u0301xyz", 4) == "ab\u2026");
    CHECK(truncate_to_units("\U0001F600\U0001F600", 3) == "\U0001F600\u2026");
}

TEST_CASE("a character longer than the room is cut between code points", "[core]")
{
    std::string stacked = "a";
    for (int i = 0; i < 50; ++i) stacked += "\u0301";
    const std::string cut = truncate_to_units(stacked, 10);
    CHECK(utf16_units(cut) == 10);
    CHECK(is_valid_utf8(cut));
}

TEST_CASE("a cut to bytes falls between code points", "[core]")
{
    CHECK(cut_to_bytes("abc", 3) == "abc");
    CHECK(cut_to_bytes("a\u20AC", 3) == "a");
    CHECK(cut_to_bytes("a\u20AC", 4) == "a\u20AC");
    CHECK(cut_to_bytes("\U0001F600", 3).empty());
}

TEST_CASE("what is not seen is dropped", "[core]")
{
    CHECK(drop_invisible("a\u200B\u200C\u200D\u2060\uFEFFb") == "ab");
    CHECK(drop_invisible("\u202Eevil\u202C\u2066x\u2069\u200F") == "evilx");
    CHECK(drop_invisible(std::string_view{"a\0b\x07\x1B\x7F", 6}) == "ab");
    CHECK(drop_invisible("soft\u00ADhyphen \U000E0041tag") == "softhyphen tag");
    CHECK(drop_invisible("tab\tline\n") == "tab\tline\n");
    CHECK(drop_invisible("a\xFF") == "a\uFFFD");
}

TEST_CASE("what is seen stays", "[core]")
{
    const std::string text = "Jos\u00E9 O\u2019Neil \u0645\u062D\u0645\u062F \U0001F600 -";
    CHECK(drop_invisible(text) == text);
}

TEST_CASE("white space of every kind collapses to one space", "[core]")
{
    CHECK(collapse_spaces("\u00A0 a\u3000\t\r\n b\u202F") == "a b");
    CHECK(collapse_spaces(" \u2003 ").empty());
    CHECK(clean_line("\u200B one\ntwo \u200B three\u2028") == "one two three");
}

TEST_CASE("normalization joins a letter and its accent", "[core]")
{
    CHECK(to_nfc("Jose\u0301") == "Jos\u00E9");
    CHECK(to_nfc("\u212Bngstr\u00F6m") == "\u00C5ngstr\u00F6m");
    CHECK(to_nfc("").empty());
    CHECK(to_nfc(std::string{"a\0b", 3}) == std::string{"a\0b", 3});
    CHECK_THROWS_AS(to_nfc("\xFF"), std::invalid_argument);
}

TEST_CASE("white space at the ends is trimmed, within it stays", "[core]")
{
    CHECK(trim_spaces("\u00A0a b\u3000 ") == "a b");
    CHECK(trim_spaces(" \t").empty());
    CHECK(first_word("ada\u00A0lovelace") == "ada");
    CHECK(first_word("").empty());
}

TEST_CASE("entities are decoded once", "[core]")
{
    CHECK(decode_entities("a &lt;b&gt; &amp; c") == "a <b> & c");
    CHECK(decode_entities("&amp;lt;") == "&lt;");
    CHECK(decode_entities("&quot;&#60;&") == "&quot;&#60;&");
}

TEST_CASE("a part is found in whatever case it stands", "[core]")
{
    CHECK(contains_ignoring_case("$John!Doe$!", "JOHN"));
    CHECK(contains_ignoring_case("xx\u00C9lodie", "\u00E9LODIE"));
    CHECK(contains_ignoring_case("aaab", "aab"));
    CHECK(contains_ignoring_case("abc", ""));
    CHECK(contains_ignoring_case("", ""));
    CHECK(contains_ignoring_case("\u1E9Ex", "\u00DF"));  // three bytes against two
    CHECK_FALSE(contains_ignoring_case("", "a"));
    CHECK_FALSE(contains_ignoring_case("ab", "abc"));
    CHECK_FALSE(contains_ignoring_case("Jos\u00E9", "Jose"));
    CHECK_FALSE(contains_ignoring_case("Jose\u0301", "Jos\u00E9"));
    CHECK_FALSE(contains_ignoring_case("\u00C3\u00A9", "\u00A9\u00A9"));
}

TEST_CASE("texts are equal without case only when they are so as a whole", "[core]")
{
    CHECK(equal_ignoring_case("PassWord", "passwORD"));
    CHECK(equal_ignoring_case("", ""));
    CHECK(equal_ignoring_case("\u1E9E", "\u00DF"));
    CHECK_FALSE(equal_ignoring_case("password1", "password"));
    CHECK_FALSE(equal_ignoring_case("password", "password1"));
    CHECK_FALSE(equal_ignoring_case("", "a"));
    CHECK_FALSE(equal_ignoring_case("a", ""));
}

TEST_CASE("a code point knows its bytes, and what is none is one byte", "[core]")
{
    const std::string_view text = "a\u00E9\u20AC\U0001F600\xFF";
    CHECK(code_point_at(text, 0).value == U'a');
    CHECK(code_point_at(text, 1).bytes == 2);
    CHECK(code_point_at(text, 3).value == 0x20AC);
    CHECK(code_point_at(text, 6).bytes == 4);
    CHECK_FALSE(code_point_at(text, 10).valid);
    CHECK(code_point_at(text, 10).bytes == 1);
}

TEST_CASE("a name in one case is written with capitals where its words and their parts begin", "[core]")
{
    CHECK(capitalised("ada") == "Ada");
    CHECK(capitalised("O'BRIEN-SMITH") == "O'Brien-Smith");
    CHECK(capitalised("jean luc") == "Jean Luc");
    CHECK(capitalised("\u00e9lodie M\u00dcLLER") == "\u00c9lodie M\u00fcller");
    CHECK(capitalised("a\u0301gnes") == "A\u0301gnes");  // a mark belongs to its letter
    CHECK(capitalised("\u674e") == "\u674e");
    CHECK(
        capitalised("\xff"
                    "ada") ==
        "\xff"
        "Ada");
    CHECK(capitalised("").empty());
}
