#include "handlers/rules/transitions.hpp"

#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string_view>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

Request at(State state, bool asked = false)
{
    Request request = Desk::request_of("U0AGENT", state);
    request.asked = asked;
    return request;
}

Transaction stepped(const Request& request, Event event)
{
    Transaction change{Desk::noon + 1min};
    const Request& moved = advance(change, request, event, "U0ACTOR");
    REQUIRE(&moved == &*change.update);
    return change;
}

}  // namespace

TEST_CASE("each step has its state and its row, by which auditors know it", "[requests][audit]")
{
    const auto [from, event, to, action] = GENERATE(table<State, Event, State, std::string>(
        {{State::looking_up, Event::ask, State::choosing, "requester_asked"},
         {State::choosing, Event::resume, State::looking_up, "requester_answered"},
         {State::looking_up, Event::found, State::pending, "account_found"},
         {State::looking_up, Event::refuse, State::refused, "request_refused"},
         {State::pending, Event::endorse, State::pending, "request_endorsed"},
         {State::pending, Event::approve, State::approved, "request_approved"},
         {State::pending, Event::deny, State::denied, "request_denied"},
         {State::approved, Event::deny, State::denied, "request_denied"},
         {State::looking_up, Event::cancel, State::cancelled, "request_cancelled"},
         {State::choosing, Event::cancel, State::cancelled, "request_cancelled"},
         {State::pending, Event::cancel, State::cancelled, "request_cancelled"},
         {State::approved, Event::cancel, State::cancelled, "request_cancelled"},
         {State::choosing, Event::expire, State::expired, "request_expired"},
         {State::pending, Event::expire, State::expired, "request_expired"},
         {State::approved, Event::start, State::executing, "change_started"},
         {State::executing, Event::prove, State::changed, "password_changed"},
         {State::checking, Event::prove, State::changed, "password_changed"},
         {State::looking_up, Event::reject, State::failed, "request_failed"},
         {State::pending, Event::reject, State::failed, "request_failed"},
         {State::approved, Event::reject, State::failed, "request_failed"},
         {State::executing, Event::reject, State::failed, "request_failed"},
         {State::checking, Event::reject, State::failed, "request_failed"},
         {State::executing, Event::lose_answer, State::checking, "change_answer_lost"},
         {State::checking, Event::resend, State::executing, "change_resent"},
         {State::checking, Event::give_up, State::unknown, "change_outcome_unknown"}}));
    const Transaction change = stepped(at(from), event);
    REQUIRE(change.update);
    CHECK(change.update->state == to);
    CHECK(change.update->updated_at == Desk::noon + 1min);
    REQUIRE(change.audit.size() == 1);
    CHECK(change.audit.front().action == action);
    CHECK(change.audit.front().actor == "U0ACTOR");
    CHECK(change.audit.front().request == RequestId{"cs-1"});
    const std::string_view name = name_of(to);
    CHECK(has(
        row_text(change.audit.front()), " state=" + std::string{name} + " requester=U0AGENT email=a…a@acme.example"));
}

TEST_CASE("a move that the table does not list is a mistake, and changes nothing", "[requests]")
{
    Transaction change{Desk::noon};
    CHECK_THROWS_AS(advance(change, at(State::denied), Event::approve, "U0ACTOR"), std::logic_error);
    CHECK_FALSE(change.update);
    CHECK(change.audit.empty());
    CHECK(change.jobs.empty());
    CHECK(change.credential_step == CredentialStep::none);
}

TEST_CASE("the approvers are asked from the moment on at which an account was found", "[requests]")
{
    const Transaction found = stepped(at(State::looking_up), Event::found);
    CHECK(found.update->asked);
    CHECK(jobs_text(found) == "card homes+2000");
    const Transaction asked = stepped(at(State::looking_up), Event::ask);
    CHECK_FALSE(asked.update->asked);
    CHECK(jobs_text(asked) == "homes+2000");
}

TEST_CASE("at every end people are told who do not know of it yet, and before it nobody is", "[requests]")
{
    const std::string all = "announce answer card homes+2000 requester_dm";
    CHECK(jobs_text(stepped(at(State::pending, true), Event::deny)) == all);
    CHECK(jobs_text(stepped(at(State::pending, true), Event::expire)) == all);
    CHECK(jobs_text(stepped(at(State::executing, true), Event::prove)) == all);
    // Their own doing.
    CHECK(jobs_text(stepped(at(State::pending, true), Event::cancel)) == "answer card homes+2000");
    // A slip that is told in the private line, and of which nobody else need know.
    CHECK(jobs_text(stepped(at(State::looking_up), Event::refuse)) == "homes+2000");
    CHECK(jobs_text(stepped(at(State::choosing), Event::expire)) == "homes+2000 requester_dm");
    CHECK(jobs_text(stepped(at(State::executing, true), Event::lose_answer)) == "card homes+2000");
    for (const NewJob& job : stepped(at(State::pending, true), Event::cancel).jobs)
        if (job.kind == job_kind::homes)
        {
            CHECK(job.coalesce);
            CHECK(job.lane == "homes");
        }
        else
        {
            CHECK(job.request == RequestId{"cs-1"});
            CHECK(job.lane == "cs-1/" + job.kind);
            CHECK_FALSE(job.coalesce);
        }
}

