#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/slack/message.hpp"
#include "handlers/views/facts.hpp"

#include <optional>
#include <string>

namespace countersign::views {

// Whether the approvers are mentioned, so that Slack tells them.
enum class Audience
{
    present,  // no mention: for readers of the channel
    called,   // as the card is posted, while it waits
};

// The card in the approvals channel, for any state from pending on: who asks, whose account, why, and only what is out
// of the ordinary; once decided, the outcome. Has buttons to decide while it is pending, to approve only while nothing
// is frozen, and for details always.
slack::Message card(
    const Request& request, const Settings& settings, const std::optional<Freeze>& freeze = {},
    Audience audience = Audience::present);

// Two lines: the state as a word and what it means; whom it is about, and who asked.
std::string card_headline(const Request& request, Visibility sight = Visibility::whole);

}  // namespace countersign::views
