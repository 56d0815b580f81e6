#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/account.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <vector>

namespace countersign::auth0 {

inline constexpr std::size_t users_max = 100;

// A user of the Management API (auth0/CONTRACT.md, "Accounts"). Unknown, absent, null and wrongly typed fields are as
// good as absent; texts are cut at text_bytes_max, app_metadata is there as a whole or not at all. Errc::malformed
// without a usable `user_id`.
Result<Account> parse_account(const boost::json::value& user);

// A bare array, or {"users": [...]} as with include_totals. Reads the first users_max. Errc::malformed when it is
// neither, or when one of the users is none: a list with holes must not pass for the whole.
Result<std::vector<Account>> parse_accounts(const boost::json::value& users);

}  // namespace countersign::auth0
