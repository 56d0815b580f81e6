#include "bot/cli/password_check/complexity_file.hpp"

#include "tests/support/password_vectors.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace countersign;
using namespace countersign::passwords;

namespace {

std::optional<PasswordPolicy> read(const std::string& text, std::string* told = nullptr)
{
    const test::TempDir folder;
    const std::string name = folder.file("complexity.json");
    std::ofstream{name, std::ios::binary} << text;
    std::ostringstream err;
    auto policy = read_complexity(name, err);
    CHECK(policy.has_value() == err.str().empty());
    if (told != nullptr) *told = err.str();
    return policy;
}

}  // namespace

TEST_CASE("the vectors' complexity objects are read as they are meant", "[cli]")
{
    int read_objects = 0;
    for (const auto& [name, rules] : test::password_vector_file().at("rules").as_object())
    {
        if (!rules.is_object()) continue;
        const std::string text = boost::json::serialize(rules.at("options"));
        CHECK(read(text) == test::policy_named({name.data(), name.size()}));
        ++read_objects;
    }
    CHECK(read_objects == 3);
}

TEST_CASE("what a complexity object does not say is not demanded", "[cli]")
{
    CHECK(read("{}") == PasswordPolicy{});
    CHECK(read(R"({"min_length":null,"character_types":[]})") == PasswordPolicy{});
    PasswordPolicy policy;
    policy.wanted.special = true;
    CHECK(read(R"({"character_types":["special"]})") == policy);
}

TEST_CASE("a complexity object that Auth0 would not take is refused", "[cli]")
{
    for (const char* text :
         {R"({"min_length":0})", R"({"min_length":73})", R"({"min_length":"8"})", R"({"character_types":["emoji"]})",
          R"({"character_types":"special"})", R"({"character_type_rule":"two_of_four"})",
          R"({"character_type_rule":"three_of_four"})",
          R"({"character_type_rule":"three_of_four","character_types":["lowercase","uppercase","number"]})",
          R"({"identical_characters":true})", R"({"max_length_exceeded":"allow"})"})
    {
        CAPTURE(text);
        std::string told;
        CHECK_FALSE(read(text, &told));
        CHECK_THAT(
            told, Catch::Contains("complexity.json: a value is not known. ") && Catch::Contains("three_of_four"));
    }
}

TEST_CASE("a key that is not known is named, since it may be misspelt", "[cli]")
{
    std::string told;
    CHECK_FALSE(read(R"({"min_length":8,"min_\u001blenght":12})", &told));
    CHECK_THAT(told, Catch::Contains(R"(the key "min_\u001blenght" is not known)"));
}

TEST_CASE("what is no object is refused", "[cli]")
{
    std::string told;
    CHECK_FALSE(read("", &told));
    CHECK_THAT(told, Catch::EndsWith("is no JSON\n"));
    CHECK_FALSE(read("[8]", &told));
    CHECK_THAT(told, Catch::EndsWith("is JSON, but no object\n"));
    std::ostringstream err;
    CHECK_FALSE(read_complexity("there/is/none.json", err));
    CHECK_THAT(err.str(), Catch::Contains("cannot be read"));
}

TEST_CASE("a length is taken from 1 to 72", "[cli]")
{
    PasswordPolicy policy;
    policy.length_min = 1;
    CHECK(read(R"({"min_length":1})") == policy);
    policy.length_min = 72;
    CHECK(read(R"({"min_length":72})") == policy);
}

TEST_CASE("three of four types need all four, whichever is missing", "[cli]")
{
    const auto [types, is_taken] = GENERATE(table<std::string, bool>({
        {R"("lowercase","uppercase","number","special")", true},
        {R"("lowercase","uppercase","number")", false},
        {R"("lowercase","uppercase","special")", false},
        {R"("lowercase","number","special")", false},
        {R"("uppercase","number","special")", false},
    }));
    const std::string rule = R"({"character_type_rule":"three_of_four","character_types":[)" + types + "]}";
    CHECK(read(rule).has_value() == is_taken);
    CHECK(read(R"({"character_type_rule":"all","character_types":[)" + types + "]}").has_value());
}

TEST_CASE("each key that Auth0 knows is known", "[cli]")
{
    CHECK(read(R"({"min_length":8,"character_types":["lowercase"],"character_type_rule":"all",)"
               R"("identical_characters":"block","sequential_characters":"block","max_length_exceeded":"error"})"));
}
