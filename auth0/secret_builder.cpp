#include "auth0/secret_builder.hpp"

namespace countersign::auth0 {

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_' || c == '~';
}

}  // namespace

SecretBuilder& SecretBuilder::raw(std::string_view text)
{
    text_.put(text);
    return *this;
}

SecretBuilder& SecretBuilder::json_string(std::string_view text)
{
    text_.put('"');
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20)
        {
            raw("\\u00");
            text_.put(hex_digits[byte >> 4]);
            text_.put(hex_digits[byte & 0x0F]);
            continue;
        }
        if (c == '"' || c == '\\') text_.put('\\');
        text_.put(c);
    }
    text_.put('"');
    return *this;
}

SecretBuilder& SecretBuilder::form_value(std::string_view text)
{
    for (const char c : text)
    {
        if (is_unreserved(c))
        {
            text_.put(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text_.put('%');
        text_.put(hex_digits[byte >> 4]);
        text_.put(hex_digits[byte & 0x0F]);
    }
    return *this;
}

}  // namespace countersign::auth0
