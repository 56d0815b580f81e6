#include "bot/cli/password_check/password_check.hpp"

#include "bot/cli/command_line.hpp"
#include "bot/cli/exit_status.hpp"
#include "handlers/passwords/standard_format.hpp"
#include "tests/support/config_sample.hpp"
#include "tests/support/password_vectors.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace countersign;
using namespace countersign::passwords;

namespace {

struct Run
{
    int status;
    std::string out;
    std::string err;
};

// Through the whole command line, on a file with this text.
Run check(const std::string& csv, std::vector<std::string> arguments, const std::string& complexity = {})
{
    const test::TempDir folder;
    std::ofstream{folder.file("people.csv"), std::ios::binary} << csv;
    std::ofstream{folder.file("complexity.json"), std::ios::binary} << complexity;
    std::vector<std::string> all{"countersign", "password", "check", "--names", folder.file("people.csv")};
    if (!complexity.empty()) arguments.insert(arguments.end(), {"--complexity", folder.file("complexity.json")});
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<const char*> argv;
    for (const std::string& argument : all) argv.push_back(argument.c_str());
    std::ostringstream out, err;
    const test::FakeMachine machine;
    const int status =
        run_command_line(static_cast<int>(argv.size()), argv.data(), Commands{}, machine.surroundings(), out, err);
    return {status, out.str(), err.str()};
}

std::vector<boost::json::object> rows_of(const std::string& out)
{
    std::vector<boost::json::object> rows;
    std::istringstream lines{out};
    for (std::string line; std::getline(lines, line);) rows.push_back(boost::json::parse(line).as_object());
    return rows;
}

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) (out += c == '"' ? "\"" : "") += c;
    return out + '"';
}

std::vector<std::string> codes_in(const boost::json::object& row, const char* key)
{
    std::vector<std::string> codes;
    for (const auto& code : row.at(key).as_array()) codes.push_back(test::text_of(code));
    return codes;
}

using VectorGroup = std::vector<test::PasswordVector>;

// The vectors by their policy, in the file's order.
std::map<std::string, VectorGroup> grouped_vectors()
{
    std::map<std::string, VectorGroup> groups;
    for (auto& vector : test::password_vectors()) groups[vector.policy_name].push_back(std::move(vector));
    return groups;
}

Run check_group(const std::string& policy_name, const std::string& csv)
{
    if (strength_level_named(policy_name)) return check(csv, {"--json", "--level", policy_name});
    const auto& options = test::password_vector_file().at("rules").as_object().at(policy_name).at("options");
    return check(csv, {"--json"}, boost::json::serialize(options));
}

}  // namespace

