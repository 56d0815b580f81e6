#include "handlers/actions/identify.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/actions/router.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/text.hpp"
#include "handlers/effects/follow_up.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/one_moment.hpp"

#include <algorithm>
#include <array>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// Whose answer is a window, for whoever may do it. handover.show has a window of its own, and asks Slack itself.
constexpr std::array window_actions = {details_action, deny_action, complete_action,
                                       new_action,     link_action, correct_action};

// Of an interaction with an author; nullptr for the others.
slack::Actor* actor_of(slack::Interaction& interaction)
{
    return std::visit(
        [](auto& value) -> slack::Actor* {
            if constexpr (requires { value.actor; })
                return &value.actor;
            else
                return nullptr;
        },
        interaction);
}

const slack::Origin* origin_of(const slack::Interaction& interaction)
{
    return std::visit(
        [](const auto& value) -> const slack::Origin* {
            if constexpr (requires { value.origin; })
                return &value.origin;
            else
                return nullptr;
        },
        interaction);
}

// The trigger of an interaction whose answer is a window; nullptr when it is none.
const Secret* window_trigger(const slack::Interaction& interaction)
{
    if (const auto* shortcut = std::get_if<slack::Shortcut>(&interaction)) return &shortcut->trigger_id;
    if (const auto* shortcut = std::get_if<slack::MessageAction>(&interaction)) return &shortcut->trigger_id;
    if (const auto* click = std::get_if<slack::BlockAction>(&interaction))
    {
        const bool opens =
            std::find(window_actions.begin(), window_actions.end(), click->action_id) != window_actions.end();
        return opens ? &click->trigger_id : nullptr;
    }
    const auto* command = std::get_if<slack::SlashCommand>(&interaction);
    const bool opens_form = command != nullptr && clean_line(command->text).empty() &&
        (command->command == "/reset-password" || command->command == "/create-password");
    return opens_form ? &command->trigger_id : nullptr;
}

bool is_click_on(const slack::Interaction& interaction, std::string_view action)
{
    const auto* click = std::get_if<slack::BlockAction>(&interaction);
    return click != nullptr && click->action_id == action;
}

bool asks_by_itself(const slack::Interaction& interaction) { return is_click_on(interaction, show_action); }

// It is stored at once, whoever presses: whether it counts is found out afterwards.
bool is_stored_first(const slack::Interaction& interaction) { return is_click_on(interaction, approve_action); }

FallbackTarget back_to(const slack::Interaction& interaction)
{
    FallbackTarget back;
    if (const auto* click = std::get_if<slack::BlockAction>(&interaction)) return fallback(*click);
    if (const auto* command = std::get_if<slack::SlashCommand>(&interaction))
    {
        back.channel = command->channel;
        back.response_url.emplace(command->response_url.expose());
    }
    if (const auto* shortcut = std::get_if<slack::MessageAction>(&interaction))
    {
        back.channel = shortcut->channel;
        back.response_url.emplace(shortcut->response_url.expose());
    }
    return back;
}

void take_identity(const Services& services, slack::Interaction& interaction)
{
    if (slack::Actor* actor = actor_of(interaction)) actor->id = services.directory.identity(actor->id);
    if (auto* event = std::get_if<slack::AppEvent>(&interaction); event != nullptr && event->user)
        event->user = services.directory.identity(*event->user);
}

// The first field of a form that stays as it is.
std::string field_of(const slack::ViewSubmission& form)
{
    if (form.callback_id == deny_form) return std::string{views::denial_block};
    if (form.callback_id == request_form) return std::string{views::email_field};
    const std::string first = form.values.empty() ? std::string{} : form.values.begin()->first;
    return first.substr(0, first.find('/'));
}

HandlerResult form_stays(const slack::ViewSubmission& form)
{
    std::map<std::string, std::string> errors;
    const std::string field = field_of(form);
    // A form without a field has lost nothing that was typed.
    if (field.empty()) return slack::ViewReplaced{views::nothing_done(views::never_told())};
    errors.emplace(field, views::form_waits());
    return slack::FieldErrors{std::move(errors)};
}

