#pragma once

#include "handlers/ports/store.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace countersign::audit {

// The audit log is a chain: each row's text holds the hash of the row before it.
// Text: {"seq":N,"at":"ISO 8601","request":"..." or null,"action":"...","actor":"...","details":{...},"prev":"64 hex"},
// keys in this order, no spaces, details in the order given. Hash: lower-case hex SHA-256(0x00 || text).

// What stands before the first row.
AuditMark genesis();

// The row that follows `previous`.
AuditRow next_row(const AuditMark& previous, const AuditEvent& event, TimePoint at);

// The first sequence number at which `rows` are not the continuation of `previous`, or nothing when they are.
// Finds edits, wrong order, duplicates, rows taken out or put in. It cannot find a tail that was cut off, nor a chain
// that was computed again from a changed row on: for that, compare with a hash kept elsewhere.
std::optional<std::int64_t> verify(std::span<const AuditRow> rows, const AuditMark& previous = genesis());

}  // namespace countersign::audit
