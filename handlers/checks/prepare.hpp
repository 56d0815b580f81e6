#pragma once

#include "handlers/core/error.hpp"
#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign::checks {

// A request with all that follows from its account, and whether approvers may be asked.
struct Preparation
{
    explicit Preparation(Request request_) : request{std::move(request_)} {}

    Request request;      // with tier, approvals, cooling, format, risk notes; ending_detail and again_at when it ends
    StoredEnding ending;  // refuse it with this; none: it may go on
    bool wants_verification = false;  // the requester has to say first how the caller was verified
    bool wants_names = false;         // the standard format needs both names, and they are not known
};

// For a stored request with account (or creates_account()), connection, names and verification as far as they are
// known. Asks Auth0 for the connection's password policy. Problem: Auth0 could not be asked; try again.
boost::asio::awaitable<Outcome<Preparation>> prepare(const Services& services, Request request);

}  // namespace countersign::checks