TEST_CASE("of every vector's password the command says what the policy libraries say", "[cli]")
{
    int compared = 0;
    for (const auto& [policy_name, vectors] : grouped_vectors())
    {
        std::string csv = "password\n";
        bool all_ok = true;
        for (const auto& vector : vectors)
        {
            csv += quoted(vector.password) + "\r\n";
            all_ok = all_ok && vector.ok;
        }
        const Run ran = check_group(policy_name, csv);
        CHECK(ran.status == (all_ok ? exit_ok : exit_refused));
        const auto rows = rows_of(ran.out);
        REQUIRE(rows.size() == vectors.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
        {
            CAPTURE(policy_name, vectors[i].id);
            REQUIRE(rows[i].at("row").as_int64() == static_cast<std::int64_t>(i + 1));
            REQUIRE(rows[i].at("ok").as_bool() == vectors[i].ok);
            REQUIRE(codes_in(rows[i], "faults") == vectors[i].failed);
            REQUIRE(rows[i].at("utf16_units").as_int64() == vectors[i].units);
            REQUIRE(rows[i].at("utf8_bytes").as_int64() == vectors[i].bytes);
            ++compared;
        }
    }
    CHECK(compared == 581);
}

// A vector's password is the frame around its names as they are; the product's names are clean, whole and short. Where
// the two are the same the verdicts are; where they are not, the product's rule decides.
TEST_CASE("of every vector's names the command says what the product would do", "[cli]")
{
    int same = 0, cleaned = 0, missing = 0, long_ = 0;
    for (const auto& [policy_name, vectors] : grouped_vectors())
    {
        std::string csv = "first,last\n";
        VectorGroup standard;
        for (const auto& vector : vectors)
        {
            if (!vector.is_standard) continue;
            csv += quoted(vector.first) + ',' + quoted(vector.last) + '\n';
            standard.push_back(vector);
        }
        const auto rows = rows_of(check_group(policy_name, csv).out);
        REQUIRE(rows.size() == standard.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
        {
            const auto& vector = standard[i];
            CAPTURE(policy_name, vector.id);
            REQUIRE(test::text_of(rows[i].at("first")) == vector.first);
            const std::string first = clean_name(vector.first), last = clean_name(vector.last);
            const auto codes = codes_in(rows[i], "faults");
            REQUIRE(rows[i].at("ok").as_bool() == codes.empty());
            if (first.empty() || last.empty())
                REQUIRE((++missing, codes) == std::vector<std::string>{"name_missing"});
            else if (first.size() + last.size() + 4 > password_bytes_max)
                REQUIRE(
                    (++long_, codes) ==
                    std::vector<std::string>{vector.policy.refuses_overlong ? "maxLength" : "over_72_bytes"});
            else if (first != vector.first || last != vector.last)
                REQUIRE(
                    (++cleaned, codes) ==
                    test::codes_of(faults_of(vector.policy, Secret{"$" + first + "!" + last + "$!"}, {}, false)));
            else
                REQUIRE((++same, codes) == vector.failed);
        }
    }
    CHECK(same > 250);
    CHECK(cleaned > 5);
    CHECK(missing > 5);
    CHECK(long_ > 5);
}

TEST_CASE("who is refused is told in words, and how many", "[cli]")
{
    const Run ran = check("first,last\nJohn,Doe\nAl,Wu\nJohn3,Doe\n", {"--level", "fair"});
    CHECK(ran.status == exit_refused);
    CHECK(ran.err.empty());
    CHECK(
        ran.out ==
        "line 2: John Doe: the password has no digit (0-9)\n"
        "line 3: Al Wu: the password has no digit (0-9)\n"
        "2 of 3 passwords would be refused (level fair, format sop)\n");
}

TEST_CASE("when nobody is refused the status is 0", "[cli]")
{
    const Run ran = check("first,last\nJohn,Doe\n", {"--level", "good"});
    CHECK(ran.status == exit_ok);
    CHECK(ran.out == "0 of 1 password would be refused (level good, format sop)\n");
    CHECK(check("first,last\n", {"--level", "excellent", "--json"}).status == exit_ok);
}

TEST_CASE("the connection's length replaces the level's", "[cli]")
{
    const Run ran = check("first,last\nJohn,Doe\n", {"--level", "good", "--min-length", "12"});
    CHECK(ran.status == exit_refused);
    CHECK_THAT(ran.out, Catch::Contains("has 11 characters where 12 are needed"));
    CHECK_THAT(ran.out, Catch::Contains("(level good, at least 12 characters, format sop)"));
    CHECK(check("first,last\nA,Bc\n", {"--level", "good", "--min-length", "7"}).status == exit_ok);
}

TEST_CASE("a name that is missing once it is clean is a fault that says which", "[cli]")
{
    const Run ran = check("first,last\nJohn,\n\u200B,Doe\n , \n", {"--level", "none"});
    CHECK(ran.status == exit_refused);
    CHECK(
        ran.out ==
        "line 2: John: the password cannot be made: the last name is missing\n"
        "line 3: Doe: the password cannot be made: the first name is missing\n"
        "line 4: the password cannot be made: both names are missing\n"
        "3 of 3 passwords would be refused (level none, format sop)\n");
}

TEST_CASE("a password that the policy would cut off is told of; one that is made of names is refused", "[cli]")
{
    const Run given = check("password\n" + std::string(73, 'a') + '\n', {"--level", "low"});
    CHECK(given.status == exit_ok);
    CHECK_THAT(given.out, Catch::StartsWith("line 2: taken, but the password is longer than 72 bytes (it has 73)"));
    const Run as_json = check("password\n" + std::string(73, 'a') + '\n', {"--level", "low", "--json"});
    CHECK(codes_in(rows_of(as_json.out).at(0), "warnings") == std::vector<std::string>{"over_72_bytes"});

    const Run made = check("first,last\n" + std::string(66, 'a') + ",Doe\n", {"--level", "low"});
    CHECK(made.status == exit_refused);
    CHECK_THAT(made.out, Catch::Contains("the names are too long, and it would have more than 72 bytes"));
}

TEST_CASE("a password of the file is never printed, whatever becomes of it", "[cli]")
{
    const std::string csv = "first,last,password\nAda,Lovelace,Canary-7\nAda,King,\"Canary\n\"\n";
    for (const char* level : {"none", "excellent"})
        for (const bool as_json : {false, true})
        {
            std::vector<std::string> arguments{"--level", level};
            if (as_json) arguments.emplace_back("--json");
            const Run ran = check(csv, arguments);
            REQUIRE(ran.err.empty());
            REQUIRE_FALSE(ran.out.empty());
            CHECK(ran.out.find("Canary") == std::string::npos);
            CHECK(ran.err.find("Canary") == std::string::npos);
        }
    const Run wrong = check("password\nCanary,x\nCan\"ary\n", {"--level", "none"});
    CHECK(wrong.status == exit_misconfigured);
    CHECK_THAT(wrong.err, Catch::Contains("people.csv:2: has 2 fields"));
    CHECK(wrong.err.find("Can") == std::string::npos);
}

TEST_CASE("the names of a file cannot speak to the terminal", "[cli]")
{
    const Run ran = check("first,last\n\"J\x1B[2J\nohn\",Doe\n", {"--level", "low", "--min-length", "30"});
    CHECK(ran.out.find('\x1B') == std::string::npos);
    CHECK_THAT(ran.out, Catch::StartsWith("line 2: J[2J ohn Doe: the password"));
    const Run as_json = check("first,last\n\"J\x1B[2J\nohn\",Doe\n", {"--level", "fair", "--json"});
    CHECK(as_json.out.find('\x1B') == std::string::npos);
    CHECK(std::count(as_json.out.begin(), as_json.out.end(), '\n') == 1);
    CHECK(test::text_of(rows_of(as_json.out).at(0).at("first")) == "J\x1B[2J\nohn");
}

TEST_CASE("a passphrase is taken wherever one can be made, and is not printed", "[cli]")
{
    const Run ran = check("first,last\nJohn,Doe\n,\n", {"--level", "excellent", "--format", "passphrase", "--json"});
    CHECK(ran.status == exit_ok);
    const auto rows = rows_of(ran.out);
    REQUIRE(rows.size() == 2);
    for (const auto& row : rows)
    {
        CHECK(row.at("ok").as_bool());
        CHECK(row.at("utf8_bytes").as_int64() >= 22);
        CHECK(row.at("utf16_units").as_int64() >= 22);
    }
    CHECK(ran.out.find('-') == std::string::npos);
    const Run none =
        check("first,last\nJohn,Doe\n", {"--level", "low", "--format", "passphrase", "--min-length", "73"});
    CHECK(none.status == exit_refused);
    CHECK_THAT(none.out, Catch::Contains("cannot be made: the policy takes no passphrase"));
}

TEST_CASE("a file that is wrong gives status 2 and no verdict", "[cli]")
{
    const Run ran = check("first,last\nJohn,Doe\nAl\n", {"--level", "fair"});
    CHECK(ran.status == exit_misconfigured);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains("people.csv:3: has 1 fields where the first line has 2"));
    const Run complexity = check("first,last\nJohn,Doe\n", {}, R"({"min_length":0})");
    CHECK(complexity.status == exit_misconfigured);
    CHECK(complexity.out.empty());
    CHECK_THAT(complexity.err, Catch::Contains("complexity.json: a value is not known"));
}

TEST_CASE("a command that does not say which policy, or two, is not understood", "[cli]")
{
    const std::string csv = "first,last\nJohn,Doe\n";
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {},
             {"--level", "great"},
             {"--level", "Good"},
             {"--min-length", "8"},
             {"--level", "good", "--min-length", "0"},
             {"--level", "good", "--min-length", "129"},
             {"--level", "good", "--min-length", "x"},
             {"--level", "good", "--format", "ticket"},
             {"--level", "good", "--names", "other.csv"},
             {"--level", "good", "--password", "x"}})
    {
        const Run ran = check(csv, arguments);
        CHECK(ran.status == exit_usage);
        CHECK(ran.out.empty());
    }
    CHECK(check(csv, {"--level", "good"}, "{}").status == exit_usage);
    CHECK(check(csv, {"--min-length", "8"}, "{}").status == exit_usage);
}

