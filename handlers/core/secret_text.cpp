#include "handlers/core/secret_text.hpp"

#include "handlers/core/ascii.hpp"

#include <openssl/crypto.h>

#include <cstring>
#include <stdexcept>

namespace countersign {

namespace {

using ascii::hex_digits;

// A character of a JSON string, each of its bytes by `put`.
template <class Put>
void escape(char c, Put put)
{
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20)
    {
        for (const char of_escape : {'\\', 'u', '0', '0', hex_digits[byte >> 4], hex_digits[byte & 0x0F]})
            put(of_escape);
        return;
    }
    if (c == '"' || c == '\\') put('\\');
    put(c);
}

}  // namespace

SecretText::SecretText(std::size_t capacity) : capacity_{capacity}, bytes_{locked_memory::take(capacity)} {}

SecretText& SecretText::put(char c) { return put(std::string_view{&c, 1}); }

SecretText& SecretText::put(std::string_view text)
{
    if (text.size() > capacity_ - size_) throw std::length_error{"SecretText is full"};
    if (!text.empty()) std::memcpy(bytes_.get() + size_, text.data(), text.size());
    size_ += text.size();
    return *this;
}

SecretText& SecretText::json_string(std::string_view text)
{
    put('"');
    for (const char c : text) escape(c, [this](char escaped) { put(escaped); });
    return put('"');
}

SecretText& SecretText::form_value(std::string_view text)
{
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (ascii::is_unreserved(c))
            put(c);
        else
            put('%').put(hex_digits[byte >> 4]).put(hex_digits[byte & 0x0F]);
    }
    return *this;
}

SecretText& SecretText::form_json(std::string_view text)
{
    for (const char c : text) escape(c, [this](char escaped) { form_value({&escaped, 1}); });
    return *this;
}

void SecretText::clear() noexcept
{
    OPENSSL_cleanse(bytes_.get(), size_);
    size_ = 0;
}

}  // namespace countersign
