#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace countersign::views {

// What a request that is `choosing` wants to know: which account, the names, what is missing. With what is known.
boost::json::object choose_form(const Request& request, const Settings& settings);

// An account that can be chosen is named by its place among the candidates and its connection's place in it: "2.0".
std::string choice_value(std::size_t candidate, std::size_t connection);
std::optional<Choice> choice_of(const Request& request, std::string_view value);

// Why the password of this account cannot be changed by such a request; nullopt: it can.
std::optional<std::string_view> not_to_be_chosen(const Account& account, Purpose purpose);

}  // namespace countersign::views
