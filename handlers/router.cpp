#include "handlers/router.hpp"

#include "handlers/commands/reset_password.hpp"
#include "handlers/core/log.hpp"
#include "handlers/decisions/decide_request.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/notes.hpp"

#include <array>

namespace countersign {

namespace asio = boost::asio;

namespace {

struct CommandRoute
{
    std::string_view command;
    asio::awaitable<slack::Answer> (*handler)(const Services&, slack::SlashCommand, ReplayMark);
};

struct ActionRoute
{
    std::string_view action;
    asio::awaitable<slack::Answer> (*handler)(const Services&, slack::BlockAction, ReplayMark);
};

constexpr std::array commands = {CommandRoute{"/reset-password", reset_password}};

constexpr std::array actions = {
    ActionRoute{approve_action, decide_request},
    ActionRoute{deny_action, decide_request},
};

asio::awaitable<slack::Answer> route_command(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    for (const CommandRoute& route : commands)
        if (route.command == command.command)
            co_return co_await route.handler(services, std::move(command), std::move(replay));
    log::warn("command_unknown", {{"user", command.actor.id}});
    co_return slack::PrivateReply{views::unknown_command()};
}

asio::awaitable<slack::Answer> route_action(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    for (const ActionRoute& route : actions)
        if (route.action == click.action_id)
            co_return co_await route.handler(services, std::move(click), std::move(replay));
    // A button of another version, or one that only opens a link: acknowledged, nothing else.
    log::info("action_ignored", {{"user", click.actor.id}});
    co_return slack::Acknowledged{};
}

}  // namespace

asio::awaitable<slack::Answer> route(const Services& services, slack::Interaction interaction, ReplayMark replay)
{
    if (auto* command = std::get_if<slack::SlashCommand>(&interaction))
        co_return co_await route_command(services, std::move(*command), std::move(replay));
    if (auto* click = std::get_if<slack::BlockAction>(&interaction))
        co_return co_await route_action(services, std::move(*click), std::move(replay));
    if (auto* check = std::get_if<slack::UrlVerification>(&interaction))
        co_return slack::Challenge{std::move(check->challenge)};
    // Shortcuts, views and events that nothing is built upon: acknowledged, so that Slack does not send them again.
    co_return slack::Acknowledged{};
}

}  // namespace countersign
