#pragma once

#include "handlers/core/time.hpp"

#include <algorithm>
#include <chrono>

namespace countersign::auth0 {

inline constexpr Milliseconds token_deadline = std::chrono::seconds{10};
inline constexpr Milliseconds read_deadline = std::chrono::seconds{10};
inline constexpr Milliseconds write_deadline = std::chrono::seconds{20};

// The time that one call of the port may take (handlers/ports/identity_provider.hpp): for its exchanges, all of them
// together, and besides for waiting until the tenant admits them.
class TimeBudget
{
public:
    static constexpr Milliseconds whole = std::chrono::seconds{25};
    // What an exchange needs to be worth beginning: a token, and a moment for the call itself.
    static constexpr Milliseconds least = token_deadline + std::chrono::seconds{2};
    static constexpr Milliseconds patience = std::chrono::seconds{60};
    // Once some of its exchanges have their answers: those would have to be asked for again.
    static constexpr Milliseconds patience_to_finish = std::chrono::seconds{150};

    explicit TimeBudget(SteadyTime started) : started_{started} {}

    Milliseconds left(SteadyTime now) const
    {
        return std::clamp(whole + waited_ - (now - started_), Milliseconds{0}, whole);
    }
    Milliseconds patience_left() const { return (has_answers_ ? patience_to_finish : patience) - waited_; }
    void waited(Milliseconds time) { waited_ += std::clamp(time, Milliseconds{0}, patience_left()); }
    void answered() noexcept { has_answers_ = true; }
    // Something would be lost if it were given up now.
    bool has_answers() const noexcept { return has_answers_; }

private:
    SteadyTime started_;
    Milliseconds waited_{0};
    bool has_answers_ = false;
};

}  // namespace countersign::auth0
