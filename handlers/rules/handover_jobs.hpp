#pragma once

#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/job_decision.hpp"

#include <optional>

// What the jobs of a hand-over come to.
namespace countersign::rules {

// Why what nobody pressed for does not expire yet; nullopt: it does, if it still waits for the press. `is_told`: the
// person could be told of it.
std::optional<Later> expiry_waits(const Request& request, bool is_told, TimePoint now);

// A press whose outcome was not recorded in its time, because the process died.
enum class LostPress
{
    none,         // it was recorded, or a newer press has a job of its own
    may_be_seen,  // the first: it counts as shown
    was_seen,     // it was shown before: the window of this press is emptied, and it may be opened once more
};
LostPress lost_press(const Request& request, TimePoint now) noexcept;

// Whether the spelling is put into the window that shows the password.
enum class Spelling
{
    too_late,  // or there is no window
    not_yet,   // a window is being opened
    now,
};
Spelling spelling_of(const Request& request, TimePoint now) noexcept;

// Something else is shown by now, or nothing, where the spelling was put into `window`.
bool is_spelled_in_vain(const Request& latest, int window) noexcept;

// What a job that was given up leaves to be recorded of the hand-over; nullopt: it is over. `is_closing`: the job that
// closes what was shown.
std::optional<HandoverEvent> event_of_lost_job(const Request& request, bool is_closing) noexcept;

}  // namespace countersign::rules
