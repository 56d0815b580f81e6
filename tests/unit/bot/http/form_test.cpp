#include "bot/http/form.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using Fields = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("a form is read into pairs, in order, repeats kept", "[http]")
{
    CHECK(*http::parse_form("b=2&a=1&b=3") == Fields{{"b", "2"}, {"a", "1"}, {"b", "3"}});
}

TEST_CASE("plus is a space and percent escapes are bytes of UTF-8, in names and values", "[http]")
{
    CHECK(
        *http::parse_form("text=a%2Bb+c%26d&n%61me=J%C3%BCrgen") ==
        Fields{{"text", "a+b c&d"}, {"name", "J\u00fcrgen"}});
    CHECK(*http::parse_form("p=%f0%9f%94%91") == Fields{{"p", "\U0001f511"}});
}

TEST_CASE("only the first equals sign divides, and none means an empty value", "[http]")
{
    CHECK(*http::parse_form("a=b=c&d&=e&") == Fields{{"a", "b=c"}, {"d", ""}, {"", "e"}});
    CHECK(http::parse_form("")->empty());
    CHECK(http::parse_form("&&")->empty());
}

TEST_CASE("a bad escape, NUL, or text that is not UTF-8 is malformed", "[http]")
{
    const std::string body = GENERATE(
        as<std::string>{}, "a=%", "a=%4", "a=%zz", "a=%4g", "a%=b", "a=%00", "a=\xff", "a=%ff", "a=%c3", "a=%c0%80",
        "a=%ed%a0%80", "a=%e0%80%80", "a=%f0%80%80%80", "a=%f4%90%80%80", "a=%f5%80%80%80", "a=%80", "a=%c3%28",
        std::string("a=b\0c", 5), "ok=1&%c3=2");
    CAPTURE(body);
    CHECK(http::parse_form(body).error() == Errc::malformed);
}

TEST_CASE("as many fields as the limit are read, one more is too large", "[http]")
{
    std::string body;
    for (std::size_t i = 0; i < http::form_fields_max; ++i) body += "a=1&";
    CHECK(http::parse_form(body)->size() == http::form_fields_max);
    CHECK(http::parse_form(body + "a=1").error() == Errc::too_large);
}

TEST_CASE("the first and the last code point of every length are text", "[http]")
{
    const std::string text = GENERATE(
        "\x01", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf");
    CHECK(http::parse_form("a=" + text + "b").value() == Fields{{"a", text + "b"}});
}

TEST_CASE("their neighbours are not, nor is one whose last bytes are wrong or missing", "[http]")
{
    const std::string text = GENERATE(
        "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xbf", "\xe2\x82",
        "\xe2\x82(", "\xe2(\xac", "\xf0\x9f\x94", "\xf0\x9f\x94(", "\xf0\x9f(\x91", "\xf0(\x94\x91", "\xc3\xc3",
        "\xf8\x88\x80\x80");
    CAPTURE(text);
    CHECK(http::parse_form("a=" + text).error() == Errc::malformed);
}

TEST_CASE("an escape is two hexadecimal digits of either case", "[http]")
{
    CHECK(http::parse_form("a=%4A%4a%5F%5f%79%30%09").value() == Fields{{"a", "JJ__y0\t"}});
    const std::string escape =
        GENERATE("%/0", "%:0", "%@0", "%G0", "%`0", "%g0", "%0/", "%0:", "%0@", "%0G", "%0`", "%0g");
    CAPTURE(escape);
    CHECK(http::parse_form("a=" + escape).error() == Errc::malformed);
}
