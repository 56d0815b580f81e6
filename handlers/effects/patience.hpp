#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace countersign::effects {

// When a call to Slack is made again while a person waits before a window: after twice the time at each try, or when
// Slack says, and never at or after `last`.
class Patience
{
public:
    explicit Patience(TimePoint last) : last_{last} {}

    // After which wait; nullopt: not again.
    std::optional<std::chrono::seconds> again(TimePoint now, const Problem& problem)
    {
        const auto wait = std::max(wait_, problem.retry_after.value_or(std::chrono::seconds{0}));
        wait_ *= 2;
        if (!may_end_well(problem.code) || now + wait >= last_) return std::nullopt;
        return wait;
    }

private:
    static bool may_end_well(Errc code)
    {
        return code == Errc::rate_limited || code == Errc::unreachable || code == Errc::answer_lost ||
            code == Errc::unavailable;
    }

    TimePoint last_;
    std::chrono::seconds wait_{1};
};

}  // namespace countersign::effects
