#include "handlers/requests/classify.hpp"

#include "handlers/passwords/standard_format.hpp"

namespace countersign {

namespace {

bool is_database(const Account& account) { return !account.database_connections.empty(); }

std::vector<std::string> describe_all(const std::vector<Account>& accounts)
{
    std::vector<std::string> words;
    for (const Account& account : accounts) words.push_back(describe_kind(account));
    return words;
}

}  // namespace

std::string describe_kind(const Account& account)
{
    std::string words;
    for (const std::string& connection : account.database_connections)
        words += (words.empty() ? "database account in " : " and ") + connection;
    for (const std::string& provider : account.other_providers)
        words += words.empty() ? provider + " account" : ", linked with " + provider;
    return words.empty() ? "account without a sign-in method" : words;
}

std::variant<Target, NoTarget> classify(const std::vector<Account>& accounts)
{
    if (accounts.empty()) return NoTarget{"account_not_found", {}};

    std::vector<const Account*> databases;
    for (const Account& account : accounts)
        if (is_database(account)) databases.push_back(&account);
    if (databases.empty()) return NoTarget{"account_not_database", describe_all(accounts)};
    if (databases.size() > 1 || databases.front()->database_connections.size() > 1)
        return NoTarget{"several_accounts", describe_all(accounts)};

    Target target{*databases.front()};
    const auto password = standard_password(target.account.given_name, target.account.family_name);
    if (!password) return NoTarget{password.error().reason, describe_all(accounts)};
    for (const Account& account : accounts)
        if (account.id != target.account.id) target.lookalikes.push_back(describe_kind(account));
    return target;
}

}  // namespace countersign
