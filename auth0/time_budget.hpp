#pragma once

#include "handlers/core/time.hpp"

#include <algorithm>
#include <chrono>

namespace countersign::auth0 {

inline constexpr Milliseconds token_deadline = std::chrono::seconds{10};
inline constexpr Milliseconds read_deadline = std::chrono::seconds{10};
inline constexpr Milliseconds write_deadline = std::chrono::seconds{20};

// The time that one call of the port may take, all of its exchanges together (handlers/ports/identity_provider.hpp).
class TimeBudget
{
public:
    static constexpr Milliseconds whole = std::chrono::seconds{25};
    // What an exchange needs to be worth beginning: a token, and a moment for the call itself.
    static constexpr Milliseconds least = token_deadline + std::chrono::seconds{2};

    explicit TimeBudget(TimePoint started) : started_{started} {}

    // A clock that was set back meanwhile does not lengthen the budget.
    Milliseconds left(TimePoint now) const { return std::clamp(whole - (now - started_), Milliseconds{0}, whole); }

private:
    TimePoint started_;
};

}  // namespace countersign::auth0
