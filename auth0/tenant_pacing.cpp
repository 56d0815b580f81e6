#include "auth0/tenant_pacing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace countersign::auth0 {

namespace {

using std::chrono::seconds;

constexpr std::size_t groups = 6;
// No real tenant has so many sizes of buckets. One that names a new size each time must not fill our memory.
constexpr std::size_t buckets_max = 32;

std::optional<long long> number_in(const http::ClientResponse& response, std::string_view header)
{
    const std::string_view text = response.header(header);
    long long value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// A number of calls from a header, brought into a range in which it is safe to calculate.
std::optional<long long> count_in(const http::ClientResponse& response, std::string_view header)
{
    const auto number = number_in(response, header);
    if (!number) return std::nullopt;
    return std::clamp(*number, 0LL, 1'000'000'000LL);
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
    case Priority::after_change: return size / 2;
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

CallGroup group_of(http::Method method, std::string_view target)
{
    if (target.starts_with("api/v2/logs")) return CallGroup::read_logs;
    if (target.starts_with("api/v2/connections")) return CallGroup::read_connections;
    if (!target.starts_with("api/v2/users")) return CallGroup::other;
    if (method == http::Method::get) return CallGroup::read_users;
    return method == http::Method::del ? CallGroup::delete_users : CallGroup::write_users;
}

// What the last answer said of it. One that says nothing means: no limit.
struct Pacing::Bucket
{
    bool asked = false;  // an answer has come
    long long size = 0;
    std::optional<long long> remaining;
    SteadyTime refill;
    long long under_way = 0;  // calls whose answers have not come: they may or may not be counted in `remaining`

    // A refill only adds: the calls that were left before it are still there, unless others took them, as the next
    // answer tells.
    bool has_room(Priority priority, SteadyTime now) const
    {
        if (asked && (!remaining || *remaining - under_way > kept_from(priority, size))) return true;
        return under_way == 0 && !is_before_refill(now);
    }

    SteadyTime look_again(SteadyTime now) const
    {
        return under_way == 0 && is_before_refill(now) ? refill : now + look_again_after;
    }

    bool is_before_refill(SteadyTime now) const { return asked && now < refill; }
};

struct Pacing::State
{
    // By size, as the answers name it; for a group that has not had an answer: the bucket that spoke last.
    std::shared_ptr<Bucket> bucket_of(CallGroup group) const
    {
        const auto& own = by_group.at(static_cast<std::size_t>(group));
        return own ? own : latest;
    }

    bool is_first(const Turn::Place& place, const std::shared_ptr<Bucket>& bucket) const
    {
        for (auto ahead = waiting.begin(); ahead != waiting.end() && *ahead < place; ++ahead)
            if (bucket_of(ahead->group) == bucket) return false;
        return true;
    }

    std::shared_ptr<Bucket> bucket_of_size(long long size)
    {
        if (by_size.size() >= buckets_max && !by_size.contains(size)) size = by_size.begin()->first;
        auto& bucket = by_size[size];
        if (!bucket) bucket = std::make_shared<Bucket>();
        bucket->size = size;
        return bucket;
    }

    std::set<Turn::Place> waiting;
    std::uint64_t last_number = 0;
    std::map<long long, std::shared_ptr<Bucket>> by_size;
    std::array<std::shared_ptr<Bucket>, groups> by_group;
    std::shared_ptr<Bucket> latest = std::make_shared<Bucket>();
};

Pacing::Pacing() : state_{std::make_shared<State>()} {}
Pacing::~Pacing() = default;

Pacing::Turn Pacing::queue(Priority priority, CallGroup group, Progress progress)
{
    return Turn{state_, Turn::Place{priority, progress, ++state_->last_number, group}};
}

Pacing::Turn::Turn(std::shared_ptr<State> state, Place place) : state_{std::move(state)}, place_{place}
{
    state_->waiting.insert(place_);
}

Pacing::Turn::Turn(Turn&& other) noexcept = default;

Pacing::Turn::~Turn()
{
    if (state_) give_back();
}

void Pacing::Turn::give_back() noexcept
{
    state_->waiting.erase(place_);
    if (taken_) --taken_->under_way;
    taken_.reset();
}

std::optional<SteadyTime> Pacing::Turn::take(SteadyTime now)
{
    const auto bucket = state_->bucket_of(place_.group);
    if (!bucket->has_room(place_.priority, now)) return bucket->look_again(now);
    if (!state_->is_first(place_, bucket)) return now + look_again_after;
    state_->waiting.erase(place_);
    taken_ = bucket;
    ++taken_->under_way;
    return std::nullopt;
}

void Pacing::Turn::answered(const http::ClientResponse& response, TimePoint date, SteadyTime now)
{
    give_back();
    const bool is_refusal = response.status == 429;
    const auto remaining = count_in(response, "x-ratelimit-remaining");
    const auto wait = is_refusal ? wait_asked(response, date) : until_reset(response, date);

    const auto bucket = state_->bucket_of_size(count_in(response, "x-ratelimit-limit").value_or(0));
    state_->by_group.at(static_cast<std::size_t>(place_.group)) = bucket;
    state_->latest = bucket;
    bucket->asked = true;
    bucket->refill = now + std::max(wait.value_or(seconds{1}), seconds{1});
    bucket->remaining = is_refusal ? 0 : remaining;
}

}  // namespace countersign::auth0
