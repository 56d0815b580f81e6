#pragma once

#include <boost/json/object.hpp>

namespace demo::page {

// {"surface":"message|modal|home","blocks":[...]} or {"view":{...}}: what Slack would make of it. {"ok":true,"blocks"}
// with the ids that it fills in, or {"ok":false,"errors":[...]} in Slack's words. Throws Refused 400 for a body of
// another form.
boost::json::object preview(const boost::json::object& what);

}  // namespace demo::page
