#pragma once

#include "handlers/core/time.hpp"
#include "handlers/model/settings.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace countersign::rules {

// A sliding window that holds as many requests as it may.
struct FullWindow
{
    int requests = 0;
    std::chrono::hours length{1};
    TimePoint until;  // when the oldest of them leaves it
};

inline constexpr std::chrono::hours longest_window{24};

// nullopt: one more fits. `times`: requests of the longest window, the newest first; at least rows_needed() of them if
// there are so many. Of two full windows the one that is full for longer.
std::optional<FullWindow> full_window(const Limit& limit, const std::vector<TimePoint>& times, TimePoint now);

int rows_needed(const Limit& limit) noexcept;

}  // namespace countersign::rules
