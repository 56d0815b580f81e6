#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace countersign::views {

// What a request that is `choosing` wants to know: which account, the names, what is missing. With what is known.
boost::json::object choose_form(const Request& request, const Settings& settings);

// The account that a value of its options stands for; nullopt: none of them.
std::optional<Choice> choice_of(const Request& request, std::string_view value);

}  // namespace countersign::views
