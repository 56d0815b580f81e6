#pragma once

#include "handlers/core/error.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/rules/look_up.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign::checks {

// For a stored request with account (or creates_account()), connection, names and verification as far as they are
// known. Asks Auth0 for the connection's password policy. Problem: Auth0 could not be asked; try again.
boost::asio::awaitable<Outcome<rules::Preparation>> prepare(const Services& services, Request request);

}  // namespace countersign::checks
