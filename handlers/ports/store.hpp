#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/vault.hpp"
#include "handlers/requests/request.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign {

// A signed request that was accepted. It is remembered so that it is accepted once.
struct ReplayMark
{
    std::string digest;    // SHA-256 over the raw body, hex: it holds Slack's single-use trigger_id
    TimePoint expires_at;  // when a copy's signature is stale anyway
};

// One row of the audit log. The store gives it its sequence number, the time of the change and the hash of the row
// before it. `details` stand in the row in this order; no secret, no whole e-mail address.
struct AuditEvent
{
    AuditEvent(std::string action_, std::string actor_, std::optional<RequestId> request_ = {})
        : action{std::move(action_)},
          actor{std::move(actor_)},
          request{std::move(request_)}
    {}

    std::string action;  // noun_verb: "request_received", "request_approved", ...
    std::string actor;   // a Slack user id, or "countersign"
    std::optional<RequestId> request;
    std::vector<std::pair<std::string, std::string>> details;
};

// The place of a row in the audit log.
struct AuditMark
{
    std::int64_t sequence = 0;
    std::string hash;  // 64 hex digits
};

// A row as written, for verification and for auditors.
struct AuditRow
{
    AuditMark mark;
    std::string text;  // the canonical JSON that was hashed
};

enum class PostKind
{
    card,          // in the approvals channel, edited in place
    audit,         // in the audit channel, once a finished request
    requester_dm,  // direct message to the requester, once a finished request; edited when the password was shown
    thread,        // under the card: what became of the steps after the change; edited in place
};

// A message that must exist once. Its row is written before the call to Slack, so that a lost answer is known as such.
struct Post
{
    Post(RequestId request_, PostKind kind_, std::string uuid_)
        : request{std::move(request_)},
          kind{kind_},
          uuid{std::move(uuid_)}
    {}

    RequestId request;
    PostKind kind;
    std::string uuid;                        // in the message's metadata
    std::optional<ChannelId> channel;        // where it was, or is being, sent
    std::optional<MessageTs> ts;             // known once Slack has answered
    std::optional<TimePoint> sending_since;  // set before each first send
    std::int64_t drawn_version = -1;         // the request's version that it shows; -1: none yet; or was_there

    // As drawn_version of what was posted and is gone: it is posted anew, also when its request has ended meanwhile.
    static constexpr std::int64_t was_there = -2;
};

// Things to do after the commit. Jobs of one lane run one at a time, oldest first.
struct NewJob
{
    NewJob(std::string kind_, std::string lane_, TimePoint due_, std::optional<RequestId> request_ = {})
        : kind{std::move(kind_)},
          lane{std::move(lane_)},
          due{due_},
          request{std::move(request_)}
    {}

    std::string kind;  // a name of handlers/effects
    std::string lane;
    TimePoint due;
    std::optional<RequestId> request;
    std::string payload;    // JSON, at most 8 KiB; secrets in it are sealed
    bool coalesce = false;  // not added while the lane holds one of this kind that waits: it will do both
};

struct Job
{
    std::int64_t id = 0;
    std::string kind;
    std::string lane;
    std::optional<RequestId> request;
    std::string payload;
    int attempts = 0;        // failed attempts before this one
    std::int64_t epoch = 0;  // raised by each claim: the fencing token
    TimePoint created_at;
};

// Which kinds of jobs are meant.
struct JobKinds
{
    enum class Are
    {
        any,
        these,
        others,  // all but these
    };

    Are are = Are::any;
    std::vector<std::string> kinds;
};

enum class JobEnd
{
    keep,      // still ours: an intermediate commit
    finish,    // done
    postpone,  // run again at `due`, not a failure
    retry,     // run again at `due`, counted as a failure
    bury,      // dead letter
};

// What becomes of the job in whose name a change is committed. Fenced: Errc::lease_lost when another worker has it.
struct JobStep
{
    std::int64_t id = 0;
    std::int64_t epoch = 0;
    JobEnd end = JobEnd::keep;
    std::optional<TimePoint> due;
    std::string error;  // a code, for the operator
};

// The switch that stops everything. Holds until two people who are no one and the same have released it.
struct Freeze
{
    SlackUserId by;
    TimePoint since;
    std::string reason;              // one clean line, at most reason_units_max
    std::vector<Decision> releases;  // so far; by different people
    int lapsed = 0;                  // releases that ceased to count, but were one
};

// The switch as stored. Version 0: it was never used.
struct FreezeSwitch
{
    std::int64_t version = 0;
    std::optional<Freeze> freeze;  // absent: nothing is frozen
};

// Somebody who has opened the App Home, so that it is kept up to date.
struct HomeViewer
{
    SlackUserId user;
    TimePoint opened_at;
    std::int64_t page = 0;
    std::string digest;  // of the view as published last; empty: never
};

enum class CredentialStep
{
    none,
    seal,     // store `credential`; Errc::duplicate when there is one: one password per request for ever
    destroy,  // delete it
};

// Everything that happens in one transaction: all of it, or nothing.
struct Change
{
    explicit Change(TimePoint at_) : at{at_} {}
    // Made once and elsewhere: it is large, and every file would make them again.
    Change(const Change&);
    Change(Change&&) noexcept;
    Change& operator=(const Change&);
    Change& operator=(Change&&) noexcept;
    ~Change();

