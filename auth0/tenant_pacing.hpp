#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/http_client.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace countersign::auth0 {

// How long a 429 asks us to wait: Retry-After, else x-ratelimit-reset (Unix seconds) as seen from `now`, clamped to
// 1..60 s; nothing when it does not say (auth0/CONTRACT.md, "Limits").
std::optional<std::chrono::seconds> wait_asked(const http::ClientResponse& response, TimePoint now);

// Who goes first when the tenant's bucket runs low (auth0/CONTRACT.md, "Limits").
enum class Priority
{
    change,        // a password, an account, a link, a block: takes the last call of a bucket
    look_up,       // reading accounts, connections, the log: leaves a tenth of it
    after_change,  // sessions, refresh tokens, the second marker: leaves half of it
};

// The calls that one bucket may be for. Some plans have a bucket for each group, others one for all.
enum class CallGroup
{
    read_users,
    write_users,
    delete_users,
    read_logs,
    read_connections,
    other,
};
CallGroup group_of(http::Method method, std::string_view target);

// Whether a call begins something or goes on with it. Going on comes first: otherwise many things of several calls each
// could keep one another from ever being finished.
enum class Progress
{
    has_answers,
    begins,
};

// Whose turn it is to call, so that the calls fit into the tenant's buckets as its answers describe them: by priority,
// then by progress, then in the order of asking. Groups whose answers name buckets of the same size are taken to share
// one. Where nothing is known (at first, and once a bucket is refilled) one call goes ahead, and the others wait for
// what its answer says. So every limit that admits one call at a time lets all calls through, one after the other.
// Other callers share those buckets: a 429 can come all the same. Buckets of fewer than ten calls are refilled within
// a second or two: there no priority has to leave anything.
class Pacing
{
    struct State;
    struct Bucket;

public:
    // How often whose turn depends on others' answers looks again.
    static constexpr Milliseconds look_again_after{100};

    Pacing();
    ~Pacing();

    // A place in the queue, then a call under way. Given back when it is destroyed, which may be after the Pacing is.
    class Turn
    {
    public:
        Turn(Turn&& other) noexcept;
        Turn& operator=(Turn&&) = delete;
        ~Turn();

        // Takes the turn; or else: when to try again.
        std::optional<SteadyTime> take(SteadyTime now);
        // The call's answer, at a moment and its date: the answer may tell of dates.
        void answered(const http::ClientResponse& response, TimePoint date, SteadyTime now);

    private:
        friend class Pacing;
        struct Place
        {
            Priority priority;
            Progress progress;
            std::uint64_t number;
            CallGroup group;

            auto operator<=>(const Place&) const = default;
        };

        Turn(std::shared_ptr<State> state, Place place);
        void give_back() noexcept;

        std::shared_ptr<State> state_;
        Place place_;
        std::shared_ptr<Bucket> taken_;  // from which the call under way was taken
    };
    Turn queue(Priority priority, CallGroup group, Progress progress = Progress::begins);

private:
    std::shared_ptr<State> state_;
};

}  // namespace countersign::auth0
