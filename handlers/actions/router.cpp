#include "handlers/actions/router.hpp"

#include "handlers/actions/answer_questions.hpp"
#include "handlers/actions/ask_by_command.hpp"
#include "handlers/actions/ask_for_link.hpp"
#include "handlers/actions/deny_request.hpp"
#include "handlers/actions/guards.hpp"
#include "handlers/actions/handover_presses.hpp"
#include "handlers/actions/home_tab.hpp"
#include "handlers/actions/password_freeze.hpp"
#include "handlers/actions/password_help.hpp"
#include "handlers/actions/perform.hpp"
#include "handlers/actions/release_freeze.hpp"
#include "handlers/actions/request_presses.hpp"
#include "handlers/actions/shortcuts.hpp"
#include "handlers/actions/submit_request.hpp"
#include "handlers/core/log.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/operation_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::string_view nothing_done = "Nothing was done";

template <class What>
struct Route
{
    std::string_view name;
    asio::awaitable<HandlerResult> (*handler)(const Services&, What, ReplayMark);
};

// A button of which all is said by a pure function.
template <DecidePress decide, int tries_max = decision_tries_max>
asio::awaitable<HandlerResult> press(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    return perform(services, std::move(click), std::move(replay), decide, tries_max);
}

// Each of those who press at the same moment may have to read again after each claim that was stored before theirs.
constexpr int approval_tries_max = decision_tries_max + static_cast<int>(rules::claims_max);

// Those that ask for something have their names in views/operation_words.
constexpr std::array commands = {
    Route<slack::SlashCommand>{"/password-freeze", password_freeze},
    Route<slack::SlashCommand>{"/password-help", password_help},
};

constexpr std::array actions = {
    Route<slack::BlockAction>{approve_action, press<approve, approval_tries_max>},
    Route<slack::BlockAction>{deny_action, press<ask_why_to_deny>},
    Route<slack::BlockAction>{details_action, press<show>},
    Route<slack::BlockAction>{cancel_action, press<cancel>},
    Route<slack::BlockAction>{remind_action, press<remind>},
    Route<slack::BlockAction>{release_action, release_freeze},
    Route<slack::BlockAction>{complete_action, press<open_questions>},
    Route<slack::BlockAction>{new_action, ask_from_home},
    Route<slack::BlockAction>{page_back_action, turn_home_page},
    Route<slack::BlockAction>{page_on_action, turn_home_page},
    Route<slack::BlockAction>{show_action, press<hand_over, handover_tries_max>},
    Route<slack::BlockAction>{spell_action, press<spell>},
    Route<slack::BlockAction>{link_action, ask_for_link},
    Route<slack::BlockAction>{correct_action, press<correct>},
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

const auto& routes_for(const slack::SlashCommand&) { return commands; }
const auto& routes_for(const slack::BlockAction&) { return actions; }
const auto& routes_for(const slack::ViewSubmission&) { return forms; }
const auto& routes_for(const slack::ViewClosed&) { return closed_views; }
const auto& routes_for(const slack::Shortcut&) { return shortcuts; }
const auto& routes_for(const slack::MessageAction&) { return message_shortcuts; }

// By which its handler is found.
const std::string& name_of(const slack::SlashCommand& command) { return command.command; }
const std::string& name_of(const slack::BlockAction& click) { return click.action_id; }
const std::string& name_of(const slack::ViewSubmission& form) { return form.callback_id; }
const std::string& name_of(const slack::ViewClosed& closed) { return closed.callback_id; }
const std::string& name_of(const slack::Shortcut& shortcut) { return shortcut.callback_id; }
const std::string& name_of(const slack::MessageAction& shortcut) { return shortcut.callback_id; }

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
Verdict nothing_known(const Press& press, const Snapshot& seen, const Settings&)
{
    Verdict verdict{seen.now};
    tell(verdict, press, nothing_done, views::unknown_button());
    return verdict;
}

asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::SlashCommand, ReplayMark)
{
    co_return slack::PrivateReply{views::unknown_command()};
}

asio::awaitable<HandlerResult> tell_unknown(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    return perform(services, std::move(click), std::move(replay), nothing_known);
}

asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::ViewSubmission, ReplayMark)
{
    co_return slack::ViewReplaced{views::explanation(nothing_done, views::unknown_form())};
}

// There is nobody to tell: a window was closed.
asio::awaitable<HandlerResult> tell_unknown(const Services&, slack::ViewClosed, ReplayMark)
{
    co_return slack::Acknowledged{};
}

// A shortcut, of a message or not.
template <class Shortcut>
asio::awaitable<HandlerResult> tell_unknown(const Services&, Shortcut shortcut, ReplayMark)
{
    OpenView words{
        shortcut.actor.id, std::move(shortcut.trigger_id), views::explanation(nothing_done, views::unknown_button())};
    co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(words)}};
}

// Each is acknowledged, so that Slack does not send it again; when it does, it is the same event under the same id.
asio::awaitable<HandlerResult> heed_event(const Services& services, slack::AppEvent event, ReplayMark replay)
{
    if (!is_served(event.source, services.settings)) co_return slack::Acknowledged{};
    if (const auto what = news_of(event, services.settings)) services.directory.heed(*what, event.user);
    if (event.type != "app_home_opened") co_return slack::Acknowledged{};
    replay.digest = "event/" + event.event_id;
    auto handled = co_await open_home(services, std::move(event), std::move(replay));
    const auto* rejected = std::get_if<slack::Rejected>(&handled.answer);
    if (rejected != nullptr && rejected->why == Errc::replayed) co_return slack::Acknowledged{};
    co_return handled;
}

asio::awaitable<HandlerResult> confirm(slack::UrlVerification check)
{
    co_return slack::Challenge{std::move(check.challenge)};
}

struct Router
{
    const Services& services;
    ReplayMark replay;

    template <class What>
    asio::awaitable<HandlerResult> operator()(What& what)
    {
        return by_name(what);
    }
    asio::awaitable<HandlerResult> operator()(slack::SlashCommand& command)
    {
        if (const auto purpose = views::purpose_of_command(command.command))
            return ask_by_command(services, std::move(command), std::move(replay), *purpose);
        return by_name(command);
    }
    asio::awaitable<HandlerResult> operator()(slack::AppEvent& event)
    {
        return heed_event(services, std::move(event), std::move(replay));
    }
    asio::awaitable<HandlerResult> operator()(slack::UrlVerification& check) { return confirm(std::move(check)); }

    template <class What>
    asio::awaitable<HandlerResult> by_name(What& what)
    {
        const std::string& name = name_of(what);
        for (const auto& route : routes_for(what))
            if (route.name == name) return route.handler(services, std::move(what), std::move(replay));
        log::info("interaction_unknown", {{"user", what.actor.id}, {"what", name}});
        return tell_unknown(services, std::move(what), std::move(replay));
    }
};

}  // namespace

asio::awaitable<HandlerResult> route(const Services& services, slack::Interaction interaction, ReplayMark replay)
{
    return std::visit(Router{services, std::move(replay)}, interaction);
}

}  // namespace countersign::actions
