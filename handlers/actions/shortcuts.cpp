#include "handlers/actions/shortcuts.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/actions/intake.hpp"
#include "handlers/actions/message_email.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/request_form.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// Opens the form, or says why not.
asio::awaitable<HandlerResult> open_form(
    const Services& services, Asking asking, Draft draft, Secret trigger_id, FallbackTarget back, ReplayMark replay)
{
    const SlackUserId user = asking.actor.id;
    const auto who = services.directory.cached(user);
    const auto no = co_await turned_away(services, asking, draft.purpose);
    Transaction change = no ? refusal_of(asking, *no, services.clock.now()) : Transaction{services.clock.now()};
    const Attempt kept = co_await keep(services, std::move(change), std::move(replay));
    if (kept != Attempt::done) co_return rejection(kept);
    boost::json::object view = no
        ? views::explanation("Nothing was requested", no->words)
        : views::request_form(
              draft, services.settings, /*offers_purpose=*/!rules::may_ask(who, Purpose::first_password));
    OpenView then{user, std::move(trigger_id), std::move(view), std::move(back)};
    co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(then)}};
}

}  // namespace

asio::awaitable<HandlerResult> ask_by_shortcut(const Services& services, slack::Shortcut shortcut, ReplayMark replay)
{
    Asking asking{shortcut.actor, shortcut.origin, shortcut.callback_id};
    Draft draft;
    return open_form(
        services, std::move(asking), std::move(draft), std::move(shortcut.trigger_id), FallbackTarget{},
        std::move(replay));
}

asio::awaitable<HandlerResult> ask_from_message(
    const Services& services, slack::MessageAction shortcut, ReplayMark replay)
{
    Asking asking{shortcut.actor, shortcut.origin, shortcut.callback_id};
    Draft draft;
    draft.email = first_email_in(shortcut.text);
    FallbackTarget back{shortcut.channel, std::move(shortcut.response_url)};
    return open_form(
        services, std::move(asking), std::move(draft), std::move(shortcut.trigger_id), std::move(back),
        std::move(replay));
}

asio::awaitable<HandlerResult> ask_from_home(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Asking asking{click.actor, click.origin, click.action_id};
    Draft draft;
    FallbackTarget back = fallback(click);
    return open_form(
        services, std::move(asking), std::move(draft), std::move(click.trigger_id), std::move(back), std::move(replay));
}

}  // namespace countersign::actions
