#pragma once

#include "handlers/model/freeze.hpp"
#include "handlers/model/refusal.hpp"
#include "handlers/rules/limits.hpp"

#include <string>

// Why nothing goes on at the moment, and how or when that ends. Escaped mrkdwn, whole sentences.
namespace countersign::views {

// Who froze, since when, why, and who has released it so far.
std::string frozen(const Freeze& freeze);
Refusal frozen_refusal(const Freeze& freeze);

Refusal limit_refusal(const rules::ReachedLimit& limit);

}  // namespace countersign::views
