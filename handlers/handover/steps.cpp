#include "handlers/handover/steps.hpp"

#include "handlers/requests/jobs.hpp"

namespace countersign {

namespace {

std::string action_of(HandoverEvent event)
{
    switch (event)
    {
    case HandoverEvent::press: return "password_shown";
    case HandoverEvent::show: return "handover_opened";
    case HandoverEvent::lose: return "handover_answer_lost";
    case HandoverEvent::give_back: return "handover_not_opened";
    case HandoverEvent::expire: return "handover_expired";
    case HandoverEvent::destroy: return "handover_destroyed";
    case HandoverEvent::close: return "handover_closed";
    }
    return "corrupt";
}

AuditEvent audit_of(const Request& request, HandoverEvent event, const std::string& actor, const std::string& why)
{
    AuditEvent row{action_of(event), actor, request.id};
    row.details.emplace_back("what", request.format == PasswordFormat::ticket ? "link" : "password");
    row.details.emplace_back("requester", request.requester.str());
    if (!why.empty()) row.details.emplace_back("why", why);
    return row;
}

// What the move does to the record.
void write(Handover& handover, HandoverEvent event, TimePoint now)
{
    switch (event)
    {
    case HandoverEvent::press: handover.shown_at = now; return;
    case HandoverEvent::lose: handover.is_certain = false; [[fallthrough]];
    case HandoverEvent::show: handover.until = handover.shown_at.value_or(now) + shown_for; return;
    case HandoverEvent::give_back: handover.shown_at.reset(); return;
    case HandoverEvent::expire:
    case HandoverEvent::destroy:
        handover.shown_at.reset();
        handover.is_closed = true;
        return;
    case HandoverEvent::close: handover.is_closed = true; return;
    }
}

}  // namespace

std::string handover_view_id(const RequestId& request) { return "handover-" + request.str(); }

Result<HandoverState> step(
    Change& change, Request request, HandoverEvent event, const std::string& actor, const std::string& why)
{
    if (!request.handover || (event == HandoverEvent::close && request.handover->is_closed)) return Errc::conflict;
    const auto state = next(request.handover->state, event);
    if (!state) return Errc::conflict;
    write(*request.handover, event, change.at);
    request.handover->state = *state;
    change.audit.push_back(audit_of(request, event, actor, why));

    if (event == HandoverEvent::press)
        change.jobs.push_back(request_job(job_kind::handover_settle, request.id, change.at + opening_settled_after));
    else
        change.jobs.push_back(request_job(job_kind::requester_dm, request.id, change.at));
    if (event == HandoverEvent::show || event == HandoverEvent::lose)
        change.jobs.push_back(request_job(job_kind::handover_close, request.id, request.handover->until));
    if (request.handover->is_closed) change.credential_step = CredentialStep::destroy;
    change.update.emplace(std::move(request));
    return *state;
}

void make_ready(Change& change, Request& request, TimePoint until)
{
    Handover handover;
    handover.until = until;
    request.handover = handover;
    change.jobs.push_back(request_job(job_kind::handover_expire, request.id, until));
}

}  // namespace countersign
