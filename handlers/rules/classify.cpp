#include "handlers/rules/classify.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/text.hpp"
#include "handlers/passwords/standard_format.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace countersign::rules {

namespace {

// One database identity of one account.
struct Place
{
    const Account* account;
    std::string connection;
};

std::vector<Place> databases_of(const std::vector<Account>& accounts)
{
    std::vector<Place> places;
    for (const Account& account : accounts)
        for (const std::string& connection : account.database_connections) places.push_back({&account, connection});
    return places;
}

std::vector<std::string> describe_all(const std::vector<Account>& accounts)
{
    std::vector<std::string> words;
    for (const Account& account : accounts) words.push_back(describe_kind(account));
    return words;
}

Verdict target_of(const Place& place, const std::vector<Account>& accounts, Purpose purpose)
{
    if (row_of(purpose).is_first && place.account->has_signed_in())
        return NoTarget{Ending::has_signed_in, describe_all(accounts)};
    Target target{*place.account};
    target.connection = place.connection;
    for (const Account& account : accounts)
        if (account.id != target.account.id) target.lookalikes.push_back(describe_kind(account));
    return target;
}

bool looks_wrong(const std::string& name, const Account& account)
{
    if (!is_like_a_name(name)) return true;
    if (name == account.email || name == account.nickname) return true;
    const bool is_ascii = std::all_of(name.begin(), name.end(), [](char c) { return c >= 0; });
    const bool has_upper = std::any_of(name.begin(), name.end(), ascii::is_upper);
    const bool has_lower = std::any_of(name.begin(), name.end(), ascii::is_lower);
    // "ADA" and "ada"; a single letter is a name, and other scripts have their own ways.
    return is_ascii && name.size() > 1 && has_upper != has_lower;
}

}  // namespace

namespace {

// Identity providers as people know them.
constexpr std::array known_providers = {
    std::pair<std::string_view, std::string_view>{"samlp", "company sign-in (SAML)"},
    std::pair<std::string_view, std::string_view>{"oidc", "company sign-in (OpenID)"},
    std::pair<std::string_view, std::string_view>{"okta", "company sign-in (Okta)"},
    std::pair<std::string_view, std::string_view>{"adfs", "company sign-in (ADFS)"},
    std::pair<std::string_view, std::string_view>{"ad", "company sign-in (Active Directory)"},
    std::pair<std::string_view, std::string_view>{"waad", "company sign-in (Microsoft Entra)"},
    std::pair<std::string_view, std::string_view>{"pingfederate", "company sign-in (PingFederate)"},
    std::pair<std::string_view, std::string_view>{"google-apps", "company sign-in (Google Workspace)"},
    std::pair<std::string_view, std::string_view>{"google-oauth2", "Google"},
    std::pair<std::string_view, std::string_view>{"windowslive", "Microsoft"},
    std::pair<std::string_view, std::string_view>{"apple", "Apple"},
    std::pair<std::string_view, std::string_view>{"facebook", "Facebook"},
    std::pair<std::string_view, std::string_view>{"github", "GitHub"},
    std::pair<std::string_view, std::string_view>{"linkedin", "LinkedIn"},
    std::pair<std::string_view, std::string_view>{"email", "code by e-mail"},
    std::pair<std::string_view, std::string_view>{"sms", "code by text message"},
};

std::string provider_words(const std::string& provider)
{
    for (const auto& [name, words] : known_providers)
        if (name == provider) return std::string{words};
    return provider;
}

}  // namespace

std::string describe_kind(const Account& account)
{
    std::string words;
    for (const std::string& connection : account.database_connections)
    {
        words += (words.empty() ? "password account in " : " and ") + connection;
        const std::string address = account.sign_in(connection).address;
        if (!address.empty() && !account.is_called(address)) words += " (signs in with " + address + ")";
    }
    for (const std::string& provider : account.other_providers)
        words += words.empty() ? provider_words(provider) + " account" : ", linked with " + provider_words(provider);
    return words.empty() ? "account without a way to sign in" : words;
}

Verdict classify(const std::vector<Account>& accounts, Purpose purpose, const std::optional<Choice>& choice)
{
    const PurposeRow row = row_of(purpose);
    if (accounts.empty() && !row.may_create) return NoTarget{Ending::account_not_found, {}};
    const auto places = databases_of(accounts);
    if (places.empty() && row.may_create) return NewTarget{describe_all(accounts)};
    if (places.empty()) return NoTarget{Ending::account_not_database, describe_all(accounts)};

    for (const Place& place : places)
        if (choice && place.account->id == choice->account && place.connection == choice->connection)
            return target_of(place, accounts, purpose);
    // What was chosen is gone: what is left was not chosen, even when it is the only one.
    if (places.size() == 1 && !choice) return target_of(places.front(), accounts, purpose);

    Candidates candidates{accounts};
    if (candidates.accounts.size() > candidates_max) return NoTarget{Ending::too_many_accounts, {}};
    const bool has_any = std::any_of(places.begin(), places.end(), [&](const Place& place) {
        return !row.is_first || !place.account->has_signed_in();
    });
    if (!has_any) return NoTarget{Ending::has_signed_in, describe_all(accounts)};
    return candidates;
}

bool look_implausible(const Account& account)
{
    const std::string given = passwords::clean_name(account.given_name),
                      family = passwords::clean_name(account.family_name);
    if (given.empty() || family.empty()) return true;
    return looks_wrong(given, account) || looks_wrong(family, account);
}

}  // namespace countersign::rules
