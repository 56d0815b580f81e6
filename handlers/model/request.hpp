#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/sealed.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/account.hpp"
#include "handlers/model/after_change.hpp"
#include "handlers/model/ending.hpp"
#include "handlers/model/operation.hpp"
#include "handlers/model/password_format.hpp"
#include "handlers/model/state.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

// Slack takes private answers to a command at its response_url: at most 5 within 30 minutes.
inline constexpr std::chrono::minutes response_url_life{29};  // of 30: a little less allows for the way there

// Where a private answer to a command can still be sent.
struct ReplyPath
{
    Sealed response_url;  // sealed for reply_context(): a response_url is a credential
    TimePoint expires_at;
    ChannelId channel;  // where to try an ephemeral message once the URL is spent
};

struct Decision
{
    SlackUserId by;
    TimePoint at;
};

// What the requester attests about the caller.
struct Verification
{
    std::string method;  // id of a configured VerificationMethod
    std::string note;    // one clean line, at most note_units_max
};

// First and last name for the standard format, when the requester gave or corrected them.
struct GivenNames
{
    std::string given;
    std::string family;
};

// Which account, and which of its database identities, the requester means.
struct Choice
{
    Auth0UserId account;
    std::string connection;
};

// What a requester can be asked for; stored.
namespace question {

inline constexpr std::string_view account = "account";  // several have the address
inline constexpr std::string_view names = "names";      // Auth0 has none, they look wrong, or we have split them
inline constexpr std::string_view person = "person";    // whether the unusual account is that of the caller
inline constexpr std::string_view details = "details";  // reason or case number
inline constexpr std::string_view verification = "verification";

}  // namespace question

// Something an approver should know, as a code of rules/risk_notes and what it is about ("3", "<@U1>"; no free text).
struct RiskNote
{
    std::string code;
    std::string detail;
};

// What is durable before the change is sent: enough to settle a lost answer.
struct Intent
{
    TimePoint started_at;
    std::optional<TimePoint> reset_before;  // the account's last_password_reset as read just before
    bool blocked_before = false;
    int sends = 0;                     // how often the change was sent, or may have been
    bool redrawn = false;              // the first passphrase was refused by a policy that had changed
    std::optional<TimePoint> sent_at;  // the last send; absent: none, or an older version's
    int answered = 0;                  // of the sends: those that Auth0 itself said had failed. None is under way

    TimePoint last_send() const { return sent_at.value_or(started_at); }
};

// The life of the password (or link) after the change: it is shown to the requester for a few minutes that begin with
// the first opening, or it is not.
enum class HandoverState
{
    ready,      // waits for the press, until `until`
    opening,    // pressed; the window is being opened: counts as shown unless Slack says that it was not
    shown,      // was shown, or may have been; until `until` it may be opened again, unless it is closed
    reopening,  // pressed again within that time
    expired,    // not pressed in time; destroyed
    destroyed,  // taken away without being shown: a lost right. A freeze holds it, and lets it expire
};

struct Handover
{
    HandoverState state = HandoverState::ready;
    TimePoint until;                    // before it is shown: when it expires; from then on: when it is over
    std::optional<TimePoint> shown_at;  // the press that showed it first
    bool is_certain = true;             // false: it may never have been seen
    bool is_closed = false;  // for good: by the person, by time or by a lost right; the password is destroyed
    // Windows are counted from 1, one for each press, so that none has the name of another.
    int windows = 0;                           // opened so far, or tried to
    int window = 0;                            // the one that shows it, or may; 0: none yet
    int times_shown = 0;                       // or may have been
    int left = 0;                              // the newest that the person has closed without closing it for good
    std::optional<TimePoint> pressed_at = {};  // the newest press
};

// One request for one operation on one account, as stored. Plain data; what may become of it is in rules/.
struct Request
{
    Request(RequestId id_, SlackUserId requester_, Email email_, std::optional<ReplyPath> reply_, TimePoint at)
        : id{std::move(id_)},
          requester{std::move(requester_)},
          email{std::move(email_)},
          reply{std::move(reply_)},
          created_at{at},
          updated_at{at}
    {}
    // Made once and elsewhere: it is large, and every file would make them again.
    Request(const Request&);
    Request(Request&&) noexcept;
    Request& operator=(const Request&);
    Request& operator=(Request&&) noexcept;
    ~Request();

