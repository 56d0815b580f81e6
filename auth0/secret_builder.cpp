#include "auth0/secret_builder.hpp"

#include <stdexcept>

namespace countersign::auth0 {

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_' || c == '~';
}

}  // namespace

SecretBuilder::SecretBuilder(std::size_t capacity) : capacity_{capacity}, bytes_{locked_memory::take(capacity)} {}

void SecretBuilder::put(char c)
{
    if (size_ == capacity_) throw std::length_error{"SecretBuilder is full"};
    bytes_[size_++] = c;
}

SecretBuilder& SecretBuilder::raw(std::string_view text)
{
    for (const char c : text) put(c);
    return *this;
}

SecretBuilder& SecretBuilder::json_string(std::string_view text)
{
    put('"');
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20)
        {
            raw("\\u00");
            put(hex_digits[byte >> 4]);
            put(hex_digits[byte & 0x0F]);
            continue;
        }
        if (c == '"' || c == '\\') put('\\');
        put(c);
    }
    put('"');
    return *this;
}

SecretBuilder& SecretBuilder::form_value(std::string_view text)
{
    for (const char c : text)
    {
        if (is_unreserved(c))
        {
            put(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        put('%');
        put(hex_digits[byte >> 4]);
        put(hex_digits[byte & 0x0F]);
    }
    return *this;
}

Secret SecretBuilder::secret() const { return Secret{std::string_view{bytes_.get(), size_}}; }

}  // namespace countersign::auth0
