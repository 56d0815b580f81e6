#include "handlers/intake/shortcuts.hpp"

#include "handlers/core/email.hpp"
#include "handlers/intake/asking.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/views/explanation.hpp"
#include "handlers/views/request_form.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr std::size_t words_max = 500;  // of a message that are looked at

// Opens the form, or says why not.
asio::awaitable<Handled> open_form(
    const Services& services, Asking asking, Draft draft, Secret trigger_id, ReplayMark replay)
{
    const SlackUserId user = asking.actor.id;
    // Whoever may only prepare accounts gets the form for that.
    const auto who = services.directory.recall(user, services.clock.now());
    const auto no = co_await turned_away(services, asking, draft.purpose);
    Change change = no ? refusal_of(asking, *no, services.clock.now()) : Change{services.clock.now()};
    const Kept kept = co_await keep(services, std::move(change), std::move(replay));
    if (kept != Kept::yes) co_return rejection(kept);
    boost::json::object view = no
        ? views::explanation("Nothing was requested", no->words)
        : views::request_form(draft, services.settings, !may_ask(who, Purpose::first_password));
    OpenView then{user, std::move(trigger_id), std::move(view)};
    co_return Handled{slack::Acknowledged{}, FollowUp{std::move(then)}};
}

}  // namespace

asio::awaitable<Handled> ask_by_shortcut(const Services& services, slack::Shortcut shortcut, ReplayMark replay)
{
    Asking asking{shortcut.actor, shortcut.origin, shortcut.callback_id};
    Draft draft;
    return open_form(services, std::move(asking), std::move(draft), std::move(shortcut.trigger_id), std::move(replay));
}

asio::awaitable<Handled> ask_from_message(const Services& services, slack::MessageAction shortcut, ReplayMark replay)
{
    Asking asking{shortcut.actor, shortcut.origin, shortcut.callback_id};
    Draft draft;
    draft.email = first_email_in(shortcut.text);
    return open_form(services, std::move(asking), std::move(draft), std::move(shortcut.trigger_id), std::move(replay));
}

asio::awaitable<Handled> ask_from_home(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Asking asking{click.actor, click.origin, click.action_id};
    Draft draft;
    return open_form(services, std::move(asking), std::move(draft), std::move(click.trigger_id), std::move(replay));
}

std::string first_email_in(std::string_view text)
{
    constexpr std::string_view spaces = " \t\r\n";
    for (std::size_t words = 0; words < words_max; ++words)
    {
        const auto begin = text.find_first_not_of(spaces);
        if (begin == std::string_view::npos) return {};
        text.remove_prefix(begin);
        const auto end = text.find_first_of(spaces);
        std::string_view word = text.substr(0, end);
        // A link stands within its brackets, whatever touches it from outside.
        const auto open = word.find("<mailto:"), close = word.find('>');
        if (open != std::string_view::npos && close != std::string_view::npos && close > open)
            word = word.substr(open, close - open + 1);
        else
            while (!word.empty() && std::string_view{"()[]{}:!?'\"<>*_~`"}.find(word.front()) != std::string_view::npos)
                word.remove_prefix(1);
        while (!word.empty() && std::string_view{"()[]{}:!?'\"*_~`.,;"}.find(word.back()) != std::string_view::npos)
            word.remove_suffix(1);
        if (word.find('@') != std::string_view::npos)
            if (const auto email = parse_email(word)) return email->str();
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end);
    }
    return {};
}

}  // namespace countersign
