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
    CHECK(http::parse_form(body).error() == make_error_code(Errc::malformed));
}

TEST_CASE("as many fields as the limit are read, one more is too large", "[http]")
{
    std::string body;
    for (std::size_t i = 0; i < http::form_fields_max; ++i) body += "a=1&";
    CHECK(http::parse_form(body)->size() == http::form_fields_max);
    CHECK(http::parse_form(body + "a=1").error() == make_error_code(Errc::too_large));
}