    TimePoint at;
    std::optional<ReplayMark> replay;  // Errc::replayed when it is there already
    // For every step that leads to a password: Errc::conflict while anything is frozen, however short a time.
    bool unless_frozen = false;
    std::optional<Request> insert;  // Errc::duplicate when the id is taken
    // Guarded by Request::version (Errc::conflict). Errc::duplicate: another open request has the same account.
    std::optional<Request> update;
    std::optional<Post> post;  // written over the row of the same request and kind
    // With it the audit rows are written only when this is not remembered yet: one row for many of the same.
    std::optional<ReplayMark> audit_once;
    CredentialStep credential_step = CredentialStep::none;
    std::optional<Sealed> credential;    // the sealed password of `update` (or `insert`)
    std::optional<FreezeSwitch> freeze;  // with the version that was read: Errc::conflict when it is another by now
    std::optional<HomeViewer> viewer;    // written over the row of the same person, unless that was opened later
    std::vector<AuditEvent> audit;
    std::vector<NewJob> jobs;
    std::optional<JobStep> job;
};

// Requests of one person, for one account, or all of them.
struct RequestWindow
{
    enum class Of
    {
        person,     // key: SlackUserId; those that reached an approver, or may, and were not cancelled
        account,    // key: account_key(); only requests that an approver was asked for
        everybody,  // as of one person
        look_ups,   // key: SlackUserId; whatever came of them
    };

    Of of;
    std::string key;
    TimePoint since;
};

// What counts as one account: also one that does not exist yet, so that two requests do not make the same.
inline std::string account_key(const Auth0UserId& account) { return account.str(); }
inline std::string new_account_key(const Email& email) { return "new:" + email.str(); }

// Who decided a request of whom.
struct DecidedBy
{
    SlackUserId by;
    TimePoint at;
};

struct Receipt
{
    std::optional<AuditMark> audit;  // of the last audit row of this change
};

// The ledger. A commit is durable when it returns. All calls throw StoreUnavailable when the database cannot be used;
// after an I/O error that stays so. Call from one executor.
class Store
{
public:
    virtual ~Store() = default;

    virtual boost::asio::awaitable<Result<Receipt>> commit(Change change) = 0;

    virtual boost::asio::awaitable<std::optional<Request>> find_request(RequestId id) = 0;
    virtual boost::asio::awaitable<std::optional<Post>> find_post(RequestId id, PostKind kind) = 0;
    virtual boost::asio::awaitable<std::optional<Sealed>> find_credential(RequestId id) = 0;
    virtual boost::asio::awaitable<FreezeSwitch> find_freeze() = 0;

    // When these requests were made: the newest first, at most `limit`.
    virtual boost::asio::awaitable<std::vector<TimePoint>> request_times(RequestWindow window, int limit) = 0;
    // Who approved or denied this person's requests since then: the newest first, at most `limit`.
    virtual boost::asio::awaitable<std::vector<DecidedBy>> deciders_of(
        SlackUserId requester, TimePoint since, int limit) = 0;
    // The request that keeps another for this account_key() from being asked for: pending, or approved and not ended.
    virtual boost::asio::awaitable<std::optional<Request>> find_open_request(std::string account_key) = 0;
    // The newest request for this account whose password was changed.
    virtual boost::asio::awaitable<std::optional<Request>> last_change_of(Auth0UserId account) = 0;
    // A person's requests: open ones first, then the newest.
    virtual boost::asio::awaitable<std::vector<Request>> requests_of(SlackUserId requester, int limit, int offset) = 0;
    // What waits for a decision: the oldest first.
    virtual boost::asio::awaitable<std::vector<Request>> pending_requests(int limit, int offset) = 0;
    // What a freeze holds: what waits for a decision, and what is approved and not begun. The oldest first.
    virtual boost::asio::awaitable<std::vector<Request>> held_requests(int limit) = 0;
    // What ended since then with an approver having been asked: the newest first.
    virtual boost::asio::awaitable<std::vector<Request>> ended_requests(TimePoint since, int limit, int offset) = 0;

    virtual boost::asio::awaitable<std::optional<HomeViewer>> find_viewer(SlackUserId user) = 0;
    // Those who opened their Home last, at most `limit`.
    virtual boost::asio::awaitable<std::vector<HomeViewer>> viewers(int limit) = 0;

    // The newest audit row of a request.
    virtual boost::asio::awaitable<std::optional<AuditMark>> last_audit_of(RequestId id) = 0;

    // Leases at most `limit` due jobs of these kinds: ready ones, and leased ones whose lease has ended. Ordered by id;
    // of a lane only the oldest unfinished job, and none while another job of the lane is leased.
    virtual boost::asio::awaitable<std::vector<Job>> claim_jobs(
        TimePoint now, TimePoint lease_until, int limit, JobKinds kinds) = 0;
    // When the next job is due or the next lease ends, if there is any.
    virtual boost::asio::awaitable<std::optional<TimePoint>> next_due() = 0;
};

}  // namespace countersign
