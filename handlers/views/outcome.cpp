#include "handlers/views/outcome.hpp"

#include "handlers/core/email.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/words.hpp"

namespace countersign::views {

namespace {

std::string ended(const Request& request) { return "*" + std::string{state_word(request.state)} + "*"; }

std::string decided_by(const Request& request)
{
    return request.decision ? slack::mention(request.decision->by) : std::string{"nobody"};
}

std::string denial_reason(const Request& request)
{
    if (request.denial_reason.empty()) return {};
    return " Reason: " + slack::code_span(request.denial_reason, 700);
}

// What the requester has to know about the outcome, as sentences.
std::string outcome_sentences(const Request& request)
{
    switch (request.state)
    {
    case State::changed:
        return "The password is set to the standard format. Approved by " + decided_by(request) + " " +
            slack::date(request.decision->at) + ".";
    case State::denied: return "Denied by " + decided_by(request) + ". Nothing was changed." + denial_reason(request);
    case State::cancelled: return "Cancelled. Nothing was changed.";
    case State::expired: return "Nobody decided in time. Nothing was changed. Ask again if it is still needed.";
    case State::refused:
    case State::failed:
    case State::unknown: return ending_sentences(request);
    default: return "Still open.";
    }
}

std::string reblock_sentence(const Request& request)
{
    if (request.state == State::unknown && request.reblock == AfterCare::done)
        return " The account was blocked before, and it was made sure that it still is.";
    if (request.reblock == AfterCare::done)
        return " The account was blocked before; Auth0 lifted the block with the change, and it was put back.";
    if (request.reblock == AfterCare::failed)
        return " *The account was blocked before and could not be blocked again: an Auth0 administrator has to do it.*";
    return {};
}

}  // namespace

slack::Message outcome_for_requester(const Request& request)
{
    const std::string text = ended(request) + " · password reset for " + slack::code_span(request.email.str()) + "\n" +
        outcome_sentences(request) + reblock_sentence(request) + "\nRequest " + reference(request);
    return slack::message(text, {slack::section(slack::Mrkdwn{text})});
}

slack::Message outcome_for_audit(const Request& request, const AuditMark& mark)
{
    const std::string masked = slack::code_span(mask_email(request.email));
    const std::string text = ended(request) + " · password reset " + reference(request) + " · account " + masked;
    slack::Section facts;
    facts.fields = {
        fact("Asked for by", slack::mention(request.requester)),
        fact("Decided by", decided_by(request)),
        fact("Asked", slack::date(request.created_at)),
        fact("Decided", request.decision ? slack::date(request.decision->at) : "never"),
        fact("Ended", slack::date(request.updated_at)),
        fact("Outcome", outcome_sentences(request) + reblock_sentence(request)),
    };
    const std::string chain = "Audit row " + std::to_string(mark.sequence) + " · head `" + mark.hash + "`";
    return slack::message(
        text + " · audit row " + std::to_string(mark.sequence),
        {slack::section(slack::Mrkdwn{text}), slack::section(facts), slack::context({slack::Mrkdwn{chain}})});
}

slack::Message trouble(const Request& request, std::string_view job_kind, bool in_audit_channel)
{
    const std::string who =
        in_audit_channel ? slack::code_span(mask_email(request.email)) : slack::code_span(request.email.str());
    std::string what = "a step that follows the request";
    if (job_kind == "card") what = "the card in the approvals channel";
    if (job_kind == "requester_dm") what = "the requester's direct message";
    if (job_kind == "announce") what = "the audit message";
    if (job_kind == "answer") what = "the private answer to the requester";
    if (job_kind == "expire") what = "the expiry of the request";
    return slack::Message{
        "*Given up* · " + what + " for request " + reference(request) + " (" + who + ", " +
        std::string{state_word(request.state)} + ") could not be delivered. The operator finds the cause in the log."};
}

}  // namespace countersign::views
