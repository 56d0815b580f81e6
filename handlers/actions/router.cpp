#include "handlers/actions/router.hpp"

#include "handlers/actions/answer_questions.hpp"
#include "handlers/actions/approve_request.hpp"
#include "handlers/actions/ask_for_link.hpp"
#include "handlers/actions/ask_for_password.hpp"
#include "handlers/actions/cancel_request.hpp"
#include "handlers/actions/correct_request.hpp"
#include "handlers/actions/deny_request.hpp"
#include "handlers/actions/guards.hpp"
#include "handlers/actions/handover_presses.hpp"
#include "handlers/actions/home_tab.hpp"
#include "handlers/actions/password_freeze.hpp"
#include "handlers/actions/password_help.hpp"
#include "handlers/actions/release_freeze.hpp"
#include "handlers/actions/remind_approvers.hpp"
#include "handlers/actions/shortcuts.hpp"
#include "handlers/actions/show_details.hpp"
#include "handlers/actions/submit_request.hpp"
#include "handlers/core/log.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

template <class What>
struct Route
{
    std::string_view name;
    asio::awaitable<HandlerResult> (*handler)(const Services&, What, ReplayMark);
};

constexpr std::array commands = {
    Route<slack::SlashCommand>{"/reset-password", reset_password},
    Route<slack::SlashCommand>{"/create-password", create_password},
    Route<slack::SlashCommand>{"/password-freeze", password_freeze},
    Route<slack::SlashCommand>{"/password-help", password_help},
};

constexpr std::array actions = {
    Route<slack::BlockAction>{approve_action, approve_request},
    Route<slack::BlockAction>{deny_action, open_deny_form},
    Route<slack::BlockAction>{details_action, show_details},
    Route<slack::BlockAction>{cancel_action, cancel_request},
    Route<slack::BlockAction>{remind_action, remind_approvers},
    Route<slack::BlockAction>{release_action, release_freeze},
    Route<slack::BlockAction>{complete_action, open_choice},
    Route<slack::BlockAction>{new_action, ask_from_home},
    Route<slack::BlockAction>{page_back_action, turn_home_page},
    Route<slack::BlockAction>{page_on_action, turn_home_page},
    Route<slack::BlockAction>{show_action, show_password},
    Route<slack::BlockAction>{spell_action, spell_password},
    Route<slack::BlockAction>{link_action, ask_for_link},
    Route<slack::BlockAction>{correct_action, correct_request},
};

constexpr std::array forms = {
    Route<slack::ViewSubmission>{deny_form, deny_request},
    Route<slack::ViewSubmission>{request_form, submit_request},
    Route<slack::ViewSubmission>{choose_form, submit_choice},
    Route<slack::ViewSubmission>{handover_view, close_password},
};

constexpr std::array closed_views = {
    Route<slack::ViewClosed>{choose_form, close_choice},
    Route<slack::ViewClosed>{handover_view, leave_password},
};

constexpr std::array shortcuts = {
    Route<slack::Shortcut>{global_shortcut, ask_by_shortcut},
};

constexpr std::array message_shortcuts = {
    Route<slack::MessageAction>{message_shortcut, ask_from_message},
};

template <class Routes>
const typename Routes::value_type* find(const Routes& routes, std::string_view name)
{
    for (const auto& route : routes)
        if (route.name == name) return &route;
    return nullptr;
}

// What Slack tells by itself, and what is made of it. Slack tells everything once at least.
constexpr std::array news = {
    std::pair{std::string_view{"subteam_members_changed"}, DirectoryNews::groups_changed},
    std::pair{std::string_view{"subteam_updated"}, DirectoryNews::groups_changed},
    std::pair{std::string_view{"user_change"}, DirectoryNews::person_changed},
    std::pair{std::string_view{"app_uninstalled"}, DirectoryNews::access_lost},
    std::pair{std::string_view{"tokens_revoked"}, DirectoryNews::access_lost},
};

// What Slack tells of a channel. Of the approvals channel it means that who can decide there is read again: the
// channel, and the groups with it.
constexpr std::array<std::string_view, 6> channel_news = {"channel_archive",  "channel_left",  "channel_shared",
                                                          "channel_unshared", "group_archive", "group_left"};

std::optional<DirectoryNews> news_of(const slack::AppEvent& event, const Settings& settings)
{
    for (const auto& [type, what] : news)
        if (event.type == type) return what;
    const bool is_of_channel = std::find(channel_news.begin(), channel_news.end(), event.type) != channel_news.end();
    if (is_of_channel && event.channel == settings.approvals) return DirectoryNews::groups_changed;
    return std::nullopt;
}