    RequestId id;
    std::int64_t version = 0;  // as read from the store; raised by one with each update
    State state = State::looking_up;
    Purpose purpose = Purpose::reset;
    SlackUserId requester;
    Email email;
    std::string reason;           // as typed, at most reason_units_max, no control characters
    bool reason_was_cut = false;  // more was typed behind a command
    std::string case_number;  // number in the company's ticket system, one clean line, at most case_number_units_max
    std::optional<Verification> verification;
    std::optional<GivenNames> names;  // absent: those of the account
    bool names_were_split = false;    // by us, of more than two words: the requester has not seen yet where
    bool person_confirmed = false;    // by the requester, who was shown what is unusual about the account
    std::optional<ReplyPath> reply;   // absent: it came from a modal
    // The requester has a modal open whose external_id is the request's id: what was found is shown there.
    bool in_modal = false;
    // The owner is to get a link, instead of the format that would be usual.
    bool wants_link = false;
    TimePoint created_at;
    TimePoint updated_at;
    std::optional<TimePoint> expires_at;  // set when it becomes pending, and while the requester has to choose

    std::vector<Account> candidates;      // while choosing: what was found, also what cannot be changed
    std::optional<Choice> choice;         // of the requester among them
    std::vector<std::string> questions;   // while choosing: what the requester has to say, see namespace question
    std::optional<Account> account;       // set when found; absent for an account that is to be created
    std::string connection;               // in which the password is changed, or the account created
    std::vector<std::string> lookalikes;  // other accounts with this address, in words for the card

    std::string tier;  // name, empty: none
    int approvals_needed = 1;
    std::chrono::seconds cooling{0};
    PasswordFormat format = PasswordFormat::sop;
    std::vector<RiskNote> risk_notes;

    bool asked = false;  // approvers were asked: it has, or will have, a card
    // Approve was pressed, and Slack is being asked whether that counts: in the order of pressing.
    std::vector<Decision> claims;
    std::vector<Decision> approvals;        // by different people; complete at approvals_needed
    std::optional<Decision> decision;       // the one that decided: last approval, denial, cancellation
    std::string denial_reason;              // as typed, at most reason_units_max
    std::optional<TimePoint> escalated_at;  // from then on the second group may decide
    int reminders = 0;                      // sent so far
    std::optional<TimePoint> reminded_at;   // the last one
    std::optional<TimePoint> change_from;   // approved, but not to be carried out before this time

    std::optional<Intent> intent;  // set when executing
    StoredEnding ending;           // why refused, failed or unknown
    // Details for the ending's words: the rule that is broken, who froze and why. Escaped mrkdwn, made by views.
    std::string ending_detail;
    std::optional<TimePoint> again_at;  // when the limit that ended it has room again
    std::vector<std::string> given_up;  // kinds of its jobs that were buried without ending it, so far
    AfterChange reblock = AfterChange::not_needed;
    AfterChangeSteps after_change;
    std::optional<Handover> handover;  // set when changed

    bool is_open() const { return !is_final(state); }
    // Whether the requester has to say this: one of namespace question.
    bool asks(std::string_view what) const
    {
        for (const std::string& each : questions)
            if (each == what) return true;
        return false;
    }
    // Approved, with a delay in which people can object. Over when the change begins: until then nothing was sent.
    bool is_cooling() const { return state == State::approved && change_from.has_value(); }
    // Names for the standard format: as given by the requester, else the account's.
    std::string given_name() const { return names ? names->given : account ? account->given_name : std::string{}; }
    std::string family_name() const { return names ? names->family : account ? account->family_name : std::string{}; }
    bool creates_account() const { return row_of(purpose).may_create && !account; }
};

// What carrying the request out does. An account that is to be created gets a password: Auth0 makes no links for it.
Operation operation_of(const Request& request) noexcept;

// What the requester is shown once it is done.
inline HandedOver handed_over_by(const Request& request) noexcept { return row_of(operation_of(request)).handed_over; }

// Whether a password comes of it in this format. An operation that sets none has no format, whatever is stored.
inline bool has_format(const Request& request, PasswordFormat format) noexcept
{
    return row_of(operation_of(request)).sets_password && request.format == format;
}

// What the password of this request signs in with: an address of a linked identity can differ from the one that was
// asked for, and from the account's. Empty: not with an e-mail address.
std::string sign_in_address(const Request& request);

// In UTF-16 units, as Slack counts in its inputs.
inline constexpr std::size_t reason_units_max = 500;
inline constexpr std::size_t case_number_units_max = 64;
inline constexpr std::size_t note_units_max = 300;
inline constexpr std::size_t name_units_max = 150;
inline constexpr std::size_t candidates_max = 10;

// The document form of a request (everything but id, version and state, which are columns).
std::string to_document(const Request& request);
// Errc::corrupt when the document is not one of ours. Keys that an older version did not write have their defaults.
Result<Request> from_document(RequestId id, std::int64_t version, State state, std::string_view document);

}  // namespace countersign
