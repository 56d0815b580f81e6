#include "handlers/rules/demands.hpp"

#include <algorithm>

namespace countersign::rules {

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

// The later, the less others learn of the password.
static_assert(PasswordFormat::sop < PasswordFormat::passphrase && PasswordFormat::passphrase < PasswordFormat::link);

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

bool is_tier_guessed(const Settings& settings, const Request& request)
{
    const auto reads_metadata = [](const Tier& tier) { return !tier.metadata.empty(); };
    return request.account && request.account->metadata_too_large &&
        std::any_of(settings.tiers.begin(), settings.tiers.end(), reads_metadata);
}

// Implementers prepare accounts, support resets them; whoever is both is taken for support when it is a reset, and
// whose role is not known for whichever learns less of the password.
PasswordFormat usual_format(const Settings& settings, const Request& request, const Result<Member>& who)
{
    const PasswordSettings& formats = settings.password;
    const PasswordFormat of_support = formats.support.value_or(formats.format);
    const PasswordFormat of_implementation = formats.implementation.value_or(formats.format);
    if (row_of(request.purpose).is_first) return of_implementation;
    if (!who) return std::max(of_support, of_implementation);
    return who->holds(Role::implementation) && !who->holds(Role::support) ? of_implementation : of_support;
}

Ending demands_fault(const Settings& settings, const Request& request)
{
    const Demands demands = demands_of(settings, request);
    if (demands.refuse) return Ending::protected_account;
    const bool sets_password = row_of(operation_of(request)).sets_password;
    const bool is_stricter = demands.approvals > request.approvals_needed || demands.cooling > request.cooling ||
        (sets_password && demands.format && *demands.format != request.format) ||
        (demands.verification && !is_verified(settings, request));
    return is_stricter ? Ending::demands_more : Ending::none;
}

bool same_as_approved(const Account& shown, const Account& now)
{
    // What an older version stored does not say what each identity is signed in to with. That an address was verified
    // meanwhile changes nothing.
    const auto same_address = [](const SignIn& left, const SignIn& right) { return left.address == right.address; };
    const bool same_sign_ins = shown.sign_ins.empty() ||
        std::equal(shown.sign_ins.begin(), shown.sign_ins.end(), now.sign_ins.begin(), now.sign_ins.end(),
                   same_address);
    return same_sign_ins && shown.blocked == now.blocked && shown.database_connections == now.database_connections &&
        shown.last_password_reset == now.last_password_reset && shown.given_name == now.given_name &&
        shown.family_name == now.family_name && shown.email == now.email;
}

Ending account_fault(const Settings& settings, const Request& approved, const Account& now)
{
    Request current = approved;
    current.account = now;
    const Ending stricter = demands_fault(settings, current);
    if (stricter != Ending::none) return stricter;
    // Somebody signed in since: there is a password that is not to be overwritten as a first one.
    if (row_of(approved.purpose).is_first && now.has_signed_in()) return Ending::has_signed_in;
    return same_as_approved(*approved.account, now) ? Ending::none : Ending::account_changed;
}

bool is_incomplete(const Request& request, const Settings& settings)
{
    return (settings.fields.reason_required && request.reason.empty()) ||
        (settings.fields.case_number_required && request.case_number.empty()) ||
        (settings.verification.required && !request.verification);
}

}  // namespace countersign::rules
