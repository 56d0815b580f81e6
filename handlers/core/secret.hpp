#pragma once

#include "handlers/core/locked_memory.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace countersign {

// A credential. Holds its bytes in locked memory that is wiped on destruction, is move-only, and has
// no printer, no formatter and no comparison but the constant-time one.
class Secret
{
public:
    explicit Secret(std::string_view plain);
    explicit Secret(locked_memory::Bytes bytes) noexcept : bytes_{std::move(bytes)} {}
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret&&) noexcept = default;
    ~Secret() = default;

    // Takes the bytes out of `plain` and wipes what it held.
    static Secret take(std::string& plain);

    // A second holder of the same bytes; named so that copies are seen.
    Secret duplicate() const { return Secret{expose()}; }

    // The only way to the bytes; grep for it to audit every use.
    std::string_view expose() const noexcept { return {bytes_.get(), bytes_.get_deleter().size}; }
    bool matches(std::string_view other) const noexcept;
    bool empty() const noexcept { return expose().empty(); }

private:
    locked_memory::Bytes bytes_;
};

// Overwrites the whole capacity of `text`, then empties it.
void wipe(std::string& text) noexcept;

}  // namespace countersign
