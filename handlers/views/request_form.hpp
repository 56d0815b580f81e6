#pragma once

#include "handlers/model/draft.hpp"
#include "handlers/model/settings.hpp"

#include <boost/json/object.hpp>

namespace countersign::views {

// The form for a new request, with what is known already. `offers_purpose`: the person may ask for a first password
// too, and says which it is; else the draft's purpose holds.
boost::json::object request_form(const Draft& draft, const Settings& settings, bool offers_purpose = false);

}  // namespace countersign::views
