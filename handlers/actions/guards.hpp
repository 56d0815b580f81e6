#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/actions/snapshot.hpp"
#include "handlers/model/refusal.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/state.hpp"

#include <optional>

// The questions of right that several actions ask.
namespace countersign::actions {

// Whether it comes from a workspace that is served. Says nothing of the person: the Directory knows whose member they
// are, and in an Enterprise organization a member's home may be another workspace. An installation for a whole
// organization is never served: it would act in workspaces that no operator chose.
bool is_served(const slack::Source& source, const Settings& settings);

// Whether the clicked message is the card on file: a button's value alone proves nothing.
bool came_from_card_on_file(const Press& press, const std::optional<Post>& card, const Settings& settings);

// The same for the requester's direct message. While the answer to its post is lost, only its channel can be compared.
// Where Slack refused that message, the button stands elsewhere, and only the person who presses counts.
bool is_the_message(const Press& press, const std::optional<Post>& message);

// Why this person cannot decide this request by `event`; nullopt: they can. A request that cools can still be denied.
// An approval is not refused for what Slack has not said yet of the person or the channel: Slack is asked after the
// press. Does not look at expires_at.
std::optional<Refusal> decider_refusal(
    const Action& action, const Snapshot& seen, const Settings& settings, Event event);

// Why this person cannot take back this request: it is not theirs.
std::optional<Refusal> requester_refusal(const Action& action, const Snapshot& seen, const Settings& settings);
// Why this person cannot go on with it: it is not theirs, or they may not ask for such any more.
std::optional<Refusal> asker_refusal(const Action& action, const Snapshot& seen, const Settings& settings);

// Whether its time is over, also before the job that ends it has run. Not while an approval that was pressed in time is
// being checked.
bool has_expired(const Request& request, TimePoint now);
// Ends such a request, in the name of the person who pressed too late.
void add_expiry(Transaction& transaction, Request request, const SlackUserId& by);

}  // namespace countersign::actions
