#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/facts.hpp"

#include <string>
#include <vector>

namespace countersign::views {

// What is out of the ordinary about a request that waits: what to look at twice, and what differs from the usual. No
// block where all is as always.
std::vector<slack::Block> unusual_facts(const Request& request, const Settings& settings);

// Whether an administrator's block is back in place; empty: the account had none.
std::string block_words(const Request& request);

// What is known of a request, always in the same order: name, e-mail, connection, how the caller was verified, last
// login, last reset, blocked, tier if there is one; risk notes; case number, asked for by, what is set, why.
std::vector<slack::Block> card_facts(
    const Request& request, const Settings& settings, Visibility sight = Visibility::whole);

}  // namespace countersign::views
