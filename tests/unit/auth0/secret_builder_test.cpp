#include "auth0/secret_builder.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>

using namespace countersign;
using auth0::SecretBuilder;

TEST_CASE("what is built as a JSON string is read back as the same text", "[auth0]")
{
    std::string every_byte;
    for (int c = 0; c < 0x80; ++c) every_byte += static_cast<char>(c);
    const std::string text = GENERATE_COPY(
        std::string{}, std::string{"$John!O'Neil$!"}, std::string{R"(quote " and \ backslash)"}, every_byte,
        std::string{"Zo\u00eb \U0001F600"});

    SecretBuilder builder{6 * text.size() + 2};
    builder.json_string(text);
    const auto read = boost::json::parse(std::string{builder.secret().expose()});
    CHECK(std::string_view{read.as_string()} == text);
}

TEST_CASE("a form value is encoded exactly as by the http encoder's rule", "[auth0]")
{
    SecretBuilder builder{100};
    builder.form_value("aZ09-._~ &=+%/\xC3\xA9");
    CHECK(builder.secret().expose() == "aZ09-._~%20%26%3D%2B%25%2F%C3%A9");
}

TEST_CASE("a builder refuses to grow", "[auth0]")
{
    SecretBuilder builder{4};
    builder.raw("1234");
    CHECK_THROWS_AS(builder.raw("5"), std::length_error);
    CHECK(builder.secret().expose() == "1234");
}
