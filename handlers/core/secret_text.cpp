#include "handlers/core/secret_text.hpp"

#include <openssl/crypto.h>

#include <cstring>
#include <stdexcept>

namespace countersign {

SecretText::SecretText(std::size_t capacity) : capacity_{capacity}, bytes_{new char[capacity]} {}

SecretText::~SecretText() { OPENSSL_cleanse(bytes_.get(), capacity_); }

SecretText& SecretText::put(char c) { return put(std::string_view{&c, 1}); }

SecretText& SecretText::put(std::string_view text)
{
    if (text.size() > capacity_ - size_) throw std::length_error{"SecretText is full"};
    if (!text.empty()) std::memcpy(bytes_.get() + size_, text.data(), text.size());
    size_ += text.size();
    return *this;
}

void SecretText::clear() noexcept
{
    OPENSSL_cleanse(bytes_.get(), size_);
    size_ = 0;
}

}  // namespace countersign
