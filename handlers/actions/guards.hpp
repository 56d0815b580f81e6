#pragma once

#include "handlers/effects/private_words.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

// What the buttons and forms about a request have in common.
namespace countersign::actions {

inline constexpr int decision_tries_max = 4;  // against others who act at the same moment

// A click or form that does nothing: its audit row, and words for the person.
struct Rebuff
{
    Rebuff(std::string_view why_, std::string words_) : why{why_}, words{std::move(words_)} {}

    std::string why;    // code for the audit row
    std::string words;  // escaped mrkdwn
};

// From a workspace that is served. Whose member the person is, is the Directory's to say: in an Enterprise organization
// a member's home may be another workspace. Installed for a whole organization the app would act in workspaces that
// nobody chose: that is never served.
bool is_served(const slack::Origin& origin, const Settings& settings);

// The card that was clicked must be the one on file: a button's value alone proves nothing.
bool came_from_card_on_file(const slack::BlockAction& click, const std::optional<Post>& card, const Settings& settings);

// The same of the requester's direct message. While the answer to our post is lost, its channel is all that is known.
// Where Slack refused that message, the button stands elsewhere, and who presses it is all that counts.
bool is_the_message(const slack::BlockAction& click, const std::optional<Post>& message);

// Why this person cannot decide this request by `event`; nullopt: it waits for somebody like them. What cools can be
// denied. What Slack has not told of them, or of the channel, is no reason against an approval: Slack is asked after
// the press. Does not look at expires_at.
std::optional<Rebuff> decider_fault(
    const Services& services, const slack::Actor& actor, const slack::Origin& origin,
    const std::optional<Request>& request, Event event);

// Why this person cannot take back this request: it is not theirs.
std::optional<Rebuff> requester_fault(
    const Services& services, const slack::Actor& actor, const slack::Origin& origin,
    const std::optional<Request>& request);
// Why this person cannot go on with it: it is not theirs, or they may not ask for such any more.
std::optional<Rebuff> asker_fault(
    const Services& services, const slack::Actor& actor, const slack::Origin& origin,
    const std::optional<Request>& request);

// Nobody decided, or its requester did not answer, in time: whether or not the job that ends it has run. Not while an
// approval that was pressed in time is being checked.
bool has_expired(const Request& request, TimePoint now);
// Ends such a request, in the name of whoever pressed too late.
void add_expiry(Transaction& change, Request request, const SlackUserId& by);

// The audit row of an attempt that does nothing. `what` names what was attempted: an action_id or a callback_id.
AuditEvent rebuff_row(
    const slack::Actor& actor, std::string_view what, const Rebuff& rebuff, const std::optional<Request>& request);

// Words for the person who clicked, with where a private note reaches them.
effects::Note note_to(const Services& services, const slack::BlockAction& click, std::string words);
// Says something to the person who clicked: as a private note when the click was in a message.
void add_note(Transaction& change, const Services& services, const slack::BlockAction& click, std::string words);
// And when it was not (in the Home), as a modal.
HandlerResult acknowledge(const slack::BlockAction& click, std::string_view title, std::string_view words);

// Whether the requester pressed it in the private line of this request.
bool is_in_line(const Services& services, const Request& request, const slack::BlockAction& click);

// The private line in which the requester pressed a button can be replaced through that press for another half hour.
// False: it was pressed elsewhere.
bool follow_line(Request& request, const Services& services, const slack::BlockAction& click, TimePoint now);

// Has the private line, in which the requester pressed what is over, say how it stands now. False: it was pressed
// elsewhere, and `change` is as it was.
bool redraw_line(
    Transaction& change, const Services& services, const slack::BlockAction& click,
    const std::optional<Request>& request);

// Where the person who clicked is told that the window did not open.
FallbackTarget fallback(const slack::BlockAction& click);

// A commit on behalf of a person.
enum class Attempt
{
    done,
    again,      // the request or the switch is another by now: read it and decide anew
    duplicate,  // the request that was to be begun was begun before
    replayed,
    unavailable,
};

boost::asio::awaitable<Attempt> attempt(const Services& services, Transaction change);

// The answer when an attempt did not end with `done`.
slack::Rejected rejection(Attempt attempt);

}  // namespace countersign::actions
