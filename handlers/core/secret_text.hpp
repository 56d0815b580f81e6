#pragma once

#include "handlers/core/secret.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace countersign {

// A secret text that is put together piece by piece, in one buffer that never grows, so that no outgrown copy stays
// behind, and that is wiped at the end. Throws std::length_error over its capacity: a mistake of ours.
class SecretText
{
public:
    explicit SecretText(std::size_t capacity);
    ~SecretText();
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;

    SecretText& put(char c);
    SecretText& put(std::string_view text);
    void clear() noexcept;  // wipes what was put so far

    // What was put so far; ends with the next call.
    std::string_view view() const noexcept { return {bytes_.get(), size_}; }
    std::size_t size() const noexcept { return size_; }
    Secret secret() const { return Secret{view()}; }

private:
    std::size_t capacity_;
    std::size_t size_ = 0;
    std::unique_ptr<char[]> bytes_;
};

}  // namespace countersign
