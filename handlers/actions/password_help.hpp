#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/ports/services.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign::actions {

// `/password-help`: what Countersign does and what the person may do. For everybody in a workspace that is served.
slack::Message help(const Action& action, const Result<Member>& who, const Settings& settings);

// Stores nothing, and reads nothing from the store.
boost::asio::awaitable<HandlerResult> password_help(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign::actions
