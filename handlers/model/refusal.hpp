#pragma once

#include "handlers/core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace countersign {

// Why nothing is done, or nothing goes on. What somebody may not do at all is a rules::Denial, of which this is made.
struct Refusal
{
    Refusal(std::string_view code_, std::string words_) : code{code_}, words{std::move(words_)} {}

    std::string code;                   // for the audit row, and as a request's ending: "frozen", "limit_person", ...
    std::string words;                  // for the person: escaped mrkdwn, whole sentences
    std::optional<TimePoint> again_at;  // when it may be tried again, where that is known
};

}  // namespace countersign
