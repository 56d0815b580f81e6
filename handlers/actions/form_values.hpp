#pragma once

#include "handlers/model/draft.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/interaction.hpp"

#include <map>
#include <string>

namespace countersign::actions {

// By block_id; words in plain text for the person at the form.
using FieldFaults = std::map<std::string, std::string>;

// What was entered; all but the address is cleaned, so that every text is one line.
Draft draft_of(const slack::ViewSubmission& form);

// What is wrong with the fields that both forms have.
FieldFaults faults_of(const Draft& draft, const Settings& settings, bool verification_required);

}  // namespace countersign::actions
