#pragma once

#include "handlers/model/job_payload.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/rules/job_decision.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// While a request waits for a decision: reminders, passing on, expiry.
namespace countersign::rules {

inline constexpr std::chrono::minutes reminder_pause{10};  // between two reminders, whoever asks for them

NewJob thread_line_job(const RequestId& request, ThreadLine line, TimePoint due);

// The number `number` (from 0) of the reminders that come by themselves, after twice the time each; nothing when there
// are none, or the request expires before.
std::optional<NewJob> reminder_job(const Request& request, int number, const ApprovalSettings& settings, TimePoint now);

// What begins when the card is posted. Posted a second time, it begins nothing new.
std::vector<NewJob> waiting_jobs(const Request& request, const ApprovalSettings& settings, TimePoint now);

// --- what the jobs of this time come to

// Ends a request that nobody decided in time; not while somebody's press of Approve is being looked at.
JobDecision expiry(const Request& request, TimePoint now);

// Within `change`: the request's end, and that the requester's form or private line says so.
void add_expiry(Transaction& change, Request request, const std::string& by);

// The reminder of this number, counted, said, and followed by the next.
JobDecision reminder(
    const Request& request, ReminderNumber which, bool is_frozen, const ApprovalSettings& settings, TimePoint now);

// Passes on to the second group what was not decided in time.
JobDecision escalation(const Request& request, TimePoint now);

// The end of the cooling delay: the change begins, unless the request was cancelled or denied meanwhile.
JobDecision end_of_cooling(const Request& request, TimePoint now);

// Whether a line of `asked_at` is of no use any more: the request is decided, or there was a later reminder.
bool is_overtaken(ThreadLine line, TimePoint asked_at, const Request& request) noexcept;

// Counts a reminder, and has it said.
void add_reminder(Transaction& change, Request request, ThreadLine line, const std::string& actor);

}  // namespace countersign::rules