// A copy of what waits is refused as a copy of what is done. What is done later has a mark of its own.
asio::awaitable<HandlerResult> put_off(
    const Services& services, slack::Interaction interaction, ReplayMark replay, bool in_window)
{
    Transaction nothing{services.clock.now()};
    nothing.replay = replay;
    const Attempt kept = co_await attempt(services, std::move(nothing));
    if (kept != Attempt::done) co_return rejection(kept);
    replay.digest = "later/" + replay.digest;
    const bool is_command = !in_window && std::holds_alternative<slack::SlashCommand>(interaction);
    slack::Answer answer = slack::Acknowledged{};
    if (is_command) answer = slack::PrivateReply{views::command_waits()};
    GoOn later{std::move(interaction), std::move(replay), in_window};
    co_return HandlerResult{std::move(answer), FollowUp{std::move(later)}};
}

// --- afterwards

// Where the answer goes.
struct Waiter
{
    Waiter(SlackUserId user_, FallbackTarget back_) : user{std::move(user_)}, back{std::move(back_)} {}

    SlackUserId user;
    FallbackTarget back;
    std::string view;  // external_id of the window; empty: there is none
};

asio::awaitable<void> fill(const Services& services, std::string view_id, boost::json::object view)
{
    const auto updated = co_await services.slack.update_view(std::move(view_id), std::move(view));
    // Closed by the person, as a rule.
    if (!updated) log::info("window_not_filled", {{"reason", updated.error().reason}});
}

asio::awaitable<void> end(const Services& services, Waiter waiter, std::string words)
{
    if (!waiter.view.empty())
    {
        boost::json::object view = views::nothing_done(words);
        co_return co_await fill(services, std::move(waiter.view), std::move(view));
    }
    co_await effects::tell(services, std::move(waiter.user), std::move(waiter.back), std::move(words));
}

asio::awaitable<void> reply(const Services& services, Waiter waiter, slack::Message message)
{
    if (!waiter.view.empty())
    {
        boost::json::object view = views::explanation("Countersign", message.text);
        co_return co_await fill(services, std::move(waiter.view), std::move(view));
    }
    std::string words = message.text;
    if (waiter.back.response_url)
    {
        Secret url{waiter.back.response_url->expose()};
        const auto said = co_await services.slack.respond(std::move(url), std::move(message), /*replace=*/true);
        if (said) co_return;
    }
    co_await effects::tell(services, std::move(waiter.user), std::move(waiter.back), std::move(words));
}

asio::awaitable<void> deliver(const Services& services, Waiter waiter, HandlerResult handled)
{
    if (const auto* rejected = std::get_if<slack::Rejected>(&handled.answer))
    {
        if (rejected->why == Errc::replayed) co_return;
        std::string words = views::not_stored();
        co_return co_await end(services, std::move(waiter), std::move(words));
    }
    if (auto* said = std::get_if<slack::PrivateReply>(&handled.answer))
        co_return co_await reply(services, std::move(waiter), std::move(said->message));
    if (auto* replaced = std::get_if<slack::ViewReplaced>(&handled.answer); replaced && !waiter.view.empty())
        co_return co_await fill(services, std::move(waiter.view), std::move(replaced->view));
    if (auto* there = handled.then ? std::get_if<ReplaceView>(&*handled.then) : nullptr)
    {
        // The window that says to wait stands in front of the one in which it was pressed.
        if (!waiter.view.empty()) there->external_id = waiter.view;
        co_return co_await effects::follow_up(services, std::move(*handled.then));
    }
    OpenView* window = handled.then ? std::get_if<OpenView>(&*handled.then) : nullptr;
    if (window != nullptr && !waiter.view.empty())
        co_return co_await fill(services, std::move(waiter.view), std::move(window->view));
    // The trigger is spent by now.
    if (window != nullptr) co_return co_await effects::drop_follow_up(services, std::move(*handled.then));
    if (waiter.view.empty()) co_return;
    boost::json::object view = views::said_in_note();
    co_await fill(services, std::move(waiter.view), std::move(view));
}

