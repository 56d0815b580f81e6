#pragma once

#include "handlers/model/state.hpp"

#include <string_view>

namespace countersign::views {

// The word for a state, the same wherever people see it.
std::string_view state_word(State state) noexcept;

}  // namespace countersign::views
