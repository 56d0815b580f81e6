#pragma once

#include "handlers/core/error.hpp"
#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace countersign::checks {

// Whether Auth0 would take the password that a request would set, as far as that can be known. Where none is set, only
// whether it would take a change of the account.
struct Preflight
{
    StoredEnding ending;  // with which it would be refused; none: nothing speaks against it
    std::string detail;   // the rule that is broken: see Request::ending_detail
    bool wants_names = false;
    std::vector<RiskNote> risk_notes;  // about what could not be checked
};

// For a request with account (or creates_account()), connection, names and format. Asks for the connection's policy
// again before it refuses by a remembered one. Problem: Auth0 could not be asked.
boost::asio::awaitable<Outcome<Preflight>> preflight(const Services& services, Request request);

}  // namespace countersign::checks
