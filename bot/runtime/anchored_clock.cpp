#include "bot/runtime/anchored_clock.hpp"

#include <utility>

namespace countersign {

namespace {

using std::chrono::abs;

constexpr std::chrono::seconds step_min{1};
// Dates come in whole seconds, and late by as long as an answer takes.
constexpr std::chrono::minutes agreement{1};
// One date may be of an answer that was long on its way; of two in one moment both may be.
constexpr std::chrono::seconds run_min{1};

}  // namespace

AnchoredClock::AnchoredClock(
    const MachineTime& machine, std::optional<TimePoint> newest_stored, std::function<void(const ClockNews&)> tell)
    : machine_{machine},
      tell_{std::move(tell)},
      anchor_{machine.wall()},
      anchored_at_{machine.steady()},
      newest_stored_{newest_stored}
{
    if (is_behind_ledger()) tell_({ClockNews::What::behind_ledger, now() - *newest_stored_});
    say_whether_off();
}

TimePoint AnchoredClock::now() const { return anchor_ + (machine_.steady() - anchored_at_); }

void AnchoredClock::look()
{
    wall_seen_ = machine_.wall() - now();
    if (abs(wall_seen_ - wall_ahead_) >= step_min)
    {
        tell_({ClockNews::What::stepped, wall_seen_ - wall_ahead_});
        wall_ahead_ = wall_seen_;
        // Ours may be the one that is wrong: of a machine that stood still.
        asks_ = true;
        stepped_at_ = machine_.steady();
    }
    say_whether_off();
}

void AnchoredClock::learn(std::optional<TimePoint> date)
{
    look();
    if (date)
        weigh(*date);
    else
        go_without();
    say_whether_off();
}

void AnchoredClock::weigh(TimePoint date)
{
    const SteadyTime at = machine_.steady();
    const Milliseconds ahead = date - now();
    if (!run_ || abs(ahead - run_->ahead) > agreement) run_ = Run{at, ahead};
    const bool is_proof = at - run_->since >= run_min;
    const bool fits_wall = abs(machine_.wall() - date) <= agreement;
    if (is_proof && fits_wall && abs(ahead) > agreement) return anchor_anew();
    // An answer that was under way while the machine was suspended has the date from before.
    const bool is_fresh = !stepped_at_ || at - *stepped_at_ >= run_min;
    asks_ = !is_fresh || (!is_proof && abs(ahead) > agreement);

    const bool is_near = abs(ahead) <= off_after;
    // Before the first confirmation one date is enough to wait for more.
    if (is_proof || !confirmed_) contradicted_ = !is_near;
    if (!is_near || confirmed_) return;
    confirmed_ = true;
    tell_({ClockNews::What::confirmed, -ahead});
}

// What cannot be compared is gone by, unless something else speaks against it.
void AnchoredClock::go_without()
{
    if (!told_not_comparable_) tell_({ClockNews::What::not_comparable});
    told_not_comparable_ = true;
    asks_ = false;
    if (!contradicted_ && !is_behind_ledger()) confirmed_ = true;
}

void AnchoredClock::anchor_anew()
{
    const TimePoint date = machine_.wall();
    const Milliseconds by = date - now();
    anchor_ = date;
    anchored_at_ = machine_.steady();
    ++moves_;
    wall_ahead_ = wall_seen_ = Milliseconds{0};
    asks_ = false;
    run_.reset();
    confirmed_ = true;
    contradicted_ = false;
    tell_({ClockNews::What::anchored_anew, by});
}

bool AnchoredClock::is_off() const
{
    return contradicted_ || abs(wall_seen_) > off_after || (!confirmed_ && is_behind_ledger());
}

bool AnchoredClock::is_behind_ledger() const { return newest_stored_ && *newest_stored_ - now() > off_after; }

void AnchoredClock::say_whether_off()
{
    const bool off = is_off();
    if (off == off_since_.has_value()) return;
    const SteadyTime at = machine_.steady();
    if (off)
    {
        off_since_ = at;
        tell_(off_news());
        return;
    }
    tell_({ClockNews::What::right_again, at - *off_since_});
    off_since_.reset();
}

ClockNews AnchoredClock::off_news() const
{
    if (contradicted_ && run_) return {ClockNews::What::off, -run_->ahead, "services"};
    if (abs(wall_seen_) > off_after) return {ClockNews::What::off, wall_seen_, "anchor"};
    return {ClockNews::What::off, now() - *newest_stored_, "ledger"};
}

}  // namespace countersign
