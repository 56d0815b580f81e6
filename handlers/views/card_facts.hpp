#pragma once

#include "handlers/requests/request.hpp"
#include "handlers/requests/settings.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/facts.hpp"

#include <vector>

namespace countersign::views {

// What is known of a request, always in the same order: name, e-mail, connection, how the caller was verified, last
// login, last reset, blocked, tier; signals; ticket, asked for by, why.
std::vector<slack::Block> card_facts(const Request& request, const Settings& settings, Sight sight = Sight::whole);

}  // namespace countersign::views
