#pragma once

#include "handlers/model/request.hpp"

#include <string>
#include <string_view>

namespace countersign::views {

// The word for a state, the same wherever people see it.
std::string_view state_word(State state) noexcept;

// Why a request was refused, failed or stayed unknown, as a whole sentence, and what to do next. `ending` is a code:
// ours or a service's; an unknown one gets the general sentence. Never shows text from outside.
std::string_view ending_words(std::string_view ending) noexcept;

// Whether ending_words() knows this code.
bool has_words(std::string_view ending) noexcept;

}  // namespace countersign::views
