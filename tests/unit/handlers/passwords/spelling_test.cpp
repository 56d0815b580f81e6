#include "handlers/passwords/spelling.hpp"

#include "handlers/core/text.hpp"
#include "handlers/passwords/passphrase.hpp"
#include "tests/support/password_vectors.hpp"
#include "tests/support/seeded_random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace countersign;
using namespace countersign::passwords;

namespace {

std::string spelled(std::string_view password) { return std::string{spell_out(Secret{password}).expose()}; }

std::string utf8_of(char32_t c)
{
    std::string out;
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80)
        out += static_cast<char>(c);
    else if (c < 0x800)
        out += static_cast<char>(0xC0 | (c >> 6)), tail(0);
    else if (c < 0x10000)
        out += static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0);
    else
        out += static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0);
    return out;
}

bool is_surrogate(char32_t c) { return c >= 0xD800 && c < 0xE000; }

}  // namespace

TEST_CASE("a passphrase is spelled a line for each word, hyphen and number", "[passwords]")
{
    CHECK(
        spelled("Amber-Jog-47") ==
        "Amber: capital A as in Alfa, m as in Mike, b as in Bravo, e as in Echo, r as in Romeo\n"
        "hyphen\n"
        "Jog: capital J as in Juliett, o as in Oscar, g as in Golf\n"
        "hyphen\n"
        "47: four, seven");
}

TEST_CASE("a standard password is spelled with its marks by name", "[passwords]")
{
    CHECK(
        spelled("$Al!Wu$!") ==
        "dollar sign\n"
        "Al: capital A as in Alfa, l as in Lima\n"
        "exclamation mark\n"
        "Wu: capital W as in Whiskey, u as in Uniform\n"
        "dollar sign\n"
        "exclamation mark");
    CHECK(spelled("O'B 7") == "capital O as in Oscar\napostrophe\ncapital B as in Bravo\nspace\nseven");
}

TEST_CASE("letters with accents are named, composed or not", "[passwords]")
{
    CHECK(spelled("\u00C9") == "capital E as in Echo with acute accent");
    CHECK(spelled("\u1EBF") == "e as in Echo with circumflex and acute accent");
    CHECK(spelled("E\u0301") == "E\u0301: capital E as in Echo, then acute accent");
    CHECK(
        spelled("\u0141\u00F3\u00DF") ==
        "\u0141\u00F3\u00DF: capital l with stroke, o as in Oscar with acute accent, sharp s");
}

TEST_CASE("other scripts stand for themselves, with their case where there is one", "[passwords]")
{
    CHECK(spelled("\u0418\u0432") == "\u0418\u0432: capital letter \u0418, small letter \u0432");
    CHECK(spelled("\u5C71\u7530") == "\u5C71\u7530: the character \u5C71, the character \u7530");
    CHECK(spelled("\u5C71") == "the character \u5C71");
    CHECK(spelled("\U0001F600\u0661") == "the character \U0001F600\nthe character \u0661");
}

TEST_CASE("what cannot be seen is told by its number", "[passwords]")
{
    CHECK(spelled("\u200B\u202E") == "the character U+200B\nthe character U+202E");
    CHECK(spelled("\x07\xFF") == "the character U+0007\nthe character U+FFFD");
    CHECK(spelled(std::string_view{"\0", 1}) == "the character U+0000");
    CHECK(spelled("\U000E0041\U0010FFFD") == "the character U+E0041\nthe character U+10FFFD");
    CHECK(spelled("a\u0489") == "a\u0489: a as in Alfa, the character U+0489");
    CHECK(spelled("\t\u00A0") == "tab\nno-break space");
}

TEST_CASE("nothing is spelled as nothing", "[passwords]") { CHECK(spelled("").empty()); }

TEST_CASE("every ASCII character has a spelling of its own, without anything that Slack reads as markup", "[passwords]")
{
    std::set<std::string> all;
    for (char32_t c = 0; c < 0x80; ++c)
    {
        const std::string words = spelled(utf8_of(c));
        CAPTURE(words);
        REQUIRE(words.find_first_of("<>&*_~`@#|") == std::string::npos);
        if (c > 0x20 && c < 0x7F) REQUIRE(words.find("U+") == std::string::npos);
        all.insert(words);
    }
    CHECK(all.size() == 0x80);
}

TEST_CASE("the spelling of 72 bytes fits, whatever they are", "[passwords]")
{
    std::size_t longest = 0;
    const auto check = [&](const std::string& password) {
        const std::string words = spelled(password);
        REQUIRE(is_valid_utf8(words));
        longest = std::max(longest, utf16_units(words));
    };
    for (char32_t c = 0; c < 0x110000; c += c < 0x600 ? 1 : c < 0x1E00 ? 17 : c < 0x2200 ? 1 : 4'099)
    {
        if (is_surrogate(c)) continue;
        const std::string one = utf8_of(c);
        std::string run, apart;
        while (run.size() + one.size() <= password_bytes_max) run += one;
        while (apart.size() + one.size() + 1 <= password_bytes_max) (apart += one) += '[';
        check(run);
        check(apart);
    }
    check(std::string(password_bytes_max, '\xFF'));
    CAPTURE(longest);
    CHECK(longest <= spelling_units_max);
    CHECK(longest > 1'500);
}

TEST_CASE("the spelling of every vector's password says every character", "[passwords]")
{
    int compared = 0;
    for (const auto& vector : test::password_vectors())
    {
        const std::string words = spelled(vector.password);
        REQUIRE(is_valid_utf8(words));
        if (vector.password.size() <= password_bytes_max) REQUIRE(utf16_units(words) <= spelling_units_max);
        const std::string_view text = vector.password;
        std::size_t characters = 0;
        for (std::size_t at = 0; at < text.size(); at += code_point_at(text, at).bytes) ++characters;
        std::size_t said = words.empty() ? 0 : 1;
        for (std::size_t at = 0; at < words.size(); ++at)
            if (words[at] == '\n' || words.substr(at, 2) == ", ") ++said;
        CAPTURE(words);
        REQUIRE(said == characters);
        ++compared;
    }
    CHECK(compared == 581);
}

TEST_CASE("a passphrase can be written down again from its spelling", "[passwords]")
{
    test::SeededRandom random{1};
    for (int i = 0; i < 20; ++i)
    {
        const auto password = passphrase(random, {}, {});
        std::string heard, line;
        std::istringstream lines{spelled(password->expose())};
        while (std::getline(lines, line)) heard += line == "hyphen" ? "-" : line.substr(0, line.find(':'));
        CHECK(password->matches(heard));
    }
}