// Of another version of this program: nothing is done, and the person is told.
asio::awaitable<HandlerResult> tell_unknown(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Transaction change{services.clock.now()};
    add_note(change, services, click, views::unknown_button());
    change.replay.emplace(std::move(replay));
    const Attempt kept = co_await attempt(services, std::move(change));
    if (kept != Attempt::done) co_return rejection(kept);
    co_return acknowledge(click, "Nothing was done", views::unknown_button());
}

asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::ViewSubmission, ReplayMark)
{
    co_return slack::ViewReplaced{views::explanation("Nothing was done", views::unknown_form())};
}

// There is nobody to tell: a window was closed.
asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::ViewClosed, ReplayMark)
{
    co_return slack::Acknowledged{};
}

asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::Shortcut shortcut, ReplayMark)
{
    OpenView words{
        shortcut.actor.id, std::move(shortcut.trigger_id),
        views::explanation("Nothing was done", views::unknown_button())};
    co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(words)}};
}

asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::MessageAction shortcut, ReplayMark)
{
    OpenView words{
        shortcut.actor.id, std::move(shortcut.trigger_id),
        views::explanation("Nothing was done", views::unknown_button())};
    co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(words)}};
}

asio::awaitable<HandlerResult> route_command(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    if (const auto* route = find(commands, command.command))
        co_return co_await route->handler(services, std::move(command), std::move(replay));
    log::warn("command_unknown", {{"user", command.actor.id}});
    co_return slack::PrivateReply{views::unknown_command()};
}

template <class What, class Routes>
asio::awaitable<HandlerResult> dispatch(
    const Services& services, const Routes& routes, std::string name, What what, ReplayMark replay)
{
    if (const auto* route = find(routes, name))
        co_return co_await route->handler(services, std::move(what), std::move(replay));
    log::info("interaction_unknown", {{"user", what.actor.id}, {"what", name}});
    co_return co_await tell_unknown(services, std::move(what), std::move(replay));
}

// Each is acknowledged, so that Slack does not send it again; when it does, it is the same event under the same id.
asio::awaitable<HandlerResult> route_event(const Services& services, slack::AppEvent event, ReplayMark replay)
{
    if (!is_served(event.origin, services.settings)) co_return slack::Acknowledged{};
    if (const auto what = news_of(event, services.settings)) services.directory.heed(*what, event.user);
    if (event.type != "app_home_opened") co_return slack::Acknowledged{};
    replay.digest = "event/" + event.event_id;
    auto handled = co_await open_home(services, std::move(event), std::move(replay));
    const auto* rejected = std::get_if<slack::Rejected>(&handled.answer);
    if (rejected != nullptr && rejected->why == Errc::replayed) co_return slack::Acknowledged{};
    co_return handled;
}

}  // namespace

asio::awaitable<HandlerResult> route(const Services& services, slack::Interaction interaction, ReplayMark replay)
{
    if (auto* command = std::get_if<slack::SlashCommand>(&interaction))
        co_return co_await route_command(services, std::move(*command), std::move(replay));
    if (auto* click = std::get_if<slack::BlockAction>(&interaction))
    {
        std::string name = click->action_id;
        co_return co_await dispatch(services, actions, std::move(name), std::move(*click), std::move(replay));
    }
    if (auto* form = std::get_if<slack::ViewSubmission>(&interaction))
    {
        std::string name = form->callback_id;
        co_return co_await dispatch(services, forms, std::move(name), std::move(*form), std::move(replay));
    }
    if (auto* closed = std::get_if<slack::ViewClosed>(&interaction))
    {
        std::string name = closed->callback_id;
        co_return co_await dispatch(services, closed_views, std::move(name), std::move(*closed), std::move(replay));
    }
    if (auto* shortcut = std::get_if<slack::Shortcut>(&interaction))
    {
        std::string name = shortcut->callback_id;
        co_return co_await dispatch(services, shortcuts, std::move(name), std::move(*shortcut), std::move(replay));
    }
    if (auto* shortcut = std::get_if<slack::MessageAction>(&interaction))
    {
        std::string name = shortcut->callback_id;
        co_return co_await dispatch(
            services, message_shortcuts, std::move(name), std::move(*shortcut), std::move(replay));
    }
    if (auto* check = std::get_if<slack::UrlVerification>(&interaction))
        co_return slack::Challenge{std::move(check->challenge)};
    if (auto* event = std::get_if<slack::AppEvent>(&interaction))
        co_return co_await route_event(services, std::move(*event), std::move(replay));
    co_return slack::Acknowledged{};
}

}  // namespace countersign::actions
