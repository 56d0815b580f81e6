#include "handlers/core/secret.hpp"

#include "handlers/core/secret_text.hpp"
#include "handlers/core/wiped_json.hpp"

#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <stdexcept>
#include <string>

using namespace countersign;

TEST_CASE("a secret matches its own bytes and no others", "[core]")
{
    const Secret secret{"correct horse"};
    CHECK(secret.matches("correct horse"));
    CHECK_FALSE(secret.matches("correct hors"));
    CHECK_FALSE(secret.matches("correct horse "));
    CHECK_FALSE(secret.matches("Correct horse"));
    CHECK_FALSE(secret.matches("correct horsf"));
    CHECK_FALSE(secret.matches(""));
    CHECK_FALSE(secret.empty());
    CHECK_FALSE(Secret{""}.matches("x"));
}

TEST_CASE("a secret that is taken out of a text leaves nothing of it there", "[core]")
{
    std::string plain(100, 'p');
    plain.resize(90);
    const char* where = plain.data();
    const std::size_t held = plain.capacity();
    const Secret secret = Secret::take(plain);
    CHECK(secret.expose() == std::string(90, 'p'));
    CHECK(plain.empty());
    REQUIRE(plain.capacity() == held);
    CHECK(std::string(where, 100).find('p') == std::string::npos);
}

TEST_CASE("a copy of a secret outlives what it was copied from", "[core]")
{
    std::optional<Secret> first{Secret{"correct horse"}};
    const Secret copy = first->duplicate();
    first.reset();
    CHECK(copy.matches("correct horse"));
}

TEST_CASE("a secret text takes as much as it was made for, and not a byte more", "[core]")
{
    SecretText text{4};
    text.put("abc").put('d');
    CHECK(text.secret().matches("abcd"));
    CHECK_THROWS_AS(text.put('e'), std::length_error);
    CHECK(text.secret().matches("abcd"));
    text.clear();
    text.put("").put("xy");
    CHECK(text.secret().matches("xy"));
    CHECK_THROWS_AS(text.put("123"), std::length_error);
}

TEST_CASE("JSON with secrets is read as other JSON is", "[core]")
{
    const auto value = parse_wiped(R"({"a":[1,"b",{"c":null}]})");
    REQUIRE(value.has_value());
    CHECK(value->at("a").at(1) == "b");
    CHECK(value->at("a").at(2).at("c").is_null());
}
