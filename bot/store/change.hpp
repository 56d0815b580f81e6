#pragma once

#include "handlers/ports/store.hpp"

namespace countersign::store {

class Connection;

// Writes what `change` says, in the order of Writer::apply(), and moves `head` past its audit rows. On an error the
// caller rolls back.
Result<Receipt> apply_change(Connection& connection, const Transaction& change, AuditMark& head);

// The names under which kinds of posts are stored: never change one.
std::string_view name_of(PostKind kind) noexcept;

}  // namespace countersign::store
