#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/request.hpp"
#include "handlers/ports/identity_provider.hpp"

#include <chrono>
#include <optional>
#include <vector>

// How a change whose answer was lost is settled by reading the account back. One password a request, for ever: only the
// same one is sent again.
namespace countersign::rules {

inline constexpr std::chrono::seconds settle_after{2};    // first look after an answer was lost
inline constexpr std::chrono::seconds settle_every{5};    // further looks
inline constexpr std::chrono::seconds resend_within{60};  // of the first send: the same password may be sent again
inline constexpr int sends_max = 8;
inline constexpr std::chrono::minutes give_up_after{10};  // of the last send: what is not proved by then is given up
inline constexpr std::chrono::minutes log_patience{5};    // more, while the tenant's log cannot be asked for a moment

// What reading back shows of our change. Its two signs are our marker and the time of the last change, moved past what
// it was before ours.
enum class Trace
{
    unreadable,   // Auth0 could not be asked
    gone,         // there is no such account any more
    ours,         // all signs of ours
    only_moved,   // the time moved; the marker is not ours
    only_marked,  // our marker; the time stands still
    none,         // no sign
    other_block,  // no sign, but the account's block is another than before: somebody's decision, or what is seen of
                  // ours
    foreign,      // of an account that was to be made: there is one, and the marker is not ours
};

// What the tenant's log says when it is asked about our change.
enum class LogWord
{
    not_asked,
    found,
    absent,
    ruled_out,
    no_answer_now,  // it may answer when it is asked again
    no_answer,
};

struct LostChange
{
    Trace trace = Trace::unreadable;
    LogWord log = LogWord::not_asked;
    std::chrono::milliseconds elapsed{0};  // since the last send
    bool may_send_again = false;           // may_send_again() of its intent
    bool tells_of_changes = true;          // the account's own times are those of its password
};

struct Settlement
{
    enum class Kind
    {
        proved,       // it is our change
        send_again,   // provably not applied, and still within resend_within
        ruled_out,    // provably not applied, and too late to be sent again
        given_up,     // too late to prove
        open,         // look again later
        ask_the_log,  // judge again with what it says
    };

    Kind kind = Kind::open;
    Ending ending = Ending::none;  // for ruled_out and given_up
};

Settlement settle(const LostChange& lost) noexcept;

// The time of the last change moved past what was read before ours.
bool moved(const Request& request, const Account& now);
bool marked(const Request& request, const Account& now);
Trace trace_of_change(const Request& request, const Account& now);
// The account of this address in the connection where ours is to be, if there is one.
const Account* created_account(const Request& request, const std::vector<Account>& found);
Trace trace_of_creation(const Request& request, const Account* created);

// A yes to our send: the account after our change, when the answer or what was read back behind it shows the change.
// `seen`: nullptr when it could not be read back.
std::optional<Account> confirmed(const Request& request, const Account& answered, const Account* seen);

LogWord word_of(const Outcome<LogEvidence>& evidence);

// Whether what was read back, which shows nothing of our change, lets the same password be sent again. Of the sends
// whose end is not known there may be two at most: each could still be under way. Those that Auth0 itself said had
// failed are over.
bool may_send_again(const Intent& intent, TimePoint now) noexcept;

// Where the passwords are in somebody else's database, the account's own times say nothing of them; where that could
// not be seen, perhaps.
bool tells_of_changes(const Request& request);

// The wait before the first look after a lost answer. Longer when Auth0 itself said that it failed, so that a few sends
// last for an outage of most of a minute.
std::chrono::seconds look_after(const Intent& intent) noexcept;

}  // namespace countersign::rules
