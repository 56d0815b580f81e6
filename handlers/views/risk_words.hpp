#pragma once

#include "handlers/model/request.hpp"

#include <string>
#include <vector>

namespace countersign::views {

// A risk note as a phrase for approvers, in escaped mrkdwn. A code that is not known is shown as it is.
std::string risk_words(const RiskNote& risk);

// All of them as a list, one a line; empty for none.
std::string risk_list(const std::vector<RiskNote>& risk_notes);

}  // namespace countersign::views
