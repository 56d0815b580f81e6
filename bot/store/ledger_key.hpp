#pragma once

#include "handlers/ports/vault.hpp"

#include <string>

namespace countersign::store {

class Connection;

// Throws StartRefused when the ledger at `path` was sealed with another key than that of `vault`. It is told by
// the check value; older ledgers have none, and name the key in what was sealed last. Changes nothing. A ledger in
// which nothing was sealed takes any key. The caller holds the lock.
void require_key(const std::string& path, const Vault& vault);

// Seals the check value, if the ledger has none yet.
void keep_key(Connection& connection, const Vault& vault);

}  // namespace countersign::store
