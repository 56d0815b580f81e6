#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace standins::auth0 {

// The text under this key; empty when there is none.
std::string text_at(const boost::json::object& object, std::string_view key);
// Whether `true` stands under this key.
bool flag_at(const boost::json::object& object, std::string_view key);

}  // namespace standins::auth0
