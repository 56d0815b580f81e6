#pragma once

#include "handlers/model/ending.hpp"

#include <string_view>

namespace countersign::views {

// Why a request was refused, failed or stayed unknown, as whole sentences, and what to do next. One that is not listed
// gets the general sentence: text from outside is never shown.
std::string_view ending_words(Ending ending) noexcept;

}  // namespace countersign::views
