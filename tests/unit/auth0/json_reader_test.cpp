#include "auth0/json_reader.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::auth0;

TEST_CASE("JSON beyond the limits is no JSON", "[auth0]")
{
    CHECK(parse_json("[]"));
    CHECK(parse_json(std::string(json_depth_max, '[') + std::string(json_depth_max, ']')));
    CHECK_FALSE(parse_json(std::string(json_depth_max + 1, '[') + std::string(json_depth_max + 1, ']')));
    CHECK_FALSE(parse_json(std::string(500'000, '[')));
    CHECK(parse_json('"' + std::string(json_bytes_max - 2, 'x') + '"'));
    CHECK_FALSE(parse_json('"' + std::string(json_bytes_max - 1, 'x') + '"'));
}

TEST_CASE("what is no complete JSON in UTF-8 is refused", "[auth0]")
{
    const char* text = GENERATE(
        "", " ", "{", "{}x", "{} {}", "<html></html>", "{\"a\":}", "'a'", "{\"a\":\"\xFF\"}", "\"\xC3\"", "NaN",
        "\x1f\x8b");
    CHECK_FALSE(parse_json(text));
}

TEST_CASE("absent, null and wrongly typed members are as good as none", "[auth0]")
{
    const auto value =
        parse_json(R"({"n":null,"i":7,"s":"text","f":86400.0,"huge":1e300,"o":{},"big":18446744073709551615})");
    REQUIRE(value);
    CHECK(text_at(*value, "s") == "text");
    for (const char* key : {"n", "i", "o", "none"}) CHECK(text_at(*value, key).empty());
    CHECK(integer_at(*value, "i") == 7);
    CHECK(integer_at(*value, "f") == 86400);
    for (const char* key : {"n", "s", "o", "huge", "big", "none"}) CHECK_FALSE(integer_at(*value, key));

    const auto list = parse_json("[1]");
    REQUIRE(list);
    CHECK(member(*list, "s") == nullptr);
    CHECK(text_at(*list, "s").empty());
}

TEST_CASE("a long text is cut before a character and never within one", "[auth0]")
{
    CHECK(cut(std::string(text_bytes_max, 'x')).size() == text_bytes_max);
    CHECK(cut(std::string(text_bytes_max + 1, 'x')).size() == text_bytes_max);
    const std::string padding(text_bytes_max - 2, 'x');
    CHECK(cut(padding + "\U0001F600") == padding);
    CHECK(cut(padding + "\u00e9") == padding + "\u00e9");
    CHECK(cut(padding + "x\u00e9") == padding + "x");
}

TEST_CASE("a code becomes a word that no log line can be forged with", "[auth0]")
{
    CHECK(word("invalid_body") == "invalid_body");
    CHECK(word("Bearer") == "bearer");
    CHECK(word("a b\n\"c\"\xC3\xA9") == "a_b__c___");
    CHECK(word(std::string(1000, 'a')).size() == 64);
}
