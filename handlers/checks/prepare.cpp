#include "handlers/checks/prepare.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/checks/gather_risk_notes.hpp"
#include "handlers/checks/preflight.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/risk_notes.hpp"

#include <algorithm>

namespace countersign::checks {

namespace asio = boost::asio;

namespace {

// What tiers are matched against; an account that is to be created has an address and a connection.
Account matched_account(const Request& request)
{
    Account account = request.account ? *request.account : Account{Auth0UserId{std::string{}}};
    if (account.email.empty()) account.email = request.email.str();
    // The identity that is meant, and the others of the same account: a tier of any of them counts.
    auto& connections = account.database_connections;
    if (std::find(connections.begin(), connections.end(), request.connection) == connections.end())
        connections.push_back(request.connection);
    return account;
}

bool is_tier_guessed(const std::vector<Tier>& tiers, const Request& request)
{
    return request.account && request.account->metadata_too_large &&
        std::any_of(tiers.begin(), tiers.end(), [](const Tier& tier) { return !tier.metadata.empty(); });
}

// The later, the less others learn of the password.
static_assert(PasswordFormat::sop < PasswordFormat::passphrase && PasswordFormat::passphrase < PasswordFormat::link);

// Implementers prepare accounts, support resets them; whoever is both is taken for support when it is a reset, and
// whose role is not known for whichever learns less of the password.
PasswordFormat usual_format(const Services& services, const Request& request)
{
    const PasswordSettings& formats = services.settings.password;
    const PasswordFormat of_support = formats.support.value_or(formats.format);
    const PasswordFormat of_implementation = formats.implementation.value_or(formats.format);
    if (request.purpose == Purpose::first_password) return of_implementation;
    const auto who = services.directory.cached(request.requester);
    if (!who) return std::max(of_support, of_implementation);
    return who->holds(Role::implementation) && !who->holds(Role::support) ? of_implementation : of_support;
}

// Fills in what the tier and the requester's role demand.
void apply_policy(const Services& services, Preparation& prepared)
{
    Request& request = prepared.request;
    Demands demands = demands_of(services.settings, request);
    request.tier = std::move(demands.tier);
    request.approvals_needed = demands.approvals;
    request.cooling = demands.cooling;
    request.format = demands.format ? *demands.format : usual_format(services, request);
    if (demands.refuse)
    {
        prepared.ending = "protected";
        return;
    }
    // Auth0 makes links for accounts that exist, and a new one cannot be made without a password.
    if (request.creates_account() && request.format == PasswordFormat::link)
    {
        prepared.ending = "no_link_for_new_account";
        return;
    }
    if (!demands.verification || is_verified(services.settings, request)) return;
    prepared.wants_verification = true;
    if (services.settings.verification.methods.empty()) prepared.ending = "verification_not_configured";
}

void end(Preparation& prepared, const Refusal& refusal)
{
    prepared.ending = refusal.code;
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

Demands demands_of(const Settings& settings, const Request& request)
{
    Demands demands;
    demands.verification = settings.verification.required;
    // With a link nobody learns a password, so no tier is the weaker for it.
    if (request.wants_link) demands.format = PasswordFormat::link;
    const auto tier = tier_of(settings.tiers, matched_account(request));
    if (!tier) return demands;
    demands.tier = tier->name;
    demands.refuse = tier->refuse;
    demands.approvals = std::clamp(tier->approvals, 1, 2);
    demands.verification = demands.verification || tier->verification_required;
    if (!request.wants_link) demands.format = tier->format;
    demands.cooling = tier->cooling;
    return demands;
}

bool is_verified(const Settings& settings, const Request& request)
{
    return request.verification && settings.verification.method(request.verification->method) != nullptr;
}

asio::awaitable<Outcome<Preparation>> prepare(const Services& services, Request request)
{
    request.ending_detail.clear();
    request.again_at.reset();
    Preparation prepared{std::move(request)};
    const auto refusal = co_await not_now(services, prepared.request);
    if (refusal) end(prepared, *refusal);
    if (!prepared.ending.empty()) co_return prepared;
    // The account's own addresses were not known when it was asked for. A requester whom the directory does not
    // remember is asked about before the change.
    const auto who = services.directory.cached(prepared.request.requester);
    const OwnAccountCheck check = services.settings.approval.own_account_check;
    const auto denial = rules::may_ask(who, prepared.request, check);
    if (denial == rules::Denial::own_account || denial == rules::Denial::own_account_unknown)
    {
        prepared.ending = name_of(*denial);
        co_return prepared;
    }

    apply_policy(services, prepared);
    if (!prepared.ending.empty()) co_return prepared;

    auto verdict = co_await preflight(services, prepared.request);
    if (!verdict) co_return verdict.error();
    prepared.ending = std::move(verdict->ending);
    prepared.request.ending_detail = std::move(verdict->detail);
    prepared.wants_names = verdict->wants_names;
    if (!prepared.ending.empty()) co_return prepared;

    auto risk_notes = co_await gather_risk_notes(services, prepared.request);
    prepared.request.risk_notes = std::move(risk_notes);
    for (RiskNote& unchecked : verdict->risk_notes) prepared.request.risk_notes.push_back(std::move(unchecked));
    rules::note_unchecked(prepared.request, who, check);
    if (is_tier_guessed(services.settings.tiers, prepared.request))
        prepared.request.risk_notes.push_back(RiskNote{std::string{rules::risk_code::metadata_unread}, {}});
    co_return prepared;
}

}  // namespace countersign::checks
