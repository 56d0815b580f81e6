#include "handlers/router.hpp"

#include "handlers/commands/reset_password.hpp"
#include "handlers/core/log.hpp"
#include "handlers/decisions/decide_request.hpp"
#include "handlers/handover/presses.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/notes.hpp"

#include <array>

namespace countersign {

namespace asio = boost::asio;

namespace {

template <class What>
struct Route
{
    std::string_view name;
    asio::awaitable<Handled> (*handler)(const Services&, What, ReplayMark);
};

constexpr std::array commands = {
    Route<slack::SlashCommand>{"/reset-password", reset_password},
};

constexpr std::array actions = {
    Route<slack::BlockAction>{approve_action, decide_request},
    Route<slack::BlockAction>{deny_action, decide_request},
    Route<slack::BlockAction>{show_action, show_password},
    Route<slack::BlockAction>{spell_action, spell_password},
};

constexpr std::array closed_views = {
    Route<slack::ViewClosed>{handover_view, close_password},
};

template <class Routes>
const typename Routes::value_type* find(const Routes& routes, std::string_view name)
{
    for (const auto& route : routes)
        if (route.name == name) return &route;
    return nullptr;
}

// A button or form of another version, or one that only opens a link: acknowledged, nothing else.
slack::Acknowledged ignore(const slack::Actor& actor, std::string_view what)
{
    log::info("interaction_ignored", {{"user", actor.id}, {"what", what}});
    return {};
}

asio::awaitable<Handled> route_command(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    if (const auto* route = find(commands, command.command))
        co_return co_await route->handler(services, std::move(command), std::move(replay));
    log::warn("command_unknown", {{"user", command.actor.id}});
    co_return slack::PrivateReply{views::unknown_command()};
}

asio::awaitable<Handled> route_action(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    if (const auto* route = find(actions, click.action_id))
        co_return co_await route->handler(services, std::move(click), std::move(replay));
    co_return ignore(click.actor, "action");
}

asio::awaitable<Handled> route_closed(const Services& services, slack::ViewClosed closed, ReplayMark replay)
{
    if (const auto* route = find(closed_views, closed.callback_id))
        co_return co_await route->handler(services, std::move(closed), std::move(replay));
    co_return ignore(closed.actor, "closed_view");
}

}  // namespace

asio::awaitable<Handled> route(const Services& services, slack::Interaction interaction, ReplayMark replay)
{
    if (auto* command = std::get_if<slack::SlashCommand>(&interaction))
        co_return co_await route_command(services, std::move(*command), std::move(replay));
    if (auto* click = std::get_if<slack::BlockAction>(&interaction))
        co_return co_await route_action(services, std::move(*click), std::move(replay));
    if (auto* closed = std::get_if<slack::ViewClosed>(&interaction))
        co_return co_await route_closed(services, std::move(*closed), std::move(replay));
    if (auto* check = std::get_if<slack::UrlVerification>(&interaction))
        co_return slack::Challenge{std::move(check->challenge)};
    // Shortcuts, views and events that nothing is built upon: acknowledged, so that Slack does not send them again.
    co_return slack::Acknowledged{};
}

}  // namespace countersign
