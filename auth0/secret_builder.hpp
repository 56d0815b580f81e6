#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/core/secret_text.hpp"

#include <cstddef>
#include <string_view>

namespace countersign::auth0 {

// Puts a secret body together as SecretText does: in one buffer that never grows and is wiped at the end. Throws
// std::length_error over its capacity: a mistake of ours.
class SecretBuilder
{
public:
    explicit SecretBuilder(std::size_t capacity) : text_{capacity} {}

    SecretBuilder& raw(std::string_view text);
    // A JSON string with its quotes (RFC 8259 section 7). Takes at most 6 bytes for each byte, and the quotes.
    SecretBuilder& json_string(std::string_view text);
    // For forms: everything but unreserved characters is percent-encoded. Takes at most 3 bytes for each byte.
    SecretBuilder& form_value(std::string_view text);

    // What was built so far.
    Secret secret() const { return text_.secret(); }

private:
    SecretText text_;
};

}  // namespace countersign::auth0
