#pragma once

#include "handlers/requests/account.hpp"

#include <string>
#include <variant>
#include <vector>

namespace countersign {

// The one account whose password a request would change.
struct Target
{
    explicit Target(Account account_) : account{std::move(account_)} {}

    Account account;
    std::vector<std::string> lookalikes;  // other accounts with this address, each in words
};

// Why there is no such account.
struct NoTarget
{
    NoTarget(std::string code_, std::vector<std::string> found_) : code{std::move(code_)}, found{std::move(found_)} {}

    std::string code;                // of views/words
    std::vector<std::string> found;  // what was found, each in words
};

// contract/auth0.md section 5: exactly one account with exactly one database identity is a target; never guesses.
// Also refuses what the standard format cannot be made for (no first or last name, more than 72 bytes).
std::variant<Target, NoTarget> classify(const std::vector<Account>& accounts);

// "database account in Username-Password-Authentication", "google-oauth2 account": for cards and refusals.
std::string describe_kind(const Account& account);

}  // namespace countersign
