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
    std::optional<seconds> wait;
    if (response.status == 429)
        wait = wait_asked(response, now);
    else if (number_in(response, "x-ratelimit-remaining") == 0)
        wait = until_reset(response, now);
    if (wait && *wait > seconds{0}) door_.close(Problem{Errc::rate_limited, "own_pacing"}, now, *wait);
}

}  // namespace countersign::auth0
