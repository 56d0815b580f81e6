#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/connection_policy.hpp"

#include <boost/json/fwd.hpp>

#include <string>

namespace countersign::auth0 {

// What the connection of exactly this name demands of passwords, from the answer to "connections?name=": a bare array,
// or {"connections": [...]} as with include_totals (auth0/CONTRACT.md, "Finding an account"). Unknown properties are
// normal, absent and null ones take Auth0's default. What is there and cannot be understood is not guessed at: a
// password that was checked against half the rules would pass for checked.
// Problems: not_found (connection_unknown), refused (not_a_database_account), unsupported (policy_unknown), forbidden
// (auth0_options_scope_missing: without read:connections_options the answer has no `options`), unavailable (no list).
Outcome<ConnectionPolicy> parse_connection(const boost::json::value& connections, const std::string& name);

}  // namespace countersign::auth0
