#pragma once

#include "handlers/actions/perform.hpp"
#include "handlers/model/draft.hpp"

// The ways that open the form for a new request. People who may not ask see a modal that says why.
namespace countersign::actions {

// The form, with what is known already.
Verdict open_request_form(const Action& action, const Draft& draft, const Snapshot& seen, const Settings& settings);

// The global shortcut.
boost::asio::awaitable<HandlerResult> ask_by_shortcut(
    const Services& services, slack::Shortcut shortcut, ReplayMark replay);
// The message shortcut: the first address in the message is put into the form.
boost::asio::awaitable<HandlerResult> ask_from_message(
    const Services& services, slack::MessageAction shortcut, ReplayMark replay);
// "New request" in the Home.
boost::asio::awaitable<HandlerResult> ask_from_home(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
