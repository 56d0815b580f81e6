#pragma once

#include "handlers/core/strong_id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace countersign {

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

// The actor of what Countersign does by itself.
inline constexpr const char* system_actor = "countersign";

}  // namespace countersign
