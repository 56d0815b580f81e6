#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/actions/snapshot.hpp"
#include "handlers/actions/verdict.hpp"

// The buttons of a request, wherever they stand. The press's value is the request's id.
namespace countersign::actions {

// "Approve" on a card. The press is stored as a claim and answered; Slack is asked afterwards whether it counts
// (handlers/effects/claim). A person who comes late, certainly may not decide, or has pressed already gets a private
// note at once. Nothing is approved while everything is frozen.
Verdict approve(const Press& press, const Snapshot& seen, const Settings& settings);

// "Cancel request", for the requester alone, as long as nothing was sent to Auth0. Needs no role: cancelling is always
// safe.
Verdict cancel(const Press& press, const Snapshot& seen, const Settings& settings);

// "Change and ask again", for a request that ended before approvers were asked: opens the form for a new request with
// what was typed for the old one, in the same window or in a new one.
Verdict correct(const Press& press, const Snapshot& seen, const Settings& settings);

// "Remind" of the person who asked: a line in the card's thread, at most every reminder_pause.
Verdict remind(const Press& press, const Snapshot& seen, const Settings& settings);

// "Details" on a card or in the Home: a modal with all that is known, for people who may see it. Each look is recorded.
Verdict show(const Press& press, const Snapshot& seen, const Settings& settings);

}  // namespace countersign::actions
