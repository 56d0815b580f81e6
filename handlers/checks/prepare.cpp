#include "handlers/checks/prepare.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/checks/gather_risk_notes.hpp"
#include "handlers/checks/preflight.hpp"
#include "handlers/rules/demands.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/risk_notes.hpp"

namespace countersign::checks {

namespace asio = boost::asio;
using rules::Preparation;

namespace {

// Fills in what the tier demands. `usual_format`: where it demands none.
void apply_demands(const Settings& settings, Preparation& prepared, PasswordFormat usual_format)
{
    Request& request = prepared.request;
    rules::Demands demands = rules::demands_of(settings, request);
    request.tier = std::move(demands.tier);
    request.approvals_needed = demands.approvals;
    request.cooling = demands.cooling;
    request.format = demands.format.value_or(usual_format);
    if (demands.refuse)
    {
        prepared.ending = Ending::protected_account;
        return;
    }
    // Auth0 makes links for accounts that exist, and a new one cannot be made without a password.
    if (request.creates_account() && request.format == PasswordFormat::link)
    {
        prepared.ending = Ending::no_link_for_new_account;
        return;
    }
    if (!demands.verification || rules::is_verified(settings, request)) return;
    prepared.wants_verification = true;
    if (settings.verification.methods.empty()) prepared.ending = Ending::verification_not_configured;
}

void end(Preparation& prepared, const Refusal& refusal)
{
    prepared.ending = StoredEnding::named(refusal.code);
    prepared.request.ending_detail = refusal.words;
    prepared.request.again_at = refusal.again_at;
}

// Freeze and limits.
asio::awaitable<std::optional<Refusal>> not_now(const Services& services, Request request)
{
    auto refusal = co_await frozen(services);
    if (!refusal) refusal = co_await limits_passed(services, request);
    if (!refusal) refusal = co_await account_limit(services, request);
    co_return refusal;
}

}  // namespace

asio::awaitable<Outcome<Preparation>> prepare(const Services& services, Request request)
{
    request.ending_detail.clear();
    request.again_at.reset();
    Preparation prepared{std::move(request)};
    const auto refusal = co_await not_now(services, prepared.request);
    if (refusal) end(prepared, *refusal);
    if (!prepared.ending.is_none()) co_return prepared;
    // The account's own addresses were not known when it was asked for. A requester whom the directory does not
    // remember is asked about before the change.
    const auto who = services.directory.cached(prepared.request.requester);
    const OwnAccountCheck check = services.settings.approval.own_account_check;
    const auto denial = rules::may_ask(who, prepared.request, check);
    if (denial == rules::Denial::own_account || denial == rules::Denial::own_account_unknown)
    {
        prepared.ending = ending_of(*denial);
        co_return prepared;
    }

    apply_demands(services.settings, prepared, rules::usual_format(services.settings, prepared.request, who));
    if (!prepared.ending.is_none()) co_return prepared;

    auto verdict = co_await preflight(services, prepared.request);
    if (!verdict) co_return verdict.error();
    prepared.ending = std::move(verdict->ending);
    prepared.request.ending_detail = std::move(verdict->detail);
    prepared.wants_names = verdict->wants_names;
    if (!prepared.ending.is_none()) co_return prepared;

    auto risk_notes = co_await gather_risk_notes(services, prepared.request);
    prepared.request.risk_notes = std::move(risk_notes);
    for (RiskNote& unchecked : verdict->risk_notes) prepared.request.risk_notes.push_back(std::move(unchecked));
    rules::note_unchecked(prepared.request, who, check);
    if (rules::is_tier_guessed(services.settings, prepared.request))
        prepared.request.risk_notes.push_back(RiskNote{std::string{rules::risk_code::metadata_unread}, {}});
    co_return prepared;
}

}  // namespace countersign::checks
