#include "handlers/rules/waiting.hpp"

#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

#include <algorithm>

namespace countersign::rules {

namespace {

constexpr int doublings_max = 12;
constexpr std::chrono::minutes look_again_when_frozen{10};

}  // namespace

NewJob thread_line_job(const RequestId& request, ThreadLine line, TimePoint due)
{
    NewJob job = request_job(job_kind::thread_line, request, due);
    job.payload = to_payload(line);
    return job;
}

std::optional<NewJob> reminder_job(const Request& request, int number, const ApprovalSettings& settings, TimePoint now)
{
    if (settings.remind_after <= std::chrono::seconds{0}) return std::nullopt;
    const TimePoint due = now + settings.remind_after * (1LL << std::clamp(number, 0, doublings_max));
    if (request.expires_at && due >= *request.expires_at) return std::nullopt;
    NewJob job = request_job(job_kind::remind, request.id, due);
    job.payload = to_payload(ReminderNumber{number});
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

void add_expiry(Transaction& change, Request request, const std::string& by)
{
    if (request.state == State::choosing && !request.asked)
        change.jobs.push_back(request_job(job_kind::answer, request.id, change.at));
    advance(change, std::move(request), Event::expire, by);
}

JobDecision expiry(const Request& request, TimePoint now)
{
    // What waits for something else by now has an expiry, and a job, of its own.
    if (!next(request.state, Event::expire)) return Done{};
    if (request.expires_at && now < *request.expires_at) return Done{};
    if (awaits_claims(request, now)) return Later{std::chrono::seconds{1}, "claim_open"};
    Transaction change{now};
    add_expiry(change, request, system_actor);
    return change;
}

JobDecision reminder(
    const Request& request, ReminderNumber which, bool is_frozen, const ApprovalSettings& settings, TimePoint now)
{
    if (request.state != State::pending) return Done{};
    if (is_frozen) return Later{look_again_when_frozen, "frozen"};
    const bool was_lately = request.reminded_at && now < *request.reminded_at + reminder_pause;
    if (was_lately) return Later{reminder_pause, "reminded_lately"};
    Transaction change{now};
    add_reminder(change, request, ThreadLine::reminder, system_actor);
    if (auto next = reminder_job(request, which.number + 1, settings, now)) change.jobs.push_back(std::move(*next));
    return change;
}

JobDecision escalation(const Request& request, TimePoint now)
{
    if (request.state != State::pending || request.escalated_at) return Done{};
    Transaction change{now};
    Request passed_on = request;
    passed_on.escalated_at = now;
    change.audit.emplace_back("request_passed_on", system_actor, request.id);
    change.jobs.push_back(request_job(job_kind::card, request.id, now));
    change.jobs.push_back(thread_line_job(request.id, ThreadLine::passed_on, now));
    add_homes(change);
    change.update.emplace(std::move(passed_on));
    return change;
}

JobDecision end_of_cooling(const Request& request, TimePoint now)
{
    if (request.state != State::approved) return Done{};
    Transaction change{now};
    change.jobs.push_back(request_job(job_kind::change, request.id, now));
    change.jobs.push_back(still_waiting_job(request.id, now));
    return change;
}

bool is_overtaken(ThreadLine line, TimePoint asked_at, const Request& request) noexcept
{
    if (request.state != State::pending) return true;
    return line != ThreadLine::passed_on && request.reminded_at && asked_at < *request.reminded_at;
}

}  // namespace countersign::rules