// Whether there may be a window now.
asio::awaitable<bool> open_window(const Services& services, Secret trigger, std::string view_id)
{
    boost::json::object view = views::one_moment(view_id);
    const auto opened = co_await services.slack.open_view(std::move(trigger), std::move(view));
    if (!opened) log::warn("view_not_opened", {{"reason", opened.error().reason}});
    co_return opened || opened.error().code == Errc::answer_lost;
}

}  // namespace

asio::awaitable<HandlerResult> receive(const Services& services, slack::Interaction interaction, ReplayMark replay)
{
    slack::Actor* actor = actor_of(interaction);
    const slack::Origin* origin = origin_of(interaction);
    const bool is_checked = actor != nullptr && origin != nullptr && is_served(*origin, services.settings);
    if (!is_checked || asks_by_itself(interaction))
    {
        take_identity(services, interaction);
        co_return co_await route(services, std::move(interaction), std::move(replay));
    }
    const bool in_window = window_trigger(interaction) != nullptr;
    const bool is_stored = is_stored_first(interaction);
    const Milliseconds patience = in_window || is_stored ? Milliseconds{0} : Milliseconds{asked_before_answer};
    const auto known = co_await services.directory.learn(actor->id, origin->enterprise.has_value(), patience);
    if (known || is_stored)
    {
        take_identity(services, interaction);
        co_return co_await route(services, std::move(interaction), std::move(replay));
    }
    log::info("press_waits", {{"user", actor->id}, {"reason", known.error().reason}});
    if (const auto* form = std::get_if<slack::ViewSubmission>(&interaction)) co_return form_stays(*form);
    co_return co_await put_off(services, std::move(interaction), std::move(replay), in_window);
}

asio::awaitable<void> go_on(const Services& services, GoOn waiting)
{
    const SlackUserId user = actor_of(waiting.interaction)->id;
    const bool in_organization = origin_of(waiting.interaction)->enterprise.has_value();
    Waiter waiter{user, back_to(waiting.interaction)};
    if (waiting.in_window)
    {
        waiter.view = "moment-" + rules::new_request_id(services.random).str();
        Secret trigger{window_trigger(waiting.interaction)->expose()};
        const bool may_be_open = co_await open_window(services, std::move(trigger), waiter.view);
        if (!may_be_open)
        {
            std::string words = views::window_not_opened(true);
            co_return co_await effects::tell(services, user, std::move(waiter.back), std::move(words));
        }
    }
    const Milliseconds patience = waiting.in_window ? Milliseconds{asked_in_window} : Milliseconds{asked_afterwards};
    auto asking = services.directory.learn(user, in_organization, patience);
    const auto known = co_await unless_interrupted(std::move(asking));
    if (!known || !*known)
    {
        const std::string reason = known ? known->error().reason : "stopping";
        log::warn("press_never_served", {{"user", user}, {"reason", reason}});
        std::string words = known ? views::never_told() : views::restarting();
        co_return co_await end(services, std::move(waiter), std::move(words));
    }
    take_identity(services, waiting.interaction);
    auto handled = co_await route(services, std::move(waiting.interaction), std::move(waiting.replay));
    co_await deliver(services, std::move(waiter), std::move(handled));
}

asio::awaitable<void> turn_down(const Services& services, GoOn waiting)
{
    const SlackUserId user = actor_of(waiting.interaction)->id;
    log::warn("press_turned_down", {{"user", user}});
    FallbackTarget back = back_to(waiting.interaction);
    std::string words = views::too_many_wait();
    co_await effects::tell(services, user, std::move(back), std::move(words));
}

}  // namespace countersign::actions
