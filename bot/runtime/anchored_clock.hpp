#pragma once

#include "bot/runtime/machine_time.hpp"
#include "handlers/ports/clock.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

namespace countersign {

// What there is to say of the clock.
struct ClockNews
{
    enum class What
    {
        stepped,         // the machine's date was set: ahead by so much
        behind_ledger,   // our date is not ahead of the ledger's newest stamp but behind: `by` is negative
        confirmed,       // a service's date agrees with ours, which is ahead of it by so much
        not_comparable,  // a service's answer has no date
        off,            // begins: this date is more than five minutes ahead of (or, negative, behind) what `than` names
        right_again,    // that is over; it lasted so long
        anchored_anew,  // our date was moved by so much
    };

    What what;
    Milliseconds by{0};
    std::string_view than = {};  // of `off`: services, ledger (our date is compared with it), anchor (the machine's is)
};

// The date by which everything that is stored is read: the machine's date as the process began (the anchor), and the
// steady time since. Setting the machine's clock does not move it. A date in a service's answer that is within five
// minutes confirms it; before that, and while such dates contradict it, nothing may be acted upon that lies in the past
// or the future by it. It is moved only when dates of services say that it is wrong and the machine's date agrees with
// them. Call from one executor; the machine's time outlives it.
class AnchoredClock final : public Clock
{
public:
    static constexpr std::chrono::minutes off_after{5};

    // `newest_stored`: the newest stamp in the ledger. A date more than five minutes behind it is wrong, or the stamp
    // is: a service's date decides. `tell` may be called at once.
    AnchoredClock(
        const MachineTime& machine, std::optional<TimePoint> newest_stored, std::function<void(const ClockNews&)> tell);

    TimePoint now() const override;
    SteadyTime steady() const override { return machine_.steady(); }

    // Looks at the machine's date: to be called every few seconds, and before a request is judged.
    void look();

    // A service's answer has come just now, with this date (to a second), or without any.
    void learn(std::optional<TimePoint> date);

    // Whether the machine's date or ours is more than five minutes off, as of the last look() and learn(). Then fresh
    // requests cannot be told from stale ones.
    bool is_off() const;

    // Whether stored deadlines may be acted upon by this date: a service has confirmed it and none contradicts, or no
    // service tells a date.
    bool is_confirmed() const noexcept { return confirmed_ && !contradicted_; }

    // Whether a service should be asked for its date.
    bool wants_date() const noexcept { return asks_ || !is_confirmed(); }

    // How often the date was moved: leases from before a move run by another date.
    int moves() const noexcept { return moves_; }

    // The date for certificates: the machine's while ours is not confirmed.
    TimePoint certificate_date() const { return is_confirmed() ? now() : machine_.wall(); }

private:
    // Dates in a row that agree with each other.
    struct Run
    {
        SteadyTime since;
        Milliseconds ahead;  // of our date, the first of them
    };

    void weigh(TimePoint date);
    void go_without();
    void anchor_anew();
    bool is_behind_ledger() const;
    void say_whether_off();
    ClockNews off_news() const;

    const MachineTime& machine_;
    std::function<void(const ClockNews&)> tell_;
    TimePoint anchor_;
    SteadyTime anchored_at_;
    std::optional<TimePoint> newest_stored_;
    Milliseconds wall_ahead_{0};  // of our date, as last told
    Milliseconds wall_seen_{0};   // the same, as last looked at
    std::optional<SteadyTime> stepped_at_;
    std::optional<Run> run_;
    bool confirmed_ = false;
    bool contradicted_ = false;
    bool asks_ = true;
    bool told_not_comparable_ = false;
    int moves_ = 0;
    std::optional<SteadyTime> off_since_;
};

}  // namespace countersign
