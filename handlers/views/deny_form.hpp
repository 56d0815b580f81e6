#pragma once

#include "handlers/model/request.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace countersign::views {

inline constexpr std::string_view denial_block = "reason";
inline constexpr std::string_view denial_input = "reason/text";  // the entered text, in a submission's values

// The modal in which a decider says why: restates who and what. private_metadata is the request's id.
boost::json::object deny_form(const Request& request);

}  // namespace countersign::views
