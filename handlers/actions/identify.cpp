#include "handlers/actions/identify.hpp"

#include "handlers/actions/perform.hpp"
#include "handlers/actions/router.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/follow_up.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/one_moment.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

void take_identity(const Services& services, slack::Interaction& interaction)
{
    if (slack::Actor* actor = actor_of(interaction)) actor->id = services.directory.identity(actor->id);
    if (auto* event = std::get_if<slack::AppEvent>(&interaction); event != nullptr && event->user)
        event->user = services.directory.identity(*event->user);
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
    switch (delivery_of(handled, !waiter.view.empty()))
    {
    case Delivery::none: co_return;
    case Delivery::not_stored:
    {
        std::string words = views::not_stored();
        co_return co_await end(services, std::move(waiter), std::move(words));
    }
    case Delivery::reply:
        co_return co_await reply(services, std::move(waiter), std::get<slack::PrivateReply>(handled.answer).message);
    case Delivery::replaced_view:
        co_return co_await fill(
            services, std::move(waiter.view), std::move(std::get<slack::ViewReplaced>(handled.answer).view));
    case Delivery::opened_view:
        co_return co_await fill(services, std::move(waiter.view), std::move(std::get<OpenView>(*handled.then).view));
    case Delivery::follow_up:
        // The window that says to wait stands in front of the one in which it was pressed.
        if (!waiter.view.empty()) std::get<ReplaceView>(*handled.then).external_id = waiter.view;
        co_return co_await effects::follow_up(services, std::move(*handled.then));
    case Delivery::drop: co_return co_await effects::drop_follow_up(services, std::move(*handled.then));
    case Delivery::said_in_note: break;
    }
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
    const Reception reception = reception_of(interaction, services.settings);
    bool may_go_on = !reception.asks || reception.is_stored;
    if (reception.asks)
    {
        const SlackUserId user = actor_of(interaction)->id;
        const bool in_organization = source_of(interaction)->enterprise.has_value();
        const auto known = co_await services.directory.learn(user, in_organization, reception.patience);
        if (known) may_go_on = true;
        if (!may_go_on) log::info("press_waits", {{"user", user}, {"reason", known.error().reason}});
    }
    if (may_go_on)
    {
        take_identity(services, interaction);
        co_return co_await route(services, std::move(interaction), std::move(replay));
    }
    if (const auto* form = std::get_if<slack::ViewSubmission>(&interaction)) co_return form_stays(*form);
    co_return co_await put_off(services, std::move(interaction), std::move(replay), reception.opens_window);
}

asio::awaitable<void> go_on(const Services& services, GoOn waiting)
{
    const SlackUserId user = actor_of(waiting.interaction)->id;
    const bool in_organization = source_of(waiting.interaction)->enterprise.has_value();
    Waiter waiter{user, answer_target(waiting.interaction)};
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
    FallbackTarget back = answer_target(waiting.interaction);
    std::string words = views::too_many_wait();
    co_await effects::tell(services, user, std::move(back), std::move(words));
}

}  // namespace countersign::actions
