#pragma once

#include "handlers/model/account.hpp"
#include "handlers/model/stored.hpp"

namespace countersign {

// An account as it stands in a stored request.
boost::json::object document_of(const Account& account);
Account account_from(const JsonReader& fields);

}  // namespace countersign