TEST_CASE("a line of JSON says of whom it speaks, and names only where the file has them", "[cli]")
{
    const Run named = check("first,last\n\nJohn,Doe\n\nAl,Wu\n", {"--level", "fair", "--json"});
    const auto rows = rows_of(named.out);
    REQUIRE(rows.size() == 2);
    CHECK(
        boost::json::serialize(rows[0]) ==
        R"({"row":1,"line":3,"first":"John","last":"Doe","ok":false,"faults":["shouldContain"],"warnings":[],)"
        R"("utf16_units":11,"utf8_bytes":11})");
    CHECK(rows[1].at("row").as_int64() == 2);
    CHECK(rows[1].at("line").as_int64() == 5);
    const auto bare = rows_of(check("password\nabc\n", {"--level", "none", "--json"}).out);
    REQUIRE(bare.size() == 1);
    CHECK_FALSE(bare[0].contains("first"));
    CHECK_FALSE(bare[0].contains("last"));
}

TEST_CASE("the last line says by what was judged", "[cli]")
{
    const std::string names = "first,last\nJohn,Doe\n";
    CHECK_THAT(
        check(names, {"--level", "none", "--format", "passphrase"}).out,
        Catch::EndsWith("0 of 1 password would be refused (level none, format passphrase)\n"));
    CHECK_THAT(check(names, {}, "{}").out, Catch::EndsWith("complexity.json, format sop)\n"));
    // A password that is given is of no format.
    CHECK(
        check("password\nabc\n\"\"\n", {"--level", "none"}).out ==
        "line 3: the password is empty\n1 of 2 passwords would be refused (level none)\n");
}

TEST_CASE("of a long name 60 characters are shown", "[cli]")
{
    const auto shown = [](std::size_t size) {
        const Run ran = check("first,last\n" + std::string(size, 'x') + ",Doe\n", {"--level", "fair"});
        REQUIRE_THAT(ran.out, Catch::StartsWith("line 2: "));
        return ran.out.substr(8, ran.out.find(": the password") - 8);
    };
    CHECK(shown(56) == std::string(56, 'x') + " Doe");
    CHECK(shown(57) == std::string(57, 'x') + " D\u2026");
}

TEST_CASE("a minimum length is taken from 1 to 128", "[cli]")
{
    for (const char* length : {"1", "128"})
        CHECK(check("password\nabc\n", {"--level", "none", "--min-length", length}).status != exit_usage);
}
