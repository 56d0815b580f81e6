#include "handlers/actions/press.hpp"

#include "handlers/model/vault_context.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/same_person.hpp"

#include <utility>

namespace countersign::actions {

Action action_of(const slack::BlockAction& click) { return Action{click.actor.id, click.source, click.action_id}; }

Action action_of(const slack::ViewSubmission& form) { return Action{form.actor.id, form.source, form.callback_id}; }

Action action_of(const slack::ViewClosed& closed) { return Action{closed.actor.id, closed.source, closed.callback_id}; }

Action action_of(const slack::SlashCommand& command)
{
    return Action{command.actor.id, command.source, command.command};
}

Action action_of(const slack::Shortcut& shortcut)
{
    return Action{shortcut.actor.id, shortcut.source, shortcut.callback_id};
}

Action action_of(const slack::MessageAction& shortcut)
{
    return Action{shortcut.actor.id, shortcut.source, shortcut.callback_id};
}

Press press_of(const Vault& vault, const slack::BlockAction& click)
{
    Press press{action_of(click)};
    press.value = click.value;
    press.channel = click.channel;
    press.message = click.message_ts;
    press.view_id = click.view_id;
    press.private_metadata = click.private_metadata;
    if (click.response_url)
    {
        press.note_url = vault.seal(*click.response_url, note_context(click.actor.id));
        press.line_url = vault.seal(*click.response_url, reply_context(RequestId{click.value}));
    }
    return press;
}

Note note_to(const Press& press, std::string words)
{
    Note note{press.by, std::move(words)};
    note.channel = press.channel;
    note.response_url = press.note_url;
    return note;
}

void add_note(Transaction& transaction, const Press& press, std::string words)
{
    if (!press.hears_notes()) return;
    transaction.jobs.push_back(rules::note_job(note_to(press, std::move(words)), transaction.at));
}

bool is_in_line(const Press& press, const Request& request, const People& people)
{
    return request.reply && press.line_url && press.channel == request.reply->channel &&
        rules::is_same(people, press.by, request.requester);
}

void follow_line(Request& request, const Press& press, const People& people, TimePoint now)
{
    if (!is_in_line(press, request, people)) return;
    request.reply = ReplyPath{*press.line_url, now + response_url_life, *press.channel};
}

void redraw_line(Transaction& transaction, const Press& press, const Request& request, const People& people)
{
    if (!is_in_line(press, request, people)) return;
    Request followed = request;
    follow_line(followed, press, people, transaction.at);
    transaction.jobs.push_back(rules::request_job(job_kind::answer, followed.id, transaction.at));
    transaction.update.emplace(std::move(followed));
}

}  // namespace countersign::actions
