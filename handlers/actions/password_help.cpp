#include "handlers/actions/password_help.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/help.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

boost::asio::awaitable<HandlerResult> password_help(const Services& services, slack::SlashCommand command, ReplayMark)
{
    if (!is_served(command.origin, services.settings))
        co_return slack::PrivateReply{slack::Message{views::standing_words(rules::Denial::other_workspace)}};
    const auto who = services.directory.cached(command.actor.id);
    co_return slack::PrivateReply{views::help(who, services.settings)};
}

}  // namespace countersign::actions
