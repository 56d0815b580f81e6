#pragma once

#include "handlers/model/draft.hpp"
#include "handlers/model/settings.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace countersign::views {

// The form for a new request, with what is known already. `offered`: for what the person may ask. Of several they say
// which it is; else the draft's purpose holds.
boost::json::object request_form(
    const Draft& draft, const Settings& settings, const std::vector<Purpose>& offered = {});

}  // namespace countersign::views
