#include "handlers/core/json_reader.hpp"
#include "handlers/core/wiped_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace countersign;
namespace json = boost::json;

namespace {

const json::value document = json::parse(
    R"({"n":null,"i":7,"s":"text","f":86400.0,"huge":1e300,"big":18446744073709551615,"yes":true,"list":["a","b"],
        "mixed":["a",1],"o":{"deep":{"s":"below"},"t":"other"},"objects":[{"s":"one"},{"s":"two"}],"spoiled":[{},1]})");

// What `read` makes of the document, and whether the document was sound for it.
template <class Read>
auto reading(Read read)
{
    const JsonReader reader{document};
    auto value = read(reader);
    return std::pair{std::move(value), reader.is_sound()};
}

}  // namespace

TEST_CASE("JSON beyond the limits is no JSON", "[core]")
{
    CHECK(parse_wiped("[]").has_value());
    CHECK(parse_wiped(std::string(json_depth_max, '[') + std::string(json_depth_max, ']')).has_value());
    const std::string deeper = std::string(json_depth_max + 1, '[') + std::string(json_depth_max + 1, ']');
    CHECK(parse_wiped(deeper).error() == Errc::malformed);
    CHECK(parse_wiped(std::string(500'000, '[')).error() == Errc::malformed);
    const std::string most = '"' + std::string(json_bytes_max - 2, 'x') + '"';
    CHECK(parse_wiped(most).has_value());
    CHECK(parse_wiped(most + ' ').error() == Errc::too_large);
    CHECK(parse_wiped("[1]", 2).error() == Errc::too_large);
}

TEST_CASE("what is no complete JSON in UTF-8 is refused", "[core]")
{
    const char* text = GENERATE(
        "", " ", "{", "{}x", "{} {}", "<html></html>", "{\"a\":}", "'a'", "{\"a\":\"\xFF\"}", "\"\xC3\"", "NaN",
        "\x1f\x8b");
    CHECK(parse_wiped(text).error() == Errc::malformed);
}

TEST_CASE("what may be absent is nothing when it is absent or null", "[core]")
{
    const char* key = GENERATE("n", "none", "/o/none", "/i/none");
    CAPTURE(key);
    const JsonReader reader{document};
    CHECK_FALSE(reader.has(key));
    CHECK_FALSE(reader.string(key).has_value());
    CHECK_FALSE(reader.integer(key).has_value());
    CHECK_FALSE(reader.count(key, 10).has_value());
    CHECK_FALSE(reader.boolean(key).has_value());
    CHECK_FALSE(reader.optional_time(key).has_value());
    CHECK_FALSE(reader.optional_object(key).has_value());
    CHECK_FALSE(reader.within(key).is_there());
    CHECK(reader.objects(key).empty());
    CHECK(reader.members(key).empty());
    CHECK(reader.text_view(key).empty());
    CHECK(reader.text_or(key, "else") == "else");
    CHECK(reader.number_or(key, 5) == 5);
    CHECK(reader.flag_or(key, true));
    CHECK(reader.is_sound());
}

TEST_CASE("what is demanded and absent makes the document unsound", "[core]")
{
    const char* key = GENERATE("n", "none", "/o/none");
    CAPTURE(key);
    CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.text(key); }).second);
    CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.number(key); }).second);
    CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.flag(key); }).second);
    CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.time(key); }).second);
    CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.texts(key); }).second);
    CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.object(key).is_there(); }).second);
}

TEST_CASE("another type makes the document unsound, also where the value may be absent", "[core]")
{
    for (const char* key : {"i", "yes", "o", "list"})
    {
        CAPTURE(key);
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.string(key); }).second);
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.text_or(key, "else"); }).second);
    }
    for (const char* key : {"s", "yes", "o", "huge", "big"})
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.integer(key); }).second);
    for (const char* key : {"i", "s", "o"})
    {
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.flag_or(key, false); }).second);
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.texts(key).size(); }).second);
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.objects(key).size(); }).second);
    }
    for (const char* key : {"i", "s", "list"})
    {
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.within(key).is_there(); }).second);
        CHECK_FALSE(reading([key](const JsonReader& reader) { return reader.members(key).size(); }).second);
    }
    CHECK_FALSE(reading([](const JsonReader& reader) { return reader.texts("mixed").size(); }).second);
    CHECK_FALSE(reading([](const JsonReader& reader) { return reader.objects("spoiled").size(); }).second);
    CHECK_FALSE(reading([](const JsonReader& reader) { return reader.members("o").size(); }).second);
}

TEST_CASE("values are read as they stand, by key and by pointer", "[core]")
{
    const JsonReader reader{document};
    CHECK(reader.text("s") == "text");
    CHECK(reader.number("i") == 7);
    CHECK(reader.number("f") == 86'400);
    CHECK(reader.flag("yes"));
    CHECK(reader.time("i") == from_unix_ms(7));
    CHECK(reader.texts("list") == std::vector<std::string>{"a", "b"});
    CHECK(reader.text("/o/deep/s") == "below");
    CHECK(reader.text("/list/1") == "b");
    CHECK(reader.object("o").object("deep").text("s") == "below");
    CHECK(reader.objects("objects").at(1).text("s") == "two");
    CHECK(JsonReader{document.at("s")}.text("") == "text");
    CHECK(reader.object("o").object("deep").members("").at(0) == std::pair<std::string, std::string>{"s", "below"});
    CHECK(reader.is_sound());
}

TEST_CASE("a count is a number from zero to the most", "[core]")
{
    const auto count = [](int most) {
        return reading([most](const JsonReader& reader) { return reader.count("i", most); });
    };
    CHECK(count(7) == std::pair{std::optional{7}, true});
    CHECK_FALSE(count(6).second);
    const json::value below = json::parse(R"({"i":-1})");
    const JsonReader reader{below};
    CHECK_FALSE(reader.count("i", 7).has_value());
    CHECK_FALSE(reader.is_sound());
}

TEST_CASE("a name that is not known makes the document unsound, an absent one does not", "[core]")
{
    constexpr std::array<std::pair<int, std::string_view>, 2> names = {{{1, "text"}, {2, "else"}}};
    const auto named = [&names](const char* key) {
        return reading([&names, key](const JsonReader& reader) { return reader.named(key, names, 0); });
    };
    CHECK(named("s") == std::pair{1, true});
    CHECK(named("none") == std::pair{0, true});
    CHECK(named("n") == std::pair{0, true});
    CHECK_FALSE(named("/o/t").second);
    CHECK_FALSE(named("i").second);
}

TEST_CASE("a fault in a part, or in a copy, is a fault of the whole", "[core]")
{
    const auto spoil = GENERATE(0, 1, 2, 3);
    const JsonReader reader{document};
    const JsonReader copy{reader};
    if (spoil == 0) static_cast<void>(reader.within("o").number("t"));
    if (spoil == 1) static_cast<void>(reader.objects("objects").at(1).number("s"));
    if (spoil == 2) static_cast<void>(reader.optional_object("o")->object("none"));
    if (spoil == 3) copy.refuse();
    CHECK_FALSE(reader.is_sound());
    CHECK_FALSE(copy.is_sound());
    CHECK(JsonReader{document}.is_sound());
}

TEST_CASE("of what is no object nothing can be read", "[core]")
{
    const json::value list = json::parse("[1]");
    const JsonReader reader{list};
    CHECK_FALSE(reader.has("s"));
    CHECK(reader.text_view("s").empty());
    CHECK(reader.is_sound());
}
