#pragma once

#include <string_view>

namespace countersign {

// The action ids of a card's buttons; their value is the request's id and nothing else.
inline constexpr std::string_view approve_action = "request.approve";
inline constexpr std::string_view deny_action = "request.deny";

}  // namespace countersign
