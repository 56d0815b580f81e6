#pragma once

#include "handlers/core/time.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/ports/store.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::rules {

// A sliding window that is full.
struct FullWindow
{
    int requests = 0;
    std::chrono::hours length{1};
    TimePoint until;  // when the oldest of them leaves it
};

inline constexpr std::chrono::hours longest_window{24};

// nullopt: one more fits. `times`: the requests of the longest window, the newest first, at least rows_needed() of them
// if there are so many. Of two full windows, the one that stays full longer.
std::optional<FullWindow> full_window(const Limit& limit, const std::vector<TimePoint>& times, TimePoint now);

int rows_needed(const Limit& limit) noexcept;

// When earlier requests were made, the newest first: what the limits on one person and on everybody count.
struct EarlierRequests
{
    std::vector<TimePoint> look_ups;   // of the person, whatever came of them
    std::vector<TimePoint> person;     // of theirs those that reached an approver, or may
    std::vector<TimePoint> everybody;  // likewise
};

// What counts as one account: the one that a request is about, or would make.
std::string account_key_of(const Request& request);

struct ReachedLimit
{
    RequestWindow::Of of;
    FullWindow window;
};

// Under which name it stands in the audit log, and as a request's ending: never change one.
std::string_view name_of(RequestWindow::Of of) noexcept;

// nullopt: this person may begin one more request at `now`. Both purposes count together: either ends in a password.
std::optional<ReachedLimit> reached_limit(const LimitSettings& limits, const EarlierRequests& earlier, TimePoint now);

// Of `times`, the newest first, those before a request that was made at `at` and is itself among them.
std::vector<TimePoint> before_request(std::vector<TimePoint> times, TimePoint at);

}  // namespace countersign::rules
