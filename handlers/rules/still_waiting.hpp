#pragma once

#include "handlers/rules/job_decision.hpp"

#include <optional>

namespace countersign::rules {

// Since when the request waits for Auth0; nullopt: it does not, at this moment.
std::optional<TimePoint> waits_since(const Request& request, TimePoint now);

// Has the card and the private line say that Auth0 keeps people waiting, if it does for half a minute by now. A change
// that a freeze holds says so itself.
JobDecision still_waiting(const Request& request, bool is_frozen, TimePoint now);

}  // namespace countersign::rules
