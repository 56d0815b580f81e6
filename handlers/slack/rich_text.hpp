#pragma once

#include "handlers/slack/block_kit.hpp"

#include <string_view>

namespace countersign::slack {

// Text in a typewriter's letters, shown exactly as it is: no markup, no mentions, no links. Counts 1 to 3,000 units.
Block preformatted(std::string_view text, std::string_view block_id);

}  // namespace countersign::slack
