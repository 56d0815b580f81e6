#pragma once

#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace countersign::checks {

// All risk notes of a stored request with its account: about the account, about how often its requester asks, and about
// the people who decide for them.
boost::asio::awaitable<std::vector<RiskNote>> gather_risk_notes(const Services& services, Request request);

}  // namespace countersign::checks
