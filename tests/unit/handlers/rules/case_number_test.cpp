#include "handlers/rules/case_number.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::rules;

namespace {

struct Row
{
    std::string pattern;
    std::string text;
    bool takes;
};

}  // namespace

TEST_CASE("a ticket number has the whole form of its pattern, and no other", "[requests][ticket]")
{
    const auto row = GENERATE(values<Row>(
        {{"HD-##*", "HD-1", true},
         {"HD-##*", "HD-4711", true},
         {"HD-##*", "HD-", false},
         {"HD-##*", "hd-1", false},
         {"HD-##*", "HD-1 ", false},
         {"HD-##*", " HD-1", false},
         {"HD-##*", "HD-1a", false},
         {"HD-##*", "", false},
         {"#", "7", true},
         {"#", "0", true},
         {"#", "9", true},
         {"#", "77", false},
         {"#", "\xD9\xA3", false},
         {"@@*-#", "Ab-3", true},
         {"@@*-#", "-3", false},
         {"@", "\xC3\xA9", false},
         {"a*", "", true},
         {"a*", "aaaa", true},
         {"a*", "aab", false},
         {"a*a", "a", true},
         {"a*a", "aaa", true},
         {"a*a", "", false},
         {"#*@*", "12ab", true},
         {"#*@*", "ab12", false},
         {".", "x", false},
         {"\xC3\xA9", "\xC3\xA9", true},
         {"[0-9]+", "[0-9]+", true},
         {"[0-9]+", "12", false},
         {"#*#*#*", "1", true},
         {"CS-####", "CS-1815", true},
         {"CS-####", "CS-181", false},
         {"CS-####", "CS-18150", false},
         {"A##*", "A1*", false},
         {"", "anything", true},
         {"", "", false},
         {"HD-##*", "HD-1\nHD-2", false}}));
    INFO(row.pattern << " on " << row.text);
    CHECK(is_case_number(row.pattern, row.text) == row.takes);
}

TEST_CASE("a pattern that means nothing is refused", "[requests][ticket]")
{
    CHECK(is_case_number_pattern("HD-##*"));
    CHECK(is_case_number_pattern(std::string(case_number_pattern_bytes_max, '#')));
    CHECK_FALSE(is_case_number_pattern(std::string(case_number_pattern_bytes_max + 1, '#')));
    CHECK_FALSE(is_case_number_pattern(""));
    CHECK_FALSE(is_case_number_pattern("*HD"));
    CHECK_FALSE(is_case_number_pattern("HD-#**"));
}

TEST_CASE("no pattern takes long, however it repeats itself", "[requests][ticket]")
{
    std::string repeating, optional_then_needed;
    for (int i = 0; i < 64; ++i) repeating += "a*";
    for (int i = 0; i < 32; ++i) optional_then_needed += "a*";
    optional_then_needed += std::string(64, 'a');
    REQUIRE(is_case_number_pattern(repeating));
    REQUIRE(is_case_number_pattern(optional_then_needed));
    const std::string text(64, 'a');
    // A matcher that goes back would take longer than the world lasts; this is thousands of steps.
    CHECK(is_case_number(repeating, text));
    CHECK_FALSE(is_case_number(repeating, text + "b"));
    CHECK(is_case_number(optional_then_needed, text));
    CHECK_FALSE(is_case_number(optional_then_needed, text.substr(1)));
}