TEST_CASE("while a block is put back the audit channel waits, and the requester does not", "[requests]")
{
    Request request = at(State::executing, true);
    Transaction change{Desk::noon};
    add_reblock(change, request);
    CHECK(request.reblock == AfterChange::waiting);
    CHECK(jobs_text(change) == "reblock");
    advance(change, request, Event::prove, "countersign");
    CHECK(jobs_text(change) == "card homes+2000 reblock requester_dm");
    request.reblock = AfterChange::done;
    CHECK(jobs_text(stepped(request, Event::prove)) == "announce answer card homes+2000 requester_dm");
}

TEST_CASE("a password that will not be handed over is destroyed at the end, and only then", "[requests]")
{
    Request begun = at(State::executing);
    CHECK(stepped(begun, Event::reject).credential_step == CredentialStep::none);
    begun.intent = Intent{Desk::noon, std::nullopt, false, 1, false, std::nullopt};
    CHECK(stepped(begun, Event::reject).credential_step == CredentialStep::destroy);
    CHECK(stepped(begun, Event::lose_answer).credential_step == CredentialStep::none);
    begun.handover = Handover{HandoverState::ready, Desk::noon + 15min, {}, true, false};
    CHECK(stepped(begun, Event::prove).credential_step == CredentialStep::none);
}

TEST_CASE("a row says who decided, how it ended and why it was denied, where there is something to say", "[audit]")
{
    Request request = at(State::pending);
    request.decision = Decision{SlackUserId{"U0LEAD"}, Desk::noon};
    request.ending = Ending::demands_more;
    request.denial_reason = "not her voice";
    CHECK(
        row_text(stepped(request, Event::deny).audit.front()) ==
        "request_denied U0ACTOR cs-1 state=denied requester=U0AGENT email=a…a@acme.example decided_by=U0LEAD "
        "ending=demands_more why=not her voice");
    CHECK_FALSE(has(row_text(stepped(request, Event::cancel).audit.front()), "why="));
    CHECK_FALSE(has(row_text(stepped(at(State::pending), Event::deny).audit.front()), "why="));
}

TEST_CASE("what approvers are shown stands in the row of the find, and in no other", "[audit]")
{
    Request request = at(State::looking_up);
    request.format = PasswordFormat::passphrase;
    request.tier = "gold";
    request.case_number = "CS-1";
    request.verification = Verification{"call_back", "rang twice"};
    request.names = GivenNames{"Ada", "Byron"};
    CHECK(
        row_text(stepped(request, Event::found).audit.front()) ==
        "account_found U0ACTOR cs-1 state=pending requester=U0AGENT email=a…a@acme.example format=passphrase tier=gold "
        "ticket=CS-1 verification=call_back verification_note=rang twice names=corrected");
    CHECK_FALSE(has(row_text(stepped(request, Event::ask).audit.front()), "format="));
    CHECK(
        row_text(stepped(at(State::looking_up), Event::found).audit.front()) ==
        "account_found U0ACTOR cs-1 state=pending requester=U0AGENT email=a…a@acme.example format=sop");
}

TEST_CASE("a change moves the request that it stores or updates, and else none", "[requests]")
{
    Transaction change{Desk::noon};
    CHECK_FALSE(moved_request(change));
    change.update = at(State::pending);
    REQUIRE(moved_request(change));
    CHECK(moved_request(change)->request == RequestId{"cs-1"});
    CHECK(moved_request(change)->state == State::pending);
    Transaction first{Desk::noon};
    first.insert = at(State::looking_up);
    REQUIRE(moved_request(first));
    CHECK(moved_request(first)->state == State::looking_up);
}

TEST_CASE("stored jobs keep their names", "[requests]")
{
    using namespace job_kind;
    const std::vector<std::pair<std::string_view, std::string_view>> names{
        {look_up, "look_up"},
        {card, "card"},
        {answer, "answer"},
        {note, "note"},
        {job_kind::change, "change"},
        {reblock, "reblock"},
        {requester_dm, "requester_dm"},
        {announce, "announce"},
        {job_kind::expire, "expire"},
        {trouble, "trouble"},
        {home, "home"},
        {homes, "homes"},
        {begin_change, "begin_change"},
        {remind, "remind"},
        {escalate, "escalate"},
        {thread_line, "thread_line"},
        {redraw_cards, "redraw_cards"},
        {freeze_notice, "freeze_notice"},
        {release, "release"},
        {thread, "thread"},
        {handover_expire, "handover_expire"},
        {handover_settle, "handover_settle"},
        {handover_spell, "handover_spell"},
        {handover_close, "handover_close"}};
    for (const auto& [constant, name] : names) CHECK(constant == name);
}

TEST_CASE("a job is ended in the name of the lease under which it was claimed", "[requests]")
{
    Job job;
    job.id = 3;
    job.epoch = 7;
    const JobStep end = end_of(job, JobEnd::bury);
    CHECK(end.id == 3);
    CHECK(end.epoch == 7);
    CHECK(end.end == JobEnd::bury);
    CHECK_FALSE(end.due);
    CHECK(end.error.empty());
}

TEST_CASE(
    "presses that are being checked are over with any decision, but not with a first approval", "[requests][claims]")
{
    Request request = at(State::pending, true);
    request.claims = {Decision{SlackUserId{"U0LEAD"}, Desk::noon}};
    for (const Event event : {Event::approve, Event::deny, Event::cancel, Event::expire, Event::reject})
        CHECK(stepped(request, event).update->claims.empty());
    CHECK(stepped(request, Event::endorse).update->claims.size() == 1);
}
