#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/standins/auth0/tenant.hpp"

#include <boost/json/object.hpp>

namespace demo::page {

// A customer at the tenant's log-in page: {"email","password"}. Answers {"ok","words"}, and, where a password of their
// own has to be chosen first, {"page","state"}.
boost::json::object sign_in(auth0::Tenant& tenant, const boost::json::object& what);

// The same customer at the page that they were led to, and on with the log-in that waits: {"page","state","password"}.
boost::json::object choose_password(auth0::Tenant& tenant, const boost::json::object& what);

}  // namespace demo::page
