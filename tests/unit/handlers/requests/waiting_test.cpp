#include "handlers/requests/waiting.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

const TimePoint now = from_unix_ms(1'763'800'000'000);

Request waiting_request()
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U0ADA"}, Email{"ada@acme.example"}, std::nullopt, now};
    request.state = State::pending;
    request.expires_at = now + 4h;
    return request;
}

ApprovalSettings settings()
{
    ApprovalSettings out;
    out.remind_after = 30min;
    out.escalate_after = 1h;
    return out;
}

std::size_t count(const std::vector<NewJob>& jobs, std::string_view kind)
{
    return static_cast<std::size_t>(
        std::count_if(jobs.begin(), jobs.end(), [kind](const NewJob& job) { return job.kind == kind; }));
}

}  // namespace

TEST_CASE("each reminder comes after twice the time of the one before, until the request expires", "[requests]")
{
    const Request request = waiting_request();
    CHECK(reminder_job(request, 0, settings(), now)->due == now + 30min);
    CHECK(reminder_job(request, 1, settings(), now)->due == now + 60min);
    CHECK(reminder_job(request, 2, settings(), now)->due == now + 120min);
    CHECK_FALSE(reminder_job(request, 3, settings(), now));
    CHECK_FALSE(reminder_job(request, 1'000, settings(), now));
}

TEST_CASE("what is switched off does not begin", "[requests]")
{
    ApprovalSettings off = settings();
    off.remind_after = 0s;
    off.escalate_after = 0s;
    CHECK(waiting_jobs(waiting_request(), off, now).empty());
}

TEST_CASE("a card that is posted begins reminders and passing on, and posted again nothing new", "[requests]")
{
    Request request = waiting_request();
    const auto jobs = waiting_jobs(request, settings(), now);
    CHECK(count(jobs, "remind") == 1);
    CHECK(count(jobs, "escalate") == 1);
    for (const NewJob& job : jobs) CHECK(job.coalesce);
    request.reminders = 1;
    request.escalated_at = now;
    CHECK(waiting_jobs(request, settings(), now).empty());
    request = waiting_request();
    request.state = State::denied;
    CHECK(waiting_jobs(request, settings(), now).empty());
}

TEST_CASE("the lines of a thread keep their names", "[requests]")
{
    for (const ThreadLine line : {ThreadLine::reminder, ThreadLine::asked_for_reminder, ThreadLine::passed_on})
        CHECK(thread_line_named(name_of(line)) == line);
    CHECK_FALSE(thread_line_named("corrupt"));
}
