#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/vault.hpp"
#include "handlers/requests/account.hpp"
#include "handlers/requests/state.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

// Where a private answer can still be sent (contract/slack.md section 4): at most 5 uses within 30 minutes.
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

// What is durable before the change is sent: enough to settle a lost answer.
struct Intent
{
    TimePoint started_at;
    std::optional<TimePoint> reset_before;  // the account's last_password_reset as read just before
    bool blocked_before = false;
    int sends = 0;  // how often the change was sent, or may have been
};

// The result of a step after the change. None of them can turn Done into Failed.
enum class AfterCare
{
    not_needed,
    waiting,
    done,
    failed,
};

// One request for one password change, as stored. Plain data; the rules are in decide.hpp.
struct Request
{
    Request(RequestId id_, SlackUserId requester_, Email email_, ReplyPath reply_, TimePoint at)
        : id{std::move(id_)},
          requester{std::move(requester_)},
          email{std::move(email_)},
          reply{std::move(reply_)},
          created_at{at},
          updated_at{at}
    {}

    RequestId id;
    std::int64_t version = 0;  // as read from the store; raised by one with each update
    State state = State::looking_up;
    SlackUserId requester;
    Email email;
    std::string reason;  // as typed, at most reason_bytes_max, no control characters
    ReplyPath reply;
    TimePoint created_at;
    TimePoint updated_at;
    std::optional<TimePoint> expires_at;  // set when it becomes pending

    std::optional<Account> account;       // set when found
    std::vector<std::string> lookalikes;  // other accounts with this address, in words for the card
    std::optional<Decision> decision;     // set when approved, denied or cancelled
    std::optional<Intent> intent;         // set when executing
    std::string ending;                   // why refused, failed or unknown: a code of words.hpp
    AfterCare reblock = AfterCare::not_needed;

    bool is_open() const { return !is_final(state); }
};

inline constexpr std::size_t reason_bytes_max = 500;

// The document form of a request (everything but id, version and state, which are columns).
std::string to_document(const Request& request);
// Errc::corrupt when the document is not one of ours.
Result<Request> from_document(RequestId id, std::int64_t version, State state, std::string_view document);

}  // namespace countersign
