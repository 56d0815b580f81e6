#include "handlers/actions/ask_by_command.hpp"

#include "handlers/actions/intake.hpp"
#include "handlers/actions/password_help.hpp"
#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/demands.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/request_form.hpp"
#include "handlers/views/waiting_view.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

Verdict form_opened(Purpose purpose, TimePoint now, const Settings& settings)
{
    Draft draft;
    draft.purpose = purpose;
    Verdict verdict{now};
    verdict.window = Modal{views::request_form(draft, settings)};
    return verdict;
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

Request request_in(const AskCommand& command, const CommandText& typed, TimePoint now)
{
    Draft draft;
    draft.purpose = command.purpose;
    const bool has_names = row_of(command.purpose).may_create;
    if (!has_names) draft.reason = typed.reason;
    const bool was_split = has_names && split_names(clean_line(typed.reason), draft);
    Request request = request_of(command.id, command.by, *typed.email, draft, now);
    request.names_were_split = was_split;
    request.reason_was_cut = !has_names && typed.reason_was_cut;
    return request;
}

Verdict completed_in_window(const AskCommand& command, Request request, const Snapshot& seen)
{
    request.in_modal = true;
    Modal waiting{views::waiting_view(request), /*is_missed=*/false};
    Verdict verdict = accepted(command, std::move(request), seen);
    verdict.window = std::move(waiting);
    return verdict;
}

Verdict looked_up(const AskCommand& command, Request request, const Snapshot& seen)
{
    request.reply = ReplyPath{command.line_url, seen.now + response_url_life, command.channel};
    slack::Message words = views::looking_up(request);
    return accepted(command, std::move(request), seen).saying(std::move(words));
}

bool asks_for_help(std::string_view text)
{
    const std::string_view word = trim_spaces(text);
    return word == "?" || equal_ignoring_case(word, "help") || equal_ignoring_case(word, "--help");
}

std::optional<Email> address_in(const CommandText& typed)
{
    if (typed.email) return *typed.email;
    return std::nullopt;
}

}  // namespace

Verdict ask(const AskCommand& command, const Snapshot& seen, const Settings& settings)
{
    const CommandText typed = split_command_text(command.text);
    if (const auto refusal = refusal_to_ask(command, command.purpose, address_in(typed), seen, settings))
        return turned_away(command, *refusal, seen.now).saying(slack::Message{refusal->words});
    if (clean_line(command.text).empty()) return form_opened(command.purpose, seen.now, settings);
    if (!typed.email) return Verdict{seen.now}.saying(views::how_to_ask(typed.email.error(), command.purpose));
    Request request = request_in(command, typed, seen.now);
    if (rules::is_incomplete(request, settings)) return completed_in_window(command, std::move(request), seen);
    return looked_up(command, std::move(request), seen);
}

asio::awaitable<HandlerResult> ask_by_command(
    const Services& services, slack::SlashCommand command, ReplayMark replay, Purpose purpose)
{
    // Help is given also while nothing can be stored.
    if (asks_for_help(command.text)) return password_help(services, std::move(command), std::move(replay));
    Performance performance{command.actor.id, std::move(replay)};
    performance.may_begin = true;
    performance.address = address_in(split_command_text(command.text));
    const RequestId id = rules::new_request_id(services.random);
    AskCommand asked{action_of(command),      purpose,
                     std::move(command.text), id,
                     command.channel,         services.vault.seal(command.response_url, reply_context(id))};
    performance.key.emplace(window_key(command));
    Decide decide = [asked = std::move(asked), &services](const Snapshot& seen) {
        return ask(asked, seen, services.settings);
    };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace countersign::actions
