#pragma once

#include "handlers/ports/vault.hpp"

#include <string>

namespace countersign::store {

class Connection;

// Throws StartRefused when the ledger at `path` was sealed with another key than that of `vault`. What tells is its
// check value; in a ledger of before there was one, the key that is named by what was sealed in it last. Changes
// nothing. A ledger that is empty, or in which nothing was sealed, takes any key. The caller has it locked.
void require_key(const std::string& path, const Vault& vault);

// Seals the check value, if the ledger has none yet.
void keep_key(Connection& connection, const Vault& vault);

}  // namespace countersign::store
