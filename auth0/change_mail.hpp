#pragma once

#include "auth0/config.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/http_client.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace countersign::auth0 {

// Has the tenant mail its own link for a new password (auth0/CONTRACT.md, "Links and mails"). The one call without a
// token, in a bucket of its own: 10 at once, then one a minute for an address. A success says nothing of the address:
// unknown ones get the same answer.
boost::asio::awaitable<Outcome<void>> request_change_mail(
    const Auth0Settings& settings, http::Client& client, const Clock& clock, Email email, std::string connection);

}  // namespace countersign::auth0
