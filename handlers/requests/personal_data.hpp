#pragma once

#include "handlers/passwords/policy.hpp"
#include "handlers/requests/request.hpp"

namespace countersign {

// What a password for this request may be judged against: the account's own values; for an account that is to be
// created, what it will have.
PersonalData personal_data_of(const Request& request);

}  // namespace countersign
