#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/refusal.hpp"
#include "handlers/model/request.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/permissions.hpp"

#include <optional>
#include <string>

// What becomes of a press that opens the window with the password.
namespace countersign::rules {

struct OpeningEnd
{
    bool is_shown() const noexcept { return event == HandoverEvent::show || event == HandoverEvent::lose; }

    HandoverEvent event;
    std::string why;                    // a code, for the audit row; empty when it is shown
    std::optional<Denial> denial = {};  // why the person may not see it
    std::string freeze = {};            // who stopped everything and why, in words
};

OpeningEnd shown();

// It is not shown now. Whether it may be is found out when it is pressed again.
OpeningEnd given_back(std::string why);

// The same while everything is stopped.
OpeningEnd held_back(const Refusal& freeze);

// It must not be shown any more. What was shown before stays shown, and is closed.
OpeningEnd taken_away(const Handover& handover, std::string why);

// Without the right to it.
OpeningEnd withheld(const Handover& handover, Denial denial);

// What another request has changed since is not the password any more; a link changes nothing. `last`: the newest
// request that changed the account.
bool is_replaced(const Request& request, const std::optional<Request>& last);

// Until when the window may be filled, and why it is too late for that.
TimePoint filled_until(const Handover& handover) noexcept;
std::optional<OpeningEnd> lateness(const Handover& handover, TimePoint now);

// The window that showed it before, and has to be emptied first; 0: there is none.
int former_window(const Handover& handover) noexcept;

// Whether a call that ended so may have filled the window.
bool may_have_arrived(const Problem& problem) noexcept;
// The window could not be filled. What may have arrived at any of the tries counts as shown.
OpeningEnd unfilled(bool may_be_there, std::string why);

// What is recorded; nullopt: that was done before, since the person closed it, or the press was settled by its job.
std::optional<HandoverEvent> recorded_event(
    const Request& latest, int window, const OpeningEnd& end, TimePoint now) noexcept;

// What is due in the windows once the outcome is recorded.
struct Aftermath
{
    enum class Words
    {
        none,
        why,   // the window says why nothing is shown
        over,  // the window says what else became of it
    };

    int emptied = 0;  // a window that may show it still; 0: there is none
    Words words = Words::none;
    bool may_be_noted = false;  // said beside the button, too, where there is no window to say it
};

// `is_recorded`: not that all was over before.
Aftermath aftermath(
    const Handover& latest, int window, const OpeningEnd& end, bool is_recorded, TimePoint now) noexcept;

}  // namespace countersign::rules
