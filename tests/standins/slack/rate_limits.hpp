#pragma once

#include "tests/standins/time.hpp"

#include <map>
#include <optional>
#include <string>

namespace standins::slack {

enum class Tier
{
    one,
    two,
    three,
    four,
    special
};

// Slack promises at least these numbers and keeps the exact ones to itself; a test sets what it needs.
struct RateLimitOptions
{
    bool enforced = true;
    int tier_one = 1;  // calls a minute and method
    int tier_two = 20;
    int tier_three = 50;
    int tier_four = 100;
    int special = 300;                   // auth.test, and chat.postMessage for the whole workspace
    TimeMs message_interval_ms = 1'000;  // one message a channel
    int message_burst = 3;               // messages a quiet channel takes at once
};

class RateLimits
{
public:
    explicit RateLimits(RateLimitOptions options) : options_{options} {}

    // Counts a call. Seconds to wait when it is one too many (it is then not counted); nothing when it may go on.
    std::optional<int> call(const std::string& method, Tier tier, TimeMs now);
    std::optional<int> message(const std::string& channel, TimeMs now);

private:
    struct Window
    {
        TimeMs begin = 0;
        int calls = 0;
    };
    int per_minute(Tier tier) const;

    RateLimitOptions options_;
    std::map<std::string, Window> windows_;
    std::map<std::string, TimeMs> due_;  // when a channel's messages so far are worked off
};

}  // namespace standins::slack
