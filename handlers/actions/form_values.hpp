#pragma once

#include "handlers/model/draft.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/interaction.hpp"

#include <map>
#include <string>

namespace countersign::actions {

// Faults by block_id, as plain text for the person at the form.
using FieldFaults = std::map<std::string, std::string>;

// The entered values. All but the address are cleaned, so that each is one line.
Draft draft_of(const slack::ViewSubmission& form);

// What is wrong with the fields that both forms have.
FieldFaults faults_of(const Draft& draft, const Settings& settings, bool verification_required);

}  // namespace countersign::actions
