#include "handlers/intake/shortcuts.hpp"

#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/decisions/guards.hpp"
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
    const Services& services, Asking asking, Draft draft, Secret trigger_id, WayBack back, ReplayMark replay)
{
    const SlackUserId user = asking.actor.id;
    const auto who = services.directory.recall(user, services.clock.now());
    const auto no = co_await turned_away(services, asking, draft.purpose);
    Change change = no ? refusal_of(asking, *no, services.clock.now()) : Change{services.clock.now()};
    const Attempt kept = co_await keep(services, std::move(change), std::move(replay));
    if (kept != Attempt::done) co_return rejection(kept);
    boost::json::object view = no
        ? views::explanation("Nothing was requested", no->words)
        : views::request_form(draft, services.settings, /*offers_purpose=*/!may_ask(who, Purpose::first_password));
    OpenView then{user, std::move(trigger_id), std::move(view), std::move(back)};
    co_return Handled{slack::Acknowledged{}, FollowUp{std::move(then)}};
}

}  // namespace

asio::awaitable<Handled> ask_by_shortcut(const Services& services, slack::Shortcut shortcut, ReplayMark replay)
{
    Asking asking{shortcut.actor, shortcut.origin, shortcut.callback_id};
    Draft draft;
    return open_form(
        services, std::move(asking), std::move(draft), std::move(shortcut.trigger_id), WayBack{}, std::move(replay));
}

asio::awaitable<Handled> ask_from_message(const Services& services, slack::MessageAction shortcut, ReplayMark replay)
{
    Asking asking{shortcut.actor, shortcut.origin, shortcut.callback_id};
    Draft draft;
    draft.email = first_email_in(shortcut.text);
    WayBack back{shortcut.channel, std::move(shortcut.response_url)};
    return open_form(
        services, std::move(asking), std::move(draft), std::move(shortcut.trigger_id), std::move(back),
        std::move(replay));
}

asio::awaitable<Handled> ask_from_home(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Asking asking{click.actor, click.origin, click.action_id};
    Draft draft;
    WayBack back = way_back(click);
    return open_form(
        services, std::move(asking), std::move(draft), std::move(click.trigger_id), std::move(back), std::move(replay));
}

namespace {

bool holds(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

bool ends_in_entity(std::string_view word)
{
    return word.ends_with("&gt;") || word.ends_with("&lt;") || word.ends_with("&amp;");
}

// Where the first word ends. What Slack puts between angle brackets may hold spaces, and is judged as a whole.
std::size_t word_end(std::string_view text)
{
    const std::size_t end = first_word(text).size();
    const auto open = text.substr(0, end).rfind('<');
    if (open == std::string_view::npos) return end;
    const auto close = text.find('>', open);
    return close == std::string_view::npos || close < end ? end : close + 1;
}

// Without the punctuation of the sentence around it. The `;` of an entity is none.
std::string_view without_punctuation(std::string_view word)
{
    // A link stands within its brackets, whatever touches it from outside.
    constexpr std::string_view mail_link = "<mailto:";
    for (auto open = word.find('<'); open != std::string_view::npos; open = word.find('<', open + 1))
        if (const auto close = word.find('>', open);
            close != std::string_view::npos && equal_ignoring_case(word.substr(open, mail_link.size()), mail_link))
            return word.substr(open, close - open + 1);
    while (!word.empty() && holds("()[]{}:!?'\"<>*_~`", word.front())) word.remove_prefix(1);
    while (!word.empty() && holds("()[]{}:!?'\"<>*_~`.,;", word.back()) && !ends_in_entity(word)) word.remove_suffix(1);
    return word;
}

}  // namespace

std::string first_email_in(std::string_view text)
{
    for (std::size_t words = 0; words < words_max; ++words)
    {
        text = trim_spaces(text);
        const std::size_t end = word_end(text);
        if (end == 0) return {};
        const std::string_view word = without_punctuation(text.substr(0, end));
        if (word.find('@') != std::string_view::npos)
            if (const auto email = parse_email(word)) return email->str();
        text.remove_prefix(end);
    }
    return {};
}

}  // namespace countersign
