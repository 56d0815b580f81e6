#pragma once

#include "handlers/actions/verdict.hpp"
#include "handlers/model/settings.hpp"

#include <string_view>

// What a form that brought a request, or its answers, turns into.
namespace countersign::actions {

// An explanation of why nothing came of it. What `verdict` stores, it stores.
Verdict explained(Verdict verdict, std::string_view words);

// The answer that the form had the first time, as the request stands by now. A copy of the same HTTP request stays
// refused.
Verdict answered_again(const Request& request, TimePoint now, const Settings& settings);

}  // namespace countersign::actions
