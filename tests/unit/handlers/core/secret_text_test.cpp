#include "handlers/core/secret_text.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace countersign;

TEST_CASE("pieces are joined in the order in which they were put", "[core]")
{
    SecretText text{8};
    text.put("ab").put('c').put("");
    CHECK(text.view() == "abc");
    CHECK(text.size() == 3);
    CHECK(text.secret().matches("abc"));
}

TEST_CASE("a secret text refuses to grow, and keeps what it has", "[core]")
{
    SecretText text{4};
    text.put("abcd");
    CHECK_THROWS_AS(text.put('e'), std::length_error);
    CHECK(text.view() == "abcd");
    SecretText none{0};
    CHECK_THROWS_AS(none.put("a"), std::length_error);
    CHECK(none.put("").view().empty());
}

TEST_CASE("a cleared secret text has overwritten what it held and takes as much again", "[core]")
{
    SecretText text{4};
    text.put("abcd");
    const std::string_view held = text.view();
    text.clear();
    CHECK(held == std::string_view{"\0\0\0\0", 4});
    CHECK(text.put("wxyz").view() == "wxyz");
}
