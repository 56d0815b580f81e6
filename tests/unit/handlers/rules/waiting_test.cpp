#include "handlers/rules/waiting.hpp"

#include "handlers/model/job_kind.hpp"
#include "tests/unit/handlers/rules/decisions.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
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

TEST_CASE("a reminder that is due when the request expires does not come any more", "[requests]")
{
    Request request = waiting_request();
    request.expires_at = now + 30min;
    CHECK_FALSE(reminder_job(request, 0, settings(), now));
    request.expires_at = now + 30min + Milliseconds{1};
    REQUIRE(reminder_job(request, 0, settings(), now));
    request.expires_at.reset();
    CHECK(reminder_job(request, 0, settings(), now));
}

TEST_CASE("a reminder knows its number, and the time is doubled twelve times and no more", "[requests]")
{
    Request request = waiting_request();
    request.expires_at.reset();
    const auto third = reminder_job(request, 3, settings(), now);
    REQUIRE(third);
    CHECK(third->kind == "remind");
    CHECK(third->lane == "cs-1/remind");
    CHECK(third->request == request.id);
    CHECK(third->payload == "3");
    CHECK(third->coalesce);
    CHECK(reminder_job(request, -1, settings(), now)->due == now + 30min);
    CHECK(reminder_job(request, 11, settings(), now)->due == now + 30min * 2048);
    CHECK(reminder_job(request, 12, settings(), now)->due == now + 30min * 4096);
    CHECK(reminder_job(request, 13, settings(), now)->due == now + 30min * 4096);
}

TEST_CASE("what waits is passed on after its time, and begins each of the two only where it did not yet", "[requests]")
{
    Request request = waiting_request();
    request.reminders = 1;
    const auto escalation = waiting_jobs(request, settings(), now);
    REQUIRE(escalation.size() == 1);
    CHECK(escalation.front().kind == "escalate");
    CHECK(escalation.front().due == now + 1h);
    request.reminders = 0;
    request.escalated_at = now;
    const auto reminder = waiting_jobs(request, settings(), now);
    REQUIRE(reminder.size() == 1);
    CHECK(reminder.front().kind == "remind");
    CHECK(reminder.front().due == now + 30min);
}

TEST_CASE("a reminder is counted, timed, recorded and said", "[requests]")
{
    Request request = waiting_request();
    request.reminders = 2;
    Transaction change{now + 5min};
    add_reminder(change, request, ThreadLine::asked_for_reminder, "U0ADA");
    REQUIRE(change.update);
    CHECK(change.update->reminders == 3);
    CHECK(change.update->reminded_at == now + 5min);
    REQUIRE(change.audit.size() == 1);
    CHECK(change.audit.front().action == "reminder_sent");
    CHECK(change.audit.front().actor == "U0ADA");
    REQUIRE(change.audit.front().details.size() == 1);
    CHECK(change.audit.front().details.front() == std::pair<std::string, std::string>{"number", "3"});
    REQUIRE(change.jobs.size() == 1);
    CHECK(change.jobs.front().kind == job_kind::thread_line);
    CHECK(change.jobs.front().payload == "asked_for_reminder");
    CHECK(change.jobs.front().due == now + 5min);
}

TEST_CASE("a line under the card is a job of its request, and says which line it is", "[requests]")
{
    const NewJob job = thread_line_job(RequestId{"cs-1"}, ThreadLine::passed_on, now + 1min);
    CHECK(job.kind == "thread_line");
    CHECK(job.request == RequestId{"cs-1"});
    CHECK(job.payload == "passed_on");
    CHECK(job.due == now + 1min);
}

