#include "handlers/intake/asking.hpp"

#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/requests/ids.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/views/notes.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

NotNow denied(Denial why) { return NotNow{std::string{name_of(why)}, views::not_allowed_to_ask(why)}; }

}  // namespace

std::optional<NotNow> no_right(const Services& services, const Asking& asking, Purpose purpose)
{
    if (!is_served(asking.origin, services.settings)) return denied(Denial::other_workspace);
    const auto who = services.directory.recall(asking.actor.id);
    auto denial = may_ask(who, purpose);
    // For no address at all: nobody fills in a form for nothing.
    if (!denial) denial = address_denial(*who, services.settings.approval.own_account_check);
    if (denial) return denied(*denial);
    return std::nullopt;
}

std::optional<NotNow> no_right(const Services& services, const Asking& asking, Purpose purpose, const Email& email)
{
    if (auto no = no_right(services, asking, purpose)) return no;
    const auto who = services.directory.recall(asking.actor.id);
    const auto denial = may_ask(who, purpose, email, services.settings.approval.own_account_check);
    if (denial) return denied(*denial);
    return std::nullopt;
}

asio::awaitable<std::optional<NotNow>> turned_away(const Services& services, Asking asking, Purpose purpose)
{
    auto why = no_right(services, asking, purpose);
    if (why) co_return why;
    why = co_await admission(services, asking.actor.id, purpose);
    if (why) why->words = "Nothing was requested. " + why->words;
    co_return why;
}

Change refusal_of(const Asking& asking, const NotNow& why, TimePoint now)
{
    Change change{now};
    AuditEvent row{"request_not_allowed", asking.actor.id.str()};
    row.details.emplace_back("why", why.code);
    row.details.emplace_back("through", asking.through);
    change.audit.push_back(std::move(row));
    // Whoever tries out addresses does not fill the log with it.
    if (why.code == limit_look_ups)
    {
        const auto hour = std::chrono::floor<std::chrono::hours>(now);
        const std::string name =
            why.code + "/" + asking.actor.id.str() + "/" + std::to_string(to_unix_ms(TimePoint{hour}));
        change.audit_once = ReplayMark{name, TimePoint{hour} + std::chrono::hours{2}};
    }
    return change;
}

bool is_incomplete(const Request& request, const Settings& settings)
{
    return (settings.fields.reason_required && request.reason.empty()) ||
        (settings.fields.ticket_required && request.ticket.empty()) ||
        (settings.verification.required && !request.verification);
}

Request request_of(const Services& services, const SlackUserId& requester, Email email, const Draft& draft)
{
    Request request{new_request_id(services.random), requester, std::move(email), std::nullopt, services.clock.now()};
    request.purpose = draft.purpose;
    request.reason = truncate_to_units(clean_line(draft.reason), reason_units_max);
    request.ticket = truncate_to_units(clean_line(draft.ticket), ticket_units_max);
    request.verification = draft.verification;
    if (request.verification)
        request.verification->note = truncate_to_units(clean_line(request.verification->note), note_units_max);
    const std::string given = truncate_to_units(clean_line(draft.given_name), name_units_max);
    const std::string family = truncate_to_units(clean_line(draft.family_name), name_units_max);
    // Half a name is completed in the form that asks back.
    if (!given.empty() || !family.empty()) request.names = GivenNames{given, family};
    return request;
}

Change acceptance_of(const Services& services, const Asking& asking, Request request)
{
    Change change{request.created_at};
    AuditEvent row{"request_received", request.requester.str(), request.id};
    row.details.emplace_back("email", mask_email(request.email));
    row.details.emplace_back("account", services.vault.pseudonym(request.email.str()));
    row.details.emplace_back("purpose", request.purpose == Purpose::reset ? "reset" : "first_password");
    row.details.emplace_back("through", asking.through);
    if (request.verification) row.details.emplace_back("verification", request.verification->method);
    change.audit.push_back(std::move(row));
    change.jobs.push_back(request_job(job_kind::look_up, request.id, change.at));
    change.jobs.push_back(still_waiting_job(request.id, change.at));
    change.insert.emplace(std::move(request));
    return change;
}

asio::awaitable<Attempt> keep(const Services& services, Change change, ReplayMark replay)
{
    change.replay.emplace(std::move(replay));
    co_return co_await attempt(services, std::move(change));
}

}  // namespace countersign
