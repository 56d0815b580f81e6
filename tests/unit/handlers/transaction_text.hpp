#pragma once

#include "handlers/model/transaction.hpp"
#include "tests/support/text.hpp"

#include <string>

// What a transaction says, as text that tests compare.
namespace countersign::test {

// "request_approved U0LEAD cs-1 state=approved ...": everything that a row says.
std::string row_text(const AuditEvent& row);
// The only row of the change; fails the test when there are more, or none.
std::string only_row(const Transaction& change);
// "card homes+2000": kinds, with payloads, in alphabetical order, and by how many ms later than the change when not at
// once. Without notes.
std::string jobs_text(const Transaction& change);
// What the change has the person told; empty when nothing. Fails the test when it is more than one note.
std::string note_text(const Transaction& change);

}  // namespace countersign::test