TEST_CASE("a request expires when its time is over, not while a press of Approve is looked at", "[requests]")
{
    Request request = sample_request(State::pending);
    const TimePoint end = drawn_at + 4h;
    request.expires_at = end;
    CHECK(text_of(expiry(request, end - 1ms)) == "done");
    const JobDecision over = expiry(request, end);
    REQUIRE(std::holds_alternative<Transaction>(over));
    CHECK(std::get<Transaction>(over).update->state == State::expired);
    CHECK(std::get<Transaction>(over).audit.front().actor == "countersign");
    request.claims = {Decision{SlackUserId{"U0LEA"}, end - 1s}};
    CHECK(text_of(expiry(request, end)) == "later 1 claim_open");
    for (const State state : every_state)
    {
        if (state == State::pending || state == State::choosing) continue;
        CAPTURE(name_of(state));
        Request other = sample_request(state);
        other.expires_at = end;
        CHECK(text_of(expiry(other, end)) == "done");
    }
}

TEST_CASE("whoever had to say more is told at the place where they did not", "[requests]")
{
    Request request = sample_request(State::choosing);
    request.asked = false;
    request.expires_at = drawn_at;
    CHECK(text_of(expiry(request, drawn_at)).starts_with("answer "));
    request.asked = true;
    CHECK(text_of(expiry(request, drawn_at)).starts_with("card "));
}

TEST_CASE(
    "a reminder comes while the request waits, with a pause after the one before, and not in a freeze", "[requests]")
{
    Request request = sample_request(State::pending);
    request.expires_at = drawn_at + 100h;
    const ReminderNumber first{0};
    CHECK(text_of(reminder(request, first, false, settings(), drawn_at)) == "thread_line/reminder remind/1");
    CHECK(text_of(reminder(request, first, true, settings(), drawn_at)) == "later 600 frozen");
    request.reminded_at = drawn_at - 10min + 1ms;
    CHECK(text_of(reminder(request, first, false, settings(), drawn_at)) == "later 600 reminded_lately");
    request.reminded_at = drawn_at - 10min;
    CHECK(
        text_of(reminder(request, ReminderNumber{2}, false, settings(), drawn_at)) == "thread_line/reminder remind/3");
    request.state = State::approved;
    CHECK(text_of(reminder(request, first, false, settings(), drawn_at)) == "done");
}

TEST_CASE("a request is passed on once, while it waits", "[requests]")
{
    Request request = sample_request(State::pending);
    const JobDecision passed = escalation(request, drawn_at + 1h);
    CHECK(text_of(passed) == "card thread_line/passed_on homes");
    CHECK(std::get<Transaction>(passed).update->escalated_at == drawn_at + 1h);
    CHECK(std::get<Transaction>(passed).audit.front().action == "request_passed_on");
    request.escalated_at = drawn_at;
    CHECK(text_of(escalation(request, drawn_at + 1h)) == "done");
    CHECK(text_of(escalation(sample_request(State::denied), drawn_at + 1h)) == "done");
}

TEST_CASE("after the cooling delay the change begins, unless it was objected to", "[requests]")
{
    CHECK(text_of(end_of_cooling(sample_request(State::approved), drawn_at)) == "change still_waiting");
    for (const State state : {State::cancelled, State::denied, State::executing, State::changed})
        CHECK(text_of(end_of_cooling(sample_request(state), drawn_at)) == "done");
}

TEST_CASE("a line that comes after its request was decided, or after a later reminder, is not said", "[requests]")
{
    Request request = sample_request(State::pending);
    CHECK_FALSE(is_overtaken(ThreadLine::reminder, drawn_at, request));
    request.reminded_at = drawn_at;
    CHECK_FALSE(is_overtaken(ThreadLine::reminder, drawn_at, request));
    CHECK(is_overtaken(ThreadLine::reminder, drawn_at - 1ms, request));
    CHECK(is_overtaken(ThreadLine::asked_for_reminder, drawn_at - 1ms, request));
    CHECK_FALSE(is_overtaken(ThreadLine::passed_on, drawn_at - 1ms, request));
    CHECK(is_overtaken(ThreadLine::passed_on, drawn_at, sample_request(State::approved)));
}
