#include "handlers/actions/intake.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

#include <utility>

namespace countersign::actions {

namespace {

std::optional<rules::Denial> denial_of(
    const Action& action, Purpose purpose, const std::optional<Email>& email, const Snapshot& seen,
    const Settings& settings)
{
    if (!is_served(action.source, settings)) return rules::Denial::other_workspace;
    const auto who = seen.member(action.by);
    const OwnAccountCheck check = settings.approval.own_account_check;
    if (email) return rules::may_ask(who, purpose, *email, check);
    if (const auto denial = rules::may_ask(who, purpose)) return denial;
    // For no address at all: nobody fills in a form for nothing.
    return rules::address_denial(*who, check);
}

std::optional<Refusal> not_now(const Snapshot& seen, const Settings& settings)
{
    if (seen.held.freeze) return views::frozen_refusal(*seen.held.freeze);
    const auto limit = rules::reached_limit(settings.limits, seen.earlier, seen.now);
    if (limit) return views::limit_refusal(*limit);
    return std::nullopt;
}

// Whoever tries out addresses does not fill the log with it: one row an hour.
ReplayMark once_an_hour(const std::string& code, const SlackUserId& who, TimePoint now)
{
    const TimePoint hour{std::chrono::floor<std::chrono::hours>(now)};
    const std::string name = code + "/" + who.str() + "/" + std::to_string(to_unix_ms(hour));
    return ReplayMark{name, hour + std::chrono::hours{2}};
}

AuditEvent received_row(const Action& action, const Request& request, const std::string& pseudonym)
{
    AuditEvent row{"request_received", request.requester.str(), request.id};
    row.details.emplace_back("email", mask_email(request.email));
    row.details.emplace_back("account", pseudonym);
    row.details.emplace_back("purpose", name_of(request.purpose));
    row.details.emplace_back("through", action.name);
    if (request.verification) row.details.emplace_back("verification", request.verification->method);
    return row;
}

}  // namespace

std::optional<Refusal> no_right(
    const Action& action, Purpose purpose, const std::optional<Email>& email, const Snapshot& seen,
    const Settings& settings)
{
    const auto denial = denial_of(action, purpose, email, seen, settings);
    if (!denial) return std::nullopt;
    return Refusal{name_of(*denial), views::not_allowed_to_ask(*denial)};
}

std::optional<Refusal> refusal_to_ask(
    const Action& action, Purpose purpose, const std::optional<Email>& email, const Snapshot& seen,
    const Settings& settings)
{
    if (auto refusal = no_right(action, purpose, std::nullopt, seen, settings)) return refusal;
    if (auto refusal = not_now(seen, settings))
    {
        refusal->words = "Nothing was requested. " + refusal->words;
        return refusal;
    }
    if (!email) return std::nullopt;
    return no_right(action, purpose, email, seen, settings);
}

Verdict turned_away(const Action& action, const Refusal& refusal, TimePoint now)
{
    Verdict verdict{now};
    AuditEvent row{"request_not_allowed", action.by.str()};
    row.details.emplace_back("why", refusal.code);
    row.details.emplace_back("through", action.name);
    verdict.transaction->audit.push_back(std::move(row));
    if (refusal.code == rules::name_of(RequestWindow::Of::look_ups))
        verdict.transaction->audit_once = once_an_hour(refusal.code, action.by, now);
    return verdict;
}

Request request_of(RequestId id, const SlackUserId& requester, Email email, const Draft& draft, TimePoint now)
{
    Request request{std::move(id), requester, std::move(email), std::nullopt, now};
    request.purpose = draft.purpose;
    request.reason = truncate_to_units(clean_line(draft.reason), reason_units_max);
    request.case_number = truncate_to_units(clean_line(draft.case_number), case_number_units_max);
    request.verification = draft.verification;
    if (request.verification)
        request.verification->note = truncate_to_units(clean_line(request.verification->note), note_units_max);
    const std::string given = truncate_to_units(clean_line(draft.given_name), name_units_max);
    const std::string family = truncate_to_units(clean_line(draft.family_name), name_units_max);
    // Half a name is completed in the form that asks back.
    if (!given.empty() || !family.empty()) request.names = GivenNames{given, family};
    return request;
}

Verdict accepted(const Action& action, Request request, const Snapshot& seen)
{
    Verdict verdict{seen.now};
    Transaction& transaction = *verdict.transaction;
    transaction.audit.push_back(received_row(action, request, seen.pseudonym));
    transaction.jobs.push_back(rules::request_job(job_kind::look_up, request.id, seen.now));
    transaction.jobs.push_back(rules::still_waiting_job(request.id, seen.now));
    transaction.insert.emplace(std::move(request));
    return verdict;
}

}  // namespace countersign::actions
