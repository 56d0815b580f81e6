#include "handlers/passwords/standard_format.hpp"
#include "tests/support/test_data.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::passwords;

namespace {

std::string password(std::string_view given, std::string_view family)
{
    const auto made = standard_password(given, family);
    return made ? std::string{made->expose()} : "refused: " + made.error().reason;
}

}  // namespace

TEST_CASE("a name that is missing or empties when cleaned makes no password", "[passwords]")
{
    CHECK(password("", "Doe") == "refused: name_missing");
    CHECK(password("John", "") == "refused: name_missing");
    CHECK(password("", "") == "refused: name_missing");
    CHECK(password(" \t\u00A0", "Doe") == "refused: name_missing");
    CHECK(password("John", "\u200B\u202E") == "refused: name_missing");
    CHECK(password("John", "\xFF") == "refused: name_missing");
}

TEST_CASE("a password over 72 bytes is refused, one of 72 is not", "[passwords]")
{
    CHECK(password(std::string(34, 'J'), std::string(34, 'D')).size() == 72);
    CHECK(password(std::string(35, 'J'), std::string(34, 'D')) == "refused: password_too_long");
    std::string accents;
    for (int i = 0; i < 35; ++i) accents += "\u00C9";
    CHECK(password(accents, "D") == "refused: password_too_long");
}

TEST_CASE("a refusal is a definite no", "[passwords]")
{
    CHECK(standard_password("", "").error().code == Errc::refused);
}

TEST_CASE("the standard format frames both names", "[passwords]") { CHECK(password("John", "Doe") == "$John!Doe$!"); }

TEST_CASE("what nobody sees is dropped and white space is one space", "[passwords]")
{
    CHECK(password(" John ", "Doe\t") == "$John!Doe$!");
    CHECK(password("Mary\u00A0 Ann", "van  der\nBerg") == "$Mary Ann!van der Berg$!");
    CHECK(password("Jo\u200Bhn", "\u202EDoe\u202C") == "$John!Doe$!");
    CHECK(password("Jo\x07hn", "D\u00ADoe") == "$John!Doe$!");
}

TEST_CASE("accents are composed, as keyboards type them", "[passwords]")
{
    CHECK(password("Jose\u0301", "Garci\u0301a") == "$Jos\u00E9!Garc\u00EDa$!");
}

TEST_CASE("hyphens, apostrophes, accents and case stay as in the profile", "[passwords]")
{
    CHECK(password("Jean-Luc", "O\u2019Neil") == "$Jean-Luc!O\u2019Neil$!");
    CHECK(password("john", "DOE") == "$john!DOE$!");
    CHECK(password("!!", "$") == "$!!!$$!");
}

TEST_CASE("every clean name of the policy vectors gives the vector's password", "[passwords]")
{
    const auto data = test::test_data("auth0/password_policy_vectors.json");
    const auto text = [](const boost::json::value& value) {
        return std::string{value.as_string().data(), value.as_string().size()};
    };
    int compared = 0, refused = 0;
    for (const auto& vector : data.at("vectors").as_array())
    {
        if (vector.at("kind") != "sop") continue;
        const std::string given = text(vector.at("first")), family = text(vector.at("last"));
        if (clean_name(given) != given || clean_name(family) != family) continue;
        CAPTURE(given, family);
        const bool is_long = vector.at("utf8_bytes").as_int64() > static_cast<int>(standard_password_bytes_max);
        if (given.empty() || family.empty())
            CHECK(password(given, family) == "refused: name_missing");
        else if (is_long)
            CHECK(password(given, family) == "refused: password_too_long");
        else
            CHECK(password(given, family) == text(vector.at("password")));
        ++(given.empty() || family.empty() || is_long ? refused : compared);
    }
    CHECK(compared > 200);
    CHECK(refused > 0);
}

TEST_CASE("only a name in one case is written anew", "[passwords]")
{
    CHECK(in_usual_case("ada") == "Ada");
    CHECK(in_usual_case("BYRON") == "Byron");
    CHECK(in_usual_case("McDonald") == "McDonald");
    CHECK(in_usual_case("van der Berg") == "van der Berg");
    CHECK(in_usual_case("").empty());
}
