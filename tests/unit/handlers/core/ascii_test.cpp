#include "handlers/core/ascii.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;

TEST_CASE("letters, digits and what is seen are told by ASCII alone", "[core]")
{
    std::string digits, letters, unreserved, visible;
    for (int byte = 0; byte < 256; ++byte)
    {
        const char c = static_cast<char>(byte);
        if (ascii::is_digit(c)) digits += c;
        if (ascii::is_letter(c)) letters += c;
        if (ascii::is_unreserved(c)) unreserved += c;
        if (ascii::is_visible(c)) visible += c;
        CHECK(ascii::is_alnum(c) == (ascii::is_letter(c) || ascii::is_digit(c)));
    }
    CHECK(digits == "0123456789");
    CHECK(letters == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    CHECK(unreserved.size() == letters.size() + digits.size() + 4);
    for (const char c : {'-', '.', '_', '~'}) CHECK(unreserved.find(c) != std::string::npos);
    CHECK(visible.size() == 94);
    CHECK(visible.front() == '!');
    CHECK(visible.back() == '~');
}

TEST_CASE("digits are at least one", "[core]")
{
    CHECK(ascii::are_digits("0"));
    CHECK(ascii::are_digits("0123456789"));
    for (const char* text : {"", "a", "1a", " 1", "-1", "/", ":"}) CHECK_FALSE(ascii::are_digits(text));
}

TEST_CASE("only the capitals of ASCII become small", "[core]")
{
    CHECK(ascii::lower("AZaz09@[`{") == "azaz09@[`{");
    CHECK(ascii::lower("\u00c4\xFF") == "\u00c4\xFF");
    CHECK(ascii::is_lower_of("Content-Type", "content-type"));
    CHECK_FALSE(ascii::is_lower_of("content-type", "Content-Type"));
    CHECK_FALSE(ascii::is_lower_of("content", "content-type"));
    CHECK_FALSE(ascii::is_lower_of("content-type", "content"));
}

TEST_CASE("a code becomes a word that no log line can be forged with", "[core]")
{
    CHECK(ascii::word_of("invalid_body") == "invalid_body");
    CHECK(ascii::word_of("Bearer") == "bearer");
    CHECK(ascii::word_of("a b\n\"c\"\xC3\xA9") == "a_b__c___");
    CHECK(ascii::word_of(std::string(1000, 'a')).size() == 64);
}
