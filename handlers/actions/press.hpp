#pragma once

#include "handlers/model/job_payload.hpp"
#include "handlers/model/people.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/transaction.hpp"
#include "handlers/ports/vault.hpp"
#include "handlers/slack/interaction.hpp"

#include <optional>
#include <string>

namespace countersign::actions {

// Who acts, from which workspace, and by which command, button or form.
struct Action
{
    SlackUserId by;
    slack::Source source;
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

    // Whether a private note reaches the person. From the Home or a modal it does not: there a modal has to say it.
    bool hears_notes() const { return channel || note_url; }
};

Press press_of(const Vault& vault, const slack::BlockAction& click);

// Words for the person who pressed, and where a private note reaches them.
Note note_to(const Press& press, std::string words);
// Tells the person who pressed, if a note reaches them.
void add_note(Transaction& transaction, const Press& press, std::string words);

// Whether the requester has pressed in the private line of this request.
bool is_in_line(const Press& press, const Request& request, const People& people);
// Keeps the press's response_url, by which the private line can be replaced for another half hour. Does nothing for a
// press elsewhere.
void follow_line(Request& request, const Press& press, const People& people, TimePoint now);
// Has the private line redrawn in which the requester has pressed a button that is out of date. Does nothing for a
// press elsewhere.
void redraw_line(Transaction& transaction, const Press& press, const Request& request, const People& people);

}  // namespace countersign::actions
