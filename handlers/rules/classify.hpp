#pragma once

#include "handlers/model/request.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace countersign::rules {

// The one account whose password a request would change.
struct Target
{
    explicit Target(Account account_) : account{std::move(account_)} {}

    Account account;
    std::string connection;               // the database identity that is meant
    std::vector<std::string> lookalikes;  // other accounts with this address, each in words
};

// An account that does not exist yet, to be made.
struct NewTarget
{
    std::vector<std::string> lookalikes;
};

// Several could be meant: the requester chooses.
struct Candidates
{
    std::vector<Account> accounts;  // at most candidates_max; also those that cannot be chosen
};

// Why there is no such account.
struct NoTarget
{
    NoTarget(Ending ending_, std::vector<std::string> found_) : ending{ending_}, found{std::move(found_)} {}

    Ending ending;
    std::vector<std::string> found;  // what was found, each in words
};

using Verdict = std::variant<Target, NewTarget, Candidates, NoTarget>;

// Exactly one account with exactly one database identity is a target; nothing is guessed.
// A choice that was made counts as long as what was chosen is still there.
Verdict classify(const std::vector<Account>& accounts, Purpose purpose, const std::optional<Choice>& choice);

// "database account in Username-Password-Authentication", "google-oauth2 account": for cards and refusals.
std::string describe_kind(const Account& account);

// Names that are hardly those of a person: one is missing, is the address, holds what no name has (is_like_a_name), or
// is written in one case throughout. The standard format would be made of them.
bool look_implausible(const Account& account);

}  // namespace countersign::rules
