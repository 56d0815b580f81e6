#include "handlers/actions/shortcuts.hpp"

#include "handlers/actions/intake.hpp"
#include "handlers/actions/message_email.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/request_form.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

asio::awaitable<HandlerResult> open_form(
    const Services& services, Action action, Draft draft, WindowKey key, ReplayMark replay)
{
    Performance performance{action.by, std::move(replay)};
    performance.may_begin = true;
    performance.key.emplace(std::move(key));
    Decide decide = [action = std::move(action), draft = std::move(draft), &services](const Snapshot& seen) {
        return open_request_form(action, draft, seen, services.settings);
    };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace

Verdict open_request_form(const Action& action, const Draft& draft, const Snapshot& seen, const Settings& settings)
{
    if (const auto refusal = refusal_to_ask(action, draft.purpose, std::nullopt, seen, settings))
    {
        Verdict verdict = turned_away(action, *refusal, seen.now);
        verdict.window = Modal{views::explanation("Nothing was requested", refusal->words)};
        return verdict;
    }
    Verdict verdict{seen.now};
    verdict.window = Modal{views::request_form(draft, settings, rules::purposes_of(seen.member(action.by)))};
    return verdict;
}

asio::awaitable<HandlerResult> ask_by_shortcut(const Services& services, slack::Shortcut shortcut, ReplayMark replay)
{
    return open_form(services, action_of(shortcut), Draft{}, window_key(shortcut), std::move(replay));
}

asio::awaitable<HandlerResult> ask_from_message(
    const Services& services, slack::MessageAction shortcut, ReplayMark replay)
{
    Draft draft;
    draft.email = first_email_in(shortcut.text);
    return open_form(services, action_of(shortcut), std::move(draft), window_key(shortcut), std::move(replay));
}

asio::awaitable<HandlerResult> ask_from_home(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    return open_form(services, action_of(click), Draft{}, window_key(click), std::move(replay));
}

}  // namespace countersign::actions
