#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/member.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace countersign::rules {

// What has to be done, beyond one approval, before anything is done to an account.
struct Demands
{
    std::string tier;  // name, empty: none
    bool refuse = false;
    int approvals = 1;
    bool verification = false;             // how the caller was verified has to be recorded
    std::optional<PasswordFormat> format;  // absent: the usual one
    std::chrono::seconds cooling{0};
};

// Of the account that the request is about, as it is in the request now, and of the settings as they are now.
Demands demands_of(const Settings& settings, const Request& request);

// Whether the request says how the caller was verified, by one of the methods that are configured.
bool is_verified(const Settings& settings, const Request& request);

// Whether a tier could apply that cannot be seen, because Auth0 holds too much about the account to be read.
bool is_tier_guessed(const Settings& settings, const Request& request);

// The format of a request whose account demands none. `who`: the requester.
PasswordFormat usual_format(const Settings& settings, const Request& request, const Result<Member>& who);

// Whether the account, as it is in the request now, or the settings demand more by now than what was approved: they are
// asked when the request is prepared, and both may have changed since. None: they do not; else the ending.
Ending demands_fault(const Settings& settings, const Request& request);

// The approver decided on what the card showed: a different account now voids the approval.
bool same_as_approved(const Account& shown, const Account& now);

// Why the account, as it is now, is not the one that was approved. None: it is; else the ending.
Ending account_fault(const Settings& settings, const Request& approved, const Account& now);

// Whether something is missing that the operator demands: reason, case number or how the caller was verified.
bool is_incomplete(const Request& request, const Settings& settings);

}  // namespace countersign::rules
