#include "handlers/actions/password_help.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/help.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

slack::Message help(const Action& action, const Result<Member>& who, const Settings& settings)
{
    if (!is_served(action.source, settings))
        return slack::Message{views::standing_words(rules::Denial::other_workspace)};
    return views::help(who, settings);
}

boost::asio::awaitable<HandlerResult> password_help(const Services& services, slack::SlashCommand command, ReplayMark)
{
    const auto who = services.directory.cached(command.actor.id);
    co_return slack::PrivateReply{help(action_of(command), who, services.settings)};
}

}  // namespace countersign::actions
