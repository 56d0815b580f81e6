#pragma once

#include "handlers/model/people.hpp"
#include "handlers/model/request.hpp"
#include "handlers/ports/directory.hpp"

#include <vector>

namespace countersign::checks {

// Adds what the directory remembers of these people. Makes no calls.
void remember(People& people, const Directory& directory, const SlackUserId& user);
void remember(People& people, const Directory& directory, const std::vector<Decision>& decisions);

}  // namespace countersign::checks
