#pragma once

#include "handlers/ports/services.hpp"

#include <string>

namespace countersign::effects {

// Whether everybody who asked for and approved this request may still do so, and the approvals channel is still a place
// to decide in: P3, asked of Slack now. Empty: yes; else the ending. Problem: Slack could not be asked.
boost::asio::awaitable<Outcome<std::string>> approval_fault(const Services& services, Request request);

// Whether the account, as it is in the request now, or the settings demand more by now than what was approved: they are
// asked when the request is prepared, and both may have changed since. Empty: they do not; else the ending.
std::string demands_fault(const Settings& settings, const Request& request);

// The approver decided on what the card showed: a different account now voids the approval.
bool same_as_approved(const Account& shown, const Account& now);

}  // namespace countersign::effects
