#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace countersign::views {

// A modal without input: it says what became of a form, or why a button did nothing. `words`: escaped mrkdwn.
boost::json::object explanation(std::string_view title, std::string_view words);

}  // namespace countersign::views
