#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/actions/snapshot.hpp"
#include "handlers/model/refusal.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/state.hpp"

#include <optional>

// The questions of right that several actions ask.
namespace countersign::actions {

// From a workspace that is served. Whose member the person is, is the Directory's to say: in an Enterprise organization
// a member's home may be another workspace. Installed for a whole organization the app would act in workspaces that
// nobody chose: that is never served.
bool is_served(const slack::Origin& origin, const Settings& settings);

// The card that was clicked must be the one on file: a button's value alone proves nothing.
bool came_from_card_on_file(const Press& press, const std::optional<Post>& card, const Settings& settings);

// The same of the requester's direct message. While the answer to our post is lost, its channel is all that is known.
// Where Slack refused that message, the button stands elsewhere, and who presses it is all that counts.
bool is_the_message(const Press& press, const std::optional<Post>& message);

// Why this person cannot decide this request by `event`; nullopt: it waits for somebody like them. What cools can be
// denied. What Slack has not told of them, or of the channel, is no reason against an approval: Slack is asked after
// the press. Does not look at expires_at.
std::optional<Refusal> decider_refusal(
    const Action& action, const Snapshot& seen, const Settings& settings, Event event);

// Why this person cannot take back this request: it is not theirs.
std::optional<Refusal> requester_refusal(const Action& action, const Snapshot& seen, const Settings& settings);
// Why this person cannot go on with it: it is not theirs, or they may not ask for such any more.
std::optional<Refusal> asker_refusal(const Action& action, const Snapshot& seen, const Settings& settings);

// Nobody decided, or its requester did not answer, in time: whether or not the job that ends it has run. Not while an
// approval that was pressed in time is being checked.
bool has_expired(const Request& request, TimePoint now);
// Ends such a request, in the name of whoever pressed too late.
void add_expiry(Transaction& transaction, Request request, const SlackUserId& by);

}  // namespace countersign::actions
