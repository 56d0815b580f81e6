#pragma once

#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// While a request waits for a decision: reminders, passing on, expiry.
namespace countersign::rules {

inline constexpr std::chrono::minutes reminder_pause{10};  // between two reminders, whoever asks for them

// What is said in the thread of a card.
enum class ThreadLine
{
    reminder,            // by itself
    asked_for_reminder,  // by the requester
    passed_on,           // to the second group, which it mentions
};

std::string_view name_of(ThreadLine line) noexcept;
std::optional<ThreadLine> thread_line_named(std::string_view name) noexcept;

NewJob thread_line_job(const RequestId& request, ThreadLine line, TimePoint due);

// The number `number` (from 0) of the reminders that come by themselves, after twice the time each; nothing when there
// are none, or the request expires before.
std::optional<NewJob> reminder_job(const Request& request, int number, const ApprovalSettings& settings, TimePoint now);

// What begins when the card is posted. Posted a second time, it begins nothing new.
std::vector<NewJob> waiting_jobs(const Request& request, const ApprovalSettings& settings, TimePoint now);

// Counts a reminder, and has it said.
void add_reminder(Transaction& change, Request request, ThreadLine line, const std::string& actor);

}  // namespace countersign::rules
