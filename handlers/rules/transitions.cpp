#include "handlers/rules/transitions.hpp"

#include "handlers/core/email.hpp"
#include "handlers/core/log.hpp"
#include "handlers/rules/jobs.hpp"

#include <stdexcept>

namespace countersign::rules {

namespace {

std::string action_of(Event event, Operation operation)
{
    switch (event)
    {
    case Event::ask: return "requester_asked";
    case Event::resume: return "requester_answered";
    case Event::found: return "account_found";
    case Event::refuse: return "request_refused";
    case Event::endorse: return "request_endorsed";
    case Event::approve: return "request_approved";
    case Event::deny: return "request_denied";
    case Event::cancel: return "request_cancelled";
    case Event::expire: return "request_expired";
    case Event::start: return "change_started";
    case Event::prove: return std::string{row_of(operation).audit_word};
    case Event::reject: return "request_failed";
    case Event::lose_answer: return "change_answer_lost";
    case Event::resend: return "change_resent";
    case Event::give_up: return "change_outcome_unknown";
    }
    return "corrupt";
}

// What the approvers were shown to decide on, beyond what the row of the intake says.
void add_evidence(AuditEvent& row, const Request& request)
{
    const auto add = [&row](const char* name, const std::string& value) {
        if (!value.empty()) row.details.emplace_back(name, value);
    };
    if (row_of(operation_of(request)).sets_password) add("format", std::string{name_of(request.format)});
    add("tier", request.tier);
    add("ticket", request.case_number);
    add("verification", request.verification ? request.verification->method : "");
    add("verification_note", request.verification ? request.verification->note : "");
    add("names", request.names ? "corrected" : "");
}

AuditEvent audit_of(const Request& request, Event event, const std::string& actor)
{
    AuditEvent row{action_of(event, operation_of(request)), actor, request.id};
    row.details.emplace_back("state", std::string{name_of(request.state)});
    row.details.emplace_back("requester", request.requester.str());
    row.details.emplace_back("email", mask_email(request.email));
    if (request.decision) row.details.emplace_back("decided_by", request.decision->by.str());
    if (!request.ending.is_none()) row.details.emplace_back("ending", request.ending.name());
    if (event == Event::found) add_evidence(row, request);
    if (event == Event::deny && !request.denial_reason.empty()) row.details.emplace_back("why", request.denial_reason);
    return row;
}

}  // namespace

std::optional<Move> moved_request(const Transaction& change)
{
    if (change.insert) return Move{change.insert->id, change.insert->state};
    if (change.update) return Move{change.update->id, change.update->state};
    return std::nullopt;
}

void log_move(const Move& move)
{
    log::info("request_moved", {{"request_id", move.request}, {"state", name_of(move.state)}});
}

void add_reblock(Transaction& change, Request& request)
{
    request.reblock = AfterChange::waiting;
    change.jobs.push_back(request_job(job_kind::reblock, request.id, change.at));
}

void add_homes(Transaction& change)
{
    // A little later, so that what happens in one go is drawn in one go.
    NewJob job{std::string{job_kind::homes}, std::string{job_kind::homes}, change.at + std::chrono::seconds{2}};
    job.coalesce = true;
    change.jobs.push_back(std::move(job));
}

void add_closing_jobs(Transaction& change, const Request& request)
{
    // The private line, or the modal, follows to the end.
    if (request.asked) change.jobs.push_back(request_job(job_kind::answer, request.id, change.at));
    // What the requester did, or was told in their private line a moment ago, is not told once more.
    const bool is_theirs = request.state == State::cancelled;
    const bool is_told = !request.asked && request.state != State::expired;
    if (!is_theirs && !is_told) change.jobs.push_back(request_job(job_kind::requester_dm, request.id, change.at));
    // No approver was asked: what a requester corrected is no news for the audit channel.
    if (request.asked && !is_theirs) change.jobs.push_back(request_job(job_kind::announce, request.id, change.at));
}

const Request& advance(Transaction& change, Request request, Event event, const std::string& actor)
{
    const auto state = next(request.state, event);
    if (!state)
        throw std::logic_error{
            action_of(event, operation_of(request)) + " is not listed from " + std::string{name_of(request.state)}};
    request.state = *state;
    request.updated_at = change.at;
    // From here on it has a card, which is kept true to the end.
    if (*state == State::pending) request.asked = true;
    // Who pressed Approve and was not asked about yet is overtaken: the job of that press says so.
    if (*state != State::pending) request.claims.clear();
    change.audit.push_back(audit_of(request, event, actor));
    if (request.asked) change.jobs.push_back(request_job(job_kind::card, request.id, change.at));
    if (is_final(*state))
    {
        // What is handed over lives on: see handlers/rules/handover_transitions.
        if (request.intent && !request.handover) change.credential_step = CredentialStep::destroy;
        // While the block is being put back, the audit channel waits, because its one message tells it all. The
        // requester's is edited.
        if (request.reblock == AfterChange::waiting)
            change.jobs.push_back(request_job(job_kind::requester_dm, request.id, change.at));
        else
            add_closing_jobs(change, request);
    }
    add_homes(change);
    return change.update.emplace(std::move(request));
}

}  // namespace countersign::rules
