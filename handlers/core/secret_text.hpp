#pragma once

#include "handlers/core/locked_memory.hpp"
#include "handlers/core/secret.hpp"

#include <cstddef>
#include <string_view>

namespace countersign {

// A secret text that is put together piece by piece, in one buffer that never grows, so that no outgrown copy stays
// behind, and that is wiped at the end. Throws std::length_error over its capacity: a mistake of ours.
class SecretText
{
public:
    explicit SecretText(std::size_t capacity);
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;

    SecretText& put(char c);
    SecretText& put(std::string_view text);

    static constexpr std::size_t json_bytes_each = 6;  // what json_string() takes at most for a byte: \u00XX
    static constexpr std::size_t form_bytes_each = 3;  // what form_value() takes at most for a byte: %XX

    // As a JSON string (RFC 8259 section 7), with its quotes.
    SecretText& json_string(std::string_view text);
    // For forms: everything but unreserved characters is percent-encoded.
    SecretText& form_value(std::string_view text);
    // As the inside of a JSON string within a form value.
    SecretText& form_json(std::string_view text);

    void clear() noexcept;  // wipes what was put so far

    // What was put so far; ends with the next call.
    std::string_view view() const noexcept { return {bytes_.get(), size_}; }
    std::size_t size() const noexcept { return size_; }
    Secret secret() const { return Secret{view()}; }

private:
    std::size_t capacity_;
    std::size_t size_ = 0;
    locked_memory::Bytes bytes_;
};

}  // namespace countersign
