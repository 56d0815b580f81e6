#include "handlers/actions/ask_for_password.hpp"

#include "handlers/actions/intake.hpp"
#include "handlers/actions/password_help.hpp"
#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/rules/completeness.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/waiting_view.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

asio::awaitable<HandlerResult> say(
    const Services& services, Transaction change, ReplayMark replay, slack::Message message)
{
    const Attempt kept = co_await keep(services, std::move(change), std::move(replay));
    if (kept != Attempt::done) co_return rejection(kept);
    co_return slack::PrivateReply{std::move(message)};
}

// "First Last": the last word is the family name. A single word is the first name, and the last one is asked for. True
// when it could have been split elsewhere.
bool split_names(const std::string& typed, Draft& draft)
{
    const auto space = typed.rfind(' ');
    draft.given_name = typed.substr(0, space);
    if (space != std::string::npos) draft.family_name = typed.substr(space + 1);
    return draft.given_name.find(' ') != std::string::npos;
}

asio::awaitable<HandlerResult> open_form(
    const Services& services, slack::SlashCommand command, ReplayMark replay, Purpose purpose)
{
    Transaction nothing{services.clock.now()};
    const Attempt kept = co_await keep(services, std::move(nothing), std::move(replay));
    if (kept != Attempt::done) co_return rejection(kept);
    Draft draft;
    draft.purpose = purpose;
    FallbackTarget back{command.channel, std::move(command.response_url)};
    OpenView form{
        command.actor.id, std::move(command.trigger_id), views::request_form(draft, services.settings),
        std::move(back)};
    co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(form)}};
}

bool asks_for_help(std::string_view text)
{
    const std::string_view word = trim_spaces(text);
    return word == "?" || equal_ignoring_case(word, "help") || equal_ignoring_case(word, "--help");
}

asio::awaitable<HandlerResult> ask(
    const Services& services, slack::SlashCommand command, ReplayMark replay, Purpose purpose)
{
    if (asks_for_help(command.text)) co_return co_await password_help(services, std::move(command), std::move(replay));
    const Asking asking{command.actor, command.origin, command.command};
    const auto no = co_await turned_away(services, asking, purpose);
    if (no)
    {
        Transaction refusal = refusal_of(asking, *no, services.clock.now());
        slack::Message words{no->words};
        co_return co_await say(services, std::move(refusal), std::move(replay), std::move(words));
    }
    if (clean_line(command.text).empty())
        co_return co_await open_form(services, std::move(command), std::move(replay), purpose);

    auto typed = split_command_text(command.text);
    if (!typed.email)
    {
        Transaction nothing{services.clock.now()};
        slack::Message words = views::how_to_ask(typed.email.error(), purpose);
        co_return co_await say(services, std::move(nothing), std::move(replay), std::move(words));
    }
    const auto not_theirs = no_right(services, asking, purpose, *typed.email);
    if (not_theirs)
    {
        Transaction refusal = refusal_of(asking, *not_theirs, services.clock.now());
        slack::Message words{not_theirs->words};
        co_return co_await say(services, std::move(refusal), std::move(replay), std::move(words));
    }
    Draft draft;
    draft.purpose = purpose;
    bool was_split = false;
    if (purpose == Purpose::reset)
        draft.reason = std::move(typed.reason);
    else
        was_split = split_names(clean_line(typed.reason), draft);
    Request request = request_of(services, command.actor.id, *typed.email, draft);
    request.names_were_split = was_split;
    request.reason_was_cut = purpose == Purpose::reset && typed.reason_was_cut;
    if (rules::is_incomplete(request, services.settings))
    {
        request.in_modal = true;
        OpenView waiting{command.actor.id, std::move(command.trigger_id), views::waiting_view(request)};
        Transaction change = acceptance_of(services, asking, std::move(request));
        const Attempt kept = co_await keep(services, std::move(change), std::move(replay));
        if (kept != Attempt::done) co_return rejection(kept);
        co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(waiting)}};
    }
    ReplyPath reply{
        services.vault.seal(command.response_url, effects::reply_context(request.id)),
        request.created_at + response_url_life, command.channel};
    request.reply.emplace(std::move(reply));
    slack::Message words = views::looking_up(request);
    Transaction change = acceptance_of(services, asking, std::move(request));
    co_return co_await say(services, std::move(change), std::move(replay), std::move(words));
}

}  // namespace

asio::awaitable<HandlerResult> reset_password(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    return ask(services, std::move(command), std::move(replay), Purpose::reset);
}

asio::awaitable<HandlerResult> create_password(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    return ask(services, std::move(command), std::move(replay), Purpose::first_password);
}

}  // namespace countersign::actions
