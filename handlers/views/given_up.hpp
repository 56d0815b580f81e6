#pragma once

#include "handlers/model/request.hpp"
#include "handlers/slack/message.hpp"

#include <string_view>
#include <vector>

namespace countersign::views {

// What people read of a kind of job that was given up: "`what` for request ... `end`"
struct GivenUp
{
    std::string_view what = "a step that follows the request";
    std::string_view end = "could not be delivered.";
};

// One message about all of a request's jobs that were given up within a short time. In the audit channel the address
// is masked.
slack::Message trouble(const Request& request, const std::vector<GivenUp>& jobs, bool in_audit_channel);

}  // namespace countersign::views
