#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <boost/json/object.hpp>

// The modal of a request between its forms; found by its external_id, which is the request's id.
namespace countersign::views {

// While the account is looked up. What is in it is replaced once that is done.
boost::json::object waiting_view(const Request& request);

// What became of the look-up, when nothing is to be entered: approvers are asked, or why they are not.
boost::json::object result_view(const Request& request, const Settings& settings);

}  // namespace countersign::views
