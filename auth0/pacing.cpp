#include "auth0/pacing.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace countersign::auth0 {

namespace {

using std::chrono::seconds;

std::optional<long long> number_in(const http::ClientResponse& response, std::string_view header)
{
    const std::string_view text = response.header(header);
    long long value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// Seconds from `now` to x-ratelimit-reset, rounded up, at most 60; zero or less when that is over.
std::optional<seconds> until_reset(const http::ClientResponse& response, TimePoint now)
{
    const auto reset = number_in(response, "x-ratelimit-reset");
    if (!reset) return std::nullopt;
    // Clamped before it becomes a duration: the header is a stranger's, and milliseconds of it could overflow.
    const long long far = to_unix_s(now) + 61;
    const TimePoint at{seconds{std::clamp(*reset, 0LL, far)}};
    return std::min(std::chrono::ceil<seconds>(at - now), seconds{60});
}

// How many calls of a bucket of this size are not for this priority.
long long kept_from(Priority priority, long long size)
{
    constexpr long long shared_out_from = 10;
    if (size < shared_out_from) return 0;
    switch (priority)
    {
    case Priority::change: return 0;
    case Priority::look_up: return size / 10;
    case Priority::after_care: return size / 2;
    }
    return size;
}

}  // namespace

std::optional<seconds> wait_asked(const http::ClientResponse& response, TimePoint now)
{
    if (const auto wait = http::retry_after(response, std::chrono::floor<seconds>(now))) return wait;
    const auto wait = until_reset(response, now);
    if (!wait) return std::nullopt;
    return std::max(*wait, seconds{1});
}

void Door::close(Problem why, TimePoint now, seconds length)
{
    why_ = std::move(why);
    since_ = now;
    until_ = now + length;
}

std::optional<Problem> Door::closed(TimePoint now) const
{
    if (!why_ || now < since_ || now >= until_) return std::nullopt;
    Problem why = *why_;
    if (why.code == Errc::rate_limited) why.retry_after = std::chrono::ceil<seconds>(until_ - now);
    return why;
}

void Pacing::note(const http::ClientResponse& response, TimePoint now)
{
    const auto remaining = number_in(response, "x-ratelimit-remaining");
    const bool is_refusal = response.status == 429;
    if (!is_refusal && !remaining) return;
    const std::optional<seconds> wait = is_refusal ? wait_asked(response, now) : until_reset(response, now);
    if (!wait || *wait <= seconds{0}) return;

    const long long size = number_in(response, "x-ratelimit-limit").value_or(0);
    for (std::size_t i = 0; i < doors_.size(); ++i)
        if (is_refusal || *remaining <= kept_from(static_cast<Priority>(i), size))
            doors_[i].close(Problem{Errc::rate_limited, "own_pacing"}, now, *wait);
}

std::optional<Problem> Pacing::refusal(Priority priority, TimePoint now) const
{
    return doors_[static_cast<std::size_t>(priority)].closed(now);
}

}  // namespace countersign::auth0
