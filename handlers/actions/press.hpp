#pragma once

#include "handlers/effects/private_words.hpp"
#include "handlers/model/people.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/ports/vault.hpp"
#include "handlers/slack/interaction.hpp"

#include <optional>
#include <string>

namespace countersign::actions {

// Who does something, from which workspace, and by which command, button or form.
struct Action
{
    SlackUserId by;
    slack::Origin origin;
    std::string name;  // "/reset-password", "request.approve", ...: for the audit log
};

Action action_of(const slack::BlockAction& click);
Action action_of(const slack::ViewSubmission& form);
Action action_of(const slack::SlashCommand& command);
Action action_of(const slack::Shortcut& shortcut);
Action action_of(const slack::MessageAction& shortcut);
Action action_of(const slack::ViewClosed& closed);

// A button that was pressed, as plain data: the address for private answers that came with it is sealed already.
struct Press : Action
{
    explicit Press(Action action) : Action{std::move(action)} {}

    std::string value;                 // of the button: as a rule the request's id
    std::optional<ChannelId> channel;  // with `message`: the message that holds it
    std::optional<MessageTs> message;
    std::optional<std::string> view_id;  // the view that holds it
    std::string private_metadata;        // of that view
    std::optional<Sealed> note_url;      // response_url, sealed for a note to who pressed
    std::optional<Sealed> line_url;      // response_url, sealed for the private line of the request `value`

    // A private note reaches who pressed. Not so from the Home or from a modal: there a modal has to say it.
    bool hears_notes() const { return channel || note_url; }
};

Press press_of(const Vault& vault, const slack::BlockAction& click);

// Words for who pressed, with where a private note reaches them.
effects::Note note_to(const Press& press, std::string words);
// Says something to who pressed, where a note reaches them.
void add_note(Transaction& transaction, const Press& press, std::string words);

// The requester has pressed it in the private line of this request.
bool is_in_line(const Press& press, const Request& request, const People& people);
// The private line in which the requester has pressed can be replaced through that press for another half hour. Does
// nothing for a press elsewhere.
void follow_line(Request& request, const Press& press, const People& people, TimePoint now);
// Has the private line, in which the requester has pressed what is over, say how the request stands now. Does nothing
// for a press elsewhere.
void redraw_line(Transaction& transaction, const Press& press, const Request& request, const People& people);

}  // namespace countersign::actions
