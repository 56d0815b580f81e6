#include "handlers/rules/waiting.hpp"

#include "handlers/rules/jobs.hpp"

#include <algorithm>
#include <array>

namespace countersign::rules {

namespace {

constexpr std::array<std::pair<ThreadLine, std::string_view>, 3> names = {{
    {ThreadLine::reminder, "reminder"},
    {ThreadLine::asked_for_reminder, "asked_for_reminder"},
    {ThreadLine::passed_on, "passed_on"},
}};

constexpr int doublings_max = 12;

}  // namespace

std::string_view name_of(ThreadLine line) noexcept
{
    for (const auto& [value, name] : names)
        if (value == line) return name;
    return "corrupt";
}

std::optional<ThreadLine> thread_line_named(std::string_view name) noexcept
{
    for (const auto& [value, known] : names)
        if (known == name) return value;
    return std::nullopt;
}

NewJob thread_line_job(const RequestId& request, ThreadLine line, TimePoint due)
{
    NewJob job = request_job(job_kind::thread_line, request, due);
    job.payload = std::string{name_of(line)};
    return job;
}

std::optional<NewJob> reminder_job(const Request& request, int number, const ApprovalSettings& settings, TimePoint now)
{
    if (settings.remind_after <= std::chrono::seconds{0}) return std::nullopt;
    const TimePoint due = now + settings.remind_after * (1LL << std::clamp(number, 0, doublings_max));
    if (request.expires_at && due >= *request.expires_at) return std::nullopt;
    NewJob job = request_job(job_kind::remind, request.id, due);
    job.payload = std::to_string(number);
    job.coalesce = true;
    return job;
}

std::vector<NewJob> waiting_jobs(const Request& request, const ApprovalSettings& settings, TimePoint now)
{
    std::vector<NewJob> jobs;
    if (request.state != State::pending) return jobs;
    if (request.reminders == 0)
        if (auto reminder = reminder_job(request, 0, settings, now)) jobs.push_back(std::move(*reminder));
    if (settings.escalate_after > std::chrono::seconds{0} && !request.escalated_at)
    {
        NewJob escalation = request_job(job_kind::escalate, request.id, now + settings.escalate_after);
        escalation.coalesce = true;
        jobs.push_back(std::move(escalation));
    }
    return jobs;
}

void add_reminder(Transaction& change, Request request, ThreadLine line, const std::string& actor)
{
    request.reminders += 1;
    request.reminded_at = change.at;
    AuditEvent row{"reminder_sent", actor, request.id};
    row.details.emplace_back("number", std::to_string(request.reminders));
    change.audit.push_back(std::move(row));
    change.jobs.push_back(thread_line_job(request.id, line, change.at));
    change.update.emplace(std::move(request));
}

}  // namespace countersign::rules
