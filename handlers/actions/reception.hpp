#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/interaction.hpp"

#include <chrono>

// What to do with an action while it is not known who acts: decided by the kind of action alone.
namespace countersign::actions {

inline constexpr std::chrono::milliseconds asked_before_answer{1'500};  // within Slack's three seconds for an answer

// Who acts; nullptr for Slack's own events.
slack::Actor* actor_of(slack::Interaction& interaction);
// nullptr: it comes from no workspace.
const slack::Source* source_of(const slack::Interaction& interaction);

// The trigger of an interaction that is answered by a window; nullptr for others. handover.show
// has a window of its own.
const Secret* window_trigger(const slack::Interaction& interaction);

struct Reception
{
    bool asks = false;          // the person has to be known: Slack is asked, for at most `patience`
    Milliseconds patience{0};   // before it has to be answered, or its trigger is spent
    bool is_stored = false;     // it is stored whoever its author is: whether it counts is found out afterwards
    bool opens_window = false;  // its answer is a window
};

Reception reception_of(const slack::Interaction& interaction, const Settings& settings);

// Where the author is answered once the three seconds are over.
FallbackTarget answer_target(const slack::Interaction& interaction);

// The answer to a form whose author is not known yet: it stays as it is, with words at a field.
HandlerResult form_stays(const slack::ViewSubmission& form);

// How the answer to an action that was put off reaches the person.
enum class Delivery
{
    none,           // it was answered before, or needs no words
    not_stored,     // the person is told that nothing was done
    reply,          // the private answer
    replaced_view,  // into the window that waits
    opened_view,    // likewise: the trigger of a window of its own is spent
    follow_up,      // into the window in which it was pressed, or into that which waits in front of it
    drop,           // a window that cannot be opened any more
    said_in_note,   // the window that waits says where the answer is
};
Delivery delivery_of(const HandlerResult& handled, bool has_window);

}  // namespace countersign::actions
