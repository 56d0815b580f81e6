#include "bot/runtime/line_fold.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

const LineFold::Time noon{1'000h};

LogLine line(const std::string& word, int second = 0, log::Level level = log::Level::warn)
{
    return LogLine{level, std::to_string(second) + ",", R"("event":")" + word + "\"}"};
}

// As they would be written.
std::vector<std::string> texts(const std::vector<LogLine>& lines)
{
    std::vector<std::string> out;
    for (const LogLine& each : lines) out.push_back(each.stamp + each.body);
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "of lines that say the same the first is written at once, and the others are counted within their time", "[log]")
{
    LineFold fold{10s, 8};
    const auto level = GENERATE(log::Level::warn, log::Level::error);
    CHECK(texts(fold.take(line("a", 0, level), noon)) == Texts{R"(0,"event":"a"})"});
    for (int second = 1; second <= 9; ++second)
        CHECK(fold.take(line("a", second, level), noon + std::chrono::seconds{second}).empty());
    CHECK(fold.next() == noon + 10s);
    CHECK(fold.lapse(noon + 9'999ms).empty());
    const auto told = fold.lapse(noon + 10s);
    CHECK(texts(told) == Texts{R"(9,"event":"a","repeated":"9"})"});
    CHECK(told.front().level == level);
}

TEST_CASE("a line that differs in anything is written, whatever is folded", "[log]")
{
    LineFold fold{10s, 8};
    REQUIRE(fold.take(line("a"), noon).size() == 1);
    CHECK(texts(fold.take(line("b"), noon)) == Texts{R"(0,"event":"b"})"});
    CHECK(fold.take(line("a"), noon).empty());
    CHECK(texts(fold.take(line("A"), noon)) == Texts{R"(0,"event":"A"})"});
}

TEST_CASE("what goes on being repeated is told once in that time, and as new after a time without", "[log]")
{
    LineFold fold{10s, 8};
    REQUIRE(fold.take(line("a"), noon).size() == 1);
    CHECK(fold.take(line("a", 1), noon + 1s).empty());
    CHECK(texts(fold.take(line("a", 11), noon + 11s)) == Texts{R"(1,"event":"a","repeated":"1"})"});
    CHECK(fold.take(line("a", 12), noon + 12s).empty());
    CHECK(texts(fold.lapse(noon + 21s)) == Texts{R"(12,"event":"a","repeated":"2"})"});
    CHECK(fold.lapse(noon + 31s).empty());
    CHECK_FALSE(fold.next());
    CHECK(texts(fold.take(line("a", 32), noon + 32s)) == Texts{R"(32,"event":"a"})"});
}

TEST_CASE("what makes room for others is counted first, and at the end nothing is left uncounted", "[log]")
{
    LineFold fold{10s, 2};
    REQUIRE(fold.take(line("a"), noon).size() == 1);
    REQUIRE(fold.take(line("a", 1), noon).empty());
    REQUIRE(fold.take(line("b"), noon).size() == 1);
    CHECK(texts(fold.take(line("c"), noon)) == Texts{R"(1,"event":"a","repeated":"1"})", R"(0,"event":"c"})"});
    CHECK(fold.take(line("c", 2), noon).empty());
    CHECK(texts(fold.flush()) == Texts{R"(2,"event":"c","repeated":"1"})"});
    CHECK(fold.flush().empty());
}
