#pragma once

#include "handlers/core/sealed.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/audit.hpp"
#include "handlers/model/freeze.hpp"
#include "handlers/model/home_viewer.hpp"
#include "handlers/model/job.hpp"
#include "handlers/model/post.hpp"
#include "handlers/model/replay_mark.hpp"
#include "handlers/model/request.hpp"

#include <optional>
#include <vector>

namespace countersign {

enum class CredentialStep
{
    none,
    seal,     // store `credential`; Errc::duplicate when there is one: one password per request for ever
    destroy,  // delete it
};

// Everything that happens in one transaction: all of it, or nothing.
struct Transaction
{
    explicit Transaction(TimePoint at_) : at{at_} {}
    // Made once and elsewhere: it is large, and every file would make them again.
    Transaction(const Transaction&);
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(const Transaction&);
    Transaction& operator=(Transaction&&) noexcept;
    ~Transaction();

    TimePoint at;
    std::optional<ReplayMark> replay;  // Errc::replayed when it is there already
    // For every step that leads to a password: Errc::conflict while anything is frozen, however short a time.
    bool unless_frozen = false;
    std::optional<Request> insert;  // Errc::duplicate when the id is taken
    // Guarded by Request::version (Errc::conflict). Errc::duplicate: another open request has the same account.
    std::optional<Request> update;
    std::optional<Post> post;  // written over the row of the same request and kind
    // With it the audit rows are written only when it is not remembered yet: one row for many events of one kind.
    std::optional<ReplayMark> audit_once;
    CredentialStep credential_step = CredentialStep::none;
    std::optional<Sealed> credential;    // the sealed password of `update` (or `insert`)
    std::optional<FreezeSwitch> freeze;  // with the version that was read: Errc::conflict when it is another by now
    std::optional<HomeViewer> viewer;    // written over the row of the same person, unless that was opened later
    std::vector<AuditEvent> audit;
    std::vector<NewJob> jobs;
    std::optional<JobStep> job;
};

}  // namespace countersign
