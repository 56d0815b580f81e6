#include "handlers/commands/password_help.hpp"

#include "handlers/decisions/guards.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/views/help.hpp"
#include "handlers/views/notes.hpp"

namespace countersign {

boost::asio::awaitable<Handled> password_help(const Services& services, slack::SlashCommand command, ReplayMark)
{
    if (!is_served(command.origin, services.settings))
        co_return slack::PrivateReply{slack::Message{views::standing_words(Denial::other_workspace)}};
    const auto who = services.directory.recall(command.actor.id);
    co_return slack::PrivateReply{views::help(who, services.settings)};
}

}  // namespace countersign
