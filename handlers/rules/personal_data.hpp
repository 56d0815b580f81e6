#pragma once

#include "handlers/model/request.hpp"
#include "handlers/passwords/password_policy.hpp"

namespace countersign::rules {

// What a password for this request may be judged against: the account's own values; for an account that is to be
// created, what it will have.
passwords::PersonalData personal_data_of(const Request& request);

}  // namespace countersign::rules
