#pragma once

#include "handlers/actions/verdict.hpp"
#include "handlers/model/settings.hpp"

#include <string_view>

// What replaces a form once it was submitted.
namespace countersign::actions {

// Replaces the form by an explanation why nothing came of it. `verdict` stores what it stored before.
Verdict explained(Verdict verdict, std::string_view words);

// For a form that was submitted before: the answer by the request as it stands now. (A copy of the same HTTP request is
// refused.)
Verdict answered_again(const Request& request, TimePoint now, const Settings& settings);

}  // namespace countersign::actions
