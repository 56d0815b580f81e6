#include "bot/cli/password_check/csv.hpp"

#include <catch2/catch.hpp>

using namespace countersign;

namespace {

// Records as "line:a|b", faults as "line! text".
std::vector<std::string> read(std::string_view text)
{
    std::vector<std::string> lines;
    CsvReader reader{text};
    while (const auto record = reader.next())
    {
        std::string line = std::to_string(record->line) + ':';
        for (std::size_t i = 0; i < record->fields.size(); ++i)
            (line += i > 0 ? "|" : "") += record->fields[i].expose();
        lines.push_back(line);
    }
    if (reader.fault()) lines.push_back(std::to_string(reader.fault()->line) + "! " + reader.fault()->text);
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("records end in a line feed, with or without a carriage return, the last one in nothing too", "[cli]")
{
    CHECK(read("a,b\nc,d\n") == Lines{"1:a|b", "2:c|d"});
    CHECK(read("a,b\r\nc,d\r\n") == Lines{"1:a|b", "2:c|d"});
    CHECK(read("a,b\r\nc,d") == Lines{"1:a|b", "2:c|d"});
}

TEST_CASE("a text of nothing has no record, nor has an empty line", "[cli]")
{
    CHECK(read("").empty());
    CHECK(read("\n\r\n\n").empty());
    CHECK(read("\xEF\xBB\xBF").empty());
    CHECK(read("a\n\n\r\nb\n") == Lines{"1:a", "4:b"});
}

TEST_CASE("an empty field is a field", "[cli]")
{
    CHECK(read("\"\"\n,\na,\n,b") == Lines{"1:", "2:|", "3:a|", "4:|b"});
}

TEST_CASE("a byte order mark at the beginning is passed over, elsewhere it is text", "[cli]")
{
    CHECK(
        read("\xEF\xBB\xBF"
             "a,b\n") == Lines{"1:a|b"});
    CHECK(read("\xEF\xBB\xBF\"a\",b\n") == Lines{"1:a|b"});
    CHECK(
        read("a,\xEF\xBB\xBF"
             "b\n") ==
        Lines{"1:a|\xEF\xBB\xBF"
              "b"});
}

TEST_CASE("a field in quotes holds commas, line ends and doubled quotes", "[cli]")
{
    CHECK(read("\"a,b\",\"c\"\"d\"\n") == Lines{"1:a,b|c\"d"});
    CHECK(read("\"a\r\nb\",c\nd,e\n") == Lines{"1:a\r\nb|c", "3:d|e"});
    CHECK(read("\"\"\"\"\n") == Lines{"1:\""});
    CHECK(read("\"\",\"\"\"\"\"\"") == Lines{"1:|\"\""});
    CHECK(read(std::string_view{"\"a\0b\"", 5}) == Lines{std::string{"1:a\0b", 5}});
}

TEST_CASE("spaces belong to the field", "[cli]") { CHECK(read(" a , b \n") == Lines{"1: a | b "}); }

TEST_CASE("what follows no rule is a fault with its line, and ends the reading", "[cli]")
{
    CHECK(
        read("a\nb\"c\nd\n") ==
        Lines{"1:a", "2! a quote within a field: a field with quotes is put into quotes, and its own are doubled"});
    CHECK(read("a\n\"b\"c\nd\n") == Lines{"1:a", "2! a field in quotes ends before the next comma"});
    CHECK(read("a\n\n\"b\nc\n") == Lines{"1:a", "3! a field in quotes has no end"});
    CHECK(read("a\rb\n") == Lines{"1! a carriage return without a line feed"});
    CHECK(read("a\n\rb") == Lines{"1:a", "2! a carriage return without a line feed"});
    CHECK(read("a\n\"b\"\r") == Lines{"1:a", "2! a field in quotes ends before the next comma"});
    CHECK(read("\"") == Lines{"1! a field in quotes has no end"});
    CHECK(read("\"\"\"") == Lines{"1! a field in quotes has no end"});
    CHECK(read("a\n\xFF\n") == Lines{"1:a", "2! is not UTF-8: save the file as UTF-8"});
    CHECK(read("a\n\"x\n\xFF\"\n") == Lines{"1:a", "2! is not UTF-8: save the file as UTF-8"});
}

TEST_CASE("behind a fault nothing is read, however often one asks", "[cli]")
{
    CsvReader reader{"a\nb\"c\nd\n"};
    REQUIRE(reader.next());
    CHECK_FALSE(reader.next());
    REQUIRE(reader.fault());
    const std::string told = reader.fault()->text;
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next());
    CHECK(reader.fault()->line == 2);
    CHECK(reader.fault()->text == told);
}
