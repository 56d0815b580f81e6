#pragma once

#include "handlers/ports/store.hpp"

#include <cstddef>

namespace countersign::store {

class Connection;

inline constexpr std::size_t payload_bytes_max = 8192;

// Throws std::invalid_argument for a transaction that no caller may make: a payload over payload_bytes_max, a
// credential without the request that it belongs to, and the like. Mistakes of ours, not input.
void check(const Transaction& change);

// Writes what `change` says, in the order of Writer::apply(), and moves `head` past its audit rows. On an error the
// caller rolls back.
Result<Receipt> apply_transaction(Connection& connection, const Transaction& change, AuditMark& head);

}  // namespace countersign::store
