#include "handlers/actions/intake.hpp"

#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

Refusal denied(rules::Denial why) { return Refusal{name_of(why), views::not_allowed_to_ask(why)}; }

}  // namespace

std::optional<Refusal> no_right(const Services& services, const Asking& asking, Purpose purpose)
{
    if (!is_served(asking.origin, services.settings)) return denied(rules::Denial::other_workspace);
    const auto who = services.directory.cached(asking.actor.id);
    auto denial = rules::may_ask(who, purpose);
    // For no address at all: nobody fills in a form for nothing.
    if (!denial) denial = rules::address_denial(*who, services.settings.approval.own_account_check);
    if (denial) return denied(*denial);
    return std::nullopt;
}

std::optional<Refusal> no_right(const Services& services, const Asking& asking, Purpose purpose, const Email& email)
{
    if (auto no = no_right(services, asking, purpose)) return no;
    const auto who = services.directory.cached(asking.actor.id);
    const auto denial = rules::may_ask(who, purpose, email, services.settings.approval.own_account_check);
    if (denial) return denied(*denial);
    return std::nullopt;
}

asio::awaitable<std::optional<Refusal>> turned_away(const Services& services, Asking asking, Purpose purpose)
{
    auto why = no_right(services, asking, purpose);
    if (why) co_return why;
    why = co_await checks::admission(services, asking.actor.id, purpose);
    if (why) why->words = "Nothing was requested. " + why->words;
    co_return why;
}

Transaction refusal_of(const Asking& asking, const Refusal& why, TimePoint now)
{
    Transaction change{now};
    AuditEvent row{"request_not_allowed", asking.actor.id.str()};
    row.details.emplace_back("why", why.code);
    row.details.emplace_back("through", asking.through);
    change.audit.push_back(std::move(row));
    // Whoever tries out addresses does not fill the log with it.
    if (why.code == checks::limit_look_ups)
    {
        const auto hour = std::chrono::floor<std::chrono::hours>(now);
        const std::string name =
            why.code + "/" + asking.actor.id.str() + "/" + std::to_string(to_unix_ms(TimePoint{hour}));
        change.audit_once = ReplayMark{name, TimePoint{hour} + std::chrono::hours{2}};
    }
    return change;
}

Request request_of(const Services& services, const SlackUserId& requester, Email email, const Draft& draft)
{
    Request request{
        rules::new_request_id(services.random), requester, std::move(email), std::nullopt, services.clock.now()};
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

Transaction acceptance_of(const Services& services, const Asking& asking, Request request)
{
    Transaction change{request.created_at};
    AuditEvent row{"request_received", request.requester.str(), request.id};
    row.details.emplace_back("email", mask_email(request.email));
    row.details.emplace_back("account", services.vault.pseudonym(request.email.str()));
    row.details.emplace_back("purpose", request.purpose == Purpose::reset ? "reset" : "first_password");
    row.details.emplace_back("through", asking.through);
    if (request.verification) row.details.emplace_back("verification", request.verification->method);
    change.audit.push_back(std::move(row));
    change.jobs.push_back(rules::request_job(job_kind::look_up, request.id, change.at));
    change.jobs.push_back(rules::still_waiting_job(request.id, change.at));
    change.insert.emplace(std::move(request));
    return change;
}

asio::awaitable<Attempt> keep(const Services& services, Transaction change, ReplayMark replay)
{
    change.replay.emplace(std::move(replay));
    co_return co_await attempt(services, std::move(change));
}

}  // namespace countersign::actions
