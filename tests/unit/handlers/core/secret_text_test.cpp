#include "handlers/core/secret_text.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>

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

TEST_CASE("what is put as a JSON string is read back as the same text", "[core]")
{
    std::string every_byte;
    for (int c = 0; c < 0x80; ++c) every_byte += static_cast<char>(c);
    const std::string given = GENERATE_COPY(
        std::string{}, std::string{"$John!O'Neil$!"}, std::string{R"(quote " and \ backslash)"}, every_byte,
        std::string{"Zo\u00eb \U0001F600"});

    SecretText text{SecretText::json_bytes_each * given.size() + 2};
    text.json_string(given);
    const auto read = boost::json::parse(std::string{text.view()});
    CHECK(std::string_view{read.as_string()} == given);
}

TEST_CASE("a form value is encoded exactly as by the http encoder's rule", "[core]")
{
    SecretText text{100};
    text.form_value("aZ09-._~ &=+%/\xC3\xA9");
    CHECK(text.view() == "aZ09-._~%20%26%3D%2B%25%2F%C3%A9");
}

TEST_CASE("within a form the inside of a JSON string is escaped, then encoded", "[core]")
{
    SecretText text{100};
    text.form_json("a\"\\\n");
    CHECK(text.view() == "a%5C%22%5C%5C%5Cu000A");
}

TEST_CASE("what an escape takes at most is what capacities are reckoned with", "[core]")
{
    SecretText json{SecretText::json_bytes_each + 2};
    CHECK(json.json_string({"\0", 1}).size() == SecretText::json_bytes_each + 2);
    SecretText form{SecretText::form_bytes_each};
    CHECK(form.form_value("%").size() == SecretText::form_bytes_each);
}
