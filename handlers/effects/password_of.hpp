#pragma once

#include "handlers/ports/services.hpp"

namespace countersign::effects {

// A password for this request, by its format: the standard one of the request's names (those that were corrected
// first), or a passphrase that fits the connection's policy as it is. Not for links. Problems: those of make_password
// and of IdentityProvider::read_policy.
boost::asio::awaitable<Outcome<Secret>> password_of(const Services& services, Request request, Freshness freshness);

}  // namespace countersign::effects
