#pragma once

#include "handlers/actions/perform.hpp"

#include <string>
#include <utility>

namespace countersign::actions {

// A command that asks for something, as plain data.
struct AskCommand : Action
{
    AskCommand(Action action, Purpose purpose_, std::string text_, RequestId id_, ChannelId channel_, Sealed line_url_)
        : Action{std::move(action)},
          purpose{purpose_},
          text{std::move(text_)},
          id{std::move(id_)},
          channel{std::move(channel_)},
          line_url{std::move(line_url_)}
    {}

    Purpose purpose;
    std::string text;
    RequestId id;  // of the request that may come of it
    ChannelId channel;
    Sealed line_url;  // response_url, sealed for the private line of that request
};

// `/reset-password [EMAIL [reason]]`, or the command of another purpose: stores the request and answers with a private
// "looking up" line, in one commit. Without an address it opens the form. If a demanded value is missing, the request
// is stored and a modal opens at once, which shows the form with what was typed once the account is looked up. Where an
// account may be created, the names of its owner stand in the place of the reason.
Verdict ask(const AskCommand& command, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> ask_by_command(
    const Services& services, slack::SlashCommand command, ReplayMark replay, Purpose purpose);

}  // namespace countersign::actions
