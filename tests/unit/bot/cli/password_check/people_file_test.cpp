#include "bot/cli/password_check/people_file.hpp"

#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace countersign;

namespace {

struct Reading
{
    std::optional<PeopleFile> people;
    std::string err;  // with "FILE" for the file's name
};

Reading read(std::string_view text)
{
    const test::TempDir folder;
    const std::string name = folder.file("people.csv");
    std::ofstream{name, std::ios::binary}.write(text.data(), static_cast<std::streamsize>(text.size()));
    std::ostringstream err;
    Reading reading{read_people(name, err), err.str()};
    for (std::size_t at = 0; (at = reading.err.find(name)) != std::string::npos;)
        reading.err.replace(at, name.size(), "FILE");
    return reading;
}

}  // namespace

TEST_CASE("people are read by the names of the columns, in any order and case, among others", "[cli]")
{
    const Reading reading = read("\xEF\xBB\xBFid, LAST ,First\r\n1,Doe,John\r\n2,,\r\n");
    REQUIRE(reading.people);
    CHECK(reading.people->has_names);
    CHECK_FALSE(reading.people->has_passwords);
    REQUIRE(reading.people->rows.size() == 2);
    CHECK(reading.people->rows[0].first.matches("John"));
    CHECK(reading.people->rows[0].last.matches("Doe"));
    CHECK(reading.people->rows[0].password.empty());
    CHECK(reading.people->rows[1].line == 3);
    CHECK(reading.people->rows[1].first.empty());
    CHECK(reading.err.empty());
}

TEST_CASE("a file of passwords needs no names, and may have them", "[cli]")
{
    const Reading only = read("password\n\"a,b\"\n\"\"\n");
    REQUIRE(only.people);
    CHECK_FALSE(only.people->has_names);
    REQUIRE(only.people->rows.size() == 2);
    CHECK(only.people->rows[0].password.matches("a,b"));
    CHECK(only.people->rows[1].password.empty());
    const Reading both = read("first,last,password\nA,B,c\n");
    REQUIRE(both.people);
    CHECK(both.people->has_names);
    CHECK(both.people->has_passwords);
}

TEST_CASE("a header without rows is nobody", "[cli]")
{
    const Reading reading = read("first,last\n");
    REQUIRE(reading.people);
    CHECK(reading.people->rows.empty());
}

TEST_CASE("a header that does not name the columns is a fault", "[cli]")
{
    for (const char* text : {"first\nJohn\n", "last\nDoe\n", "name\nJohn Doe\n", "John,Doe\n", "first,password\na,b\n"})
    {
        const Reading reading = read(text);
        CHECK_FALSE(reading.people);
        CHECK(reading.err == "FILE:1: the first line names the columns: first and last, or password\n");
    }
    CHECK(read("first,last,First\na,b,c\n").err == "FILE:1: a column is named twice\n");
    CHECK(
        read("\n").err == "FILE:1: the file is empty: its first line names the columns, first and last, or password\n");
}

TEST_CASE("a file whose fields are not separated by commas is told so", "[cli]")
{
    for (const char* text : {"first;last\nAda;Lovelace\n", "first\tlast\nAda\tLovelace\n", "password;note\n"})
        CHECK(
            read(text).err ==
            "FILE:1: fields are separated by commas, and here are semicolons or tabs: save the file with commas\n");
    CHECK(read("first,last\nA;B,C\n").people);
}

TEST_CASE("every line with another number of fields is told", "[cli]")
{
    const Reading reading = read("first,last\nJohn\nA,B\nA,B,C\n");
    CHECK_FALSE(reading.people);
    CHECK(
        reading.err ==
        "FILE:2: has 1 fields where the first line has 2\n"
        "FILE:4: has 3 fields where the first line has 2\n");
}

TEST_CASE("a fault of the format is told with its line", "[cli]")
{
    CHECK(read("first,last\nA,B\nA,\"B\n").err == "FILE:3: a field in quotes has no end\n");
    CHECK(read("first,last\nA,\xFF\n").err == "FILE:2: is not UTF-8: save the file as UTF-8\n");
    CHECK(read("first,\"last\n").err == "FILE:1: a field in quotes has no end\n");
}

TEST_CASE("of many faults the first twenty are told", "[cli]")
{
    std::string text = "first,last\n";
    for (int i = 0; i < 50; ++i) text += "x\n";
    const std::string err = read(text).err;
    CHECK(std::count(err.begin(), err.end(), '\n') == 21);
    CHECK_THAT(err, Catch::EndsWith("FILE: more faults follow\n"));
}

TEST_CASE("100000 people are read, one more is a fault", "[cli]")
{
    std::string text = "password\n";
    for (std::size_t i = 0; i < people_max; ++i) text += "a\n";
    CHECK(read(text).people.value().rows.size() == people_max);
    CHECK(read(text + "b\n").err == "FILE:100002: more than 100000 people\n");
}

TEST_CASE("10 MiB are read, one byte more is not", "[cli]")
{
    const std::string head = "password\n";
    CHECK(read(head + std::string(people_bytes_max - head.size(), 'a')).people);
    CHECK(
        read(head + std::string(people_bytes_max - head.size() + 1, 'a')).err ==
        "FILE: is larger than 10485760 bytes\n");
}

TEST_CASE("a file that is not there, or is a folder, is told", "[cli]")
{
    const test::TempDir folder;
    std::ostringstream err;
    CHECK_FALSE(read_people(folder.file("none.csv"), err));
    CHECK_THAT(err.str(), Catch::EndsWith("none.csv: cannot be read: No such file or directory\n"));
    std::ostringstream of_folder;
    CHECK_FALSE(read_people(folder.file("."), of_folder));
    CHECK_THAT(of_folder.str(), Catch::Contains("cannot be read"));
}
