#include "handlers/model/transaction.hpp"

namespace countersign {

Transaction::Transaction(const Transaction&) = default;
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(const Transaction&) = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

}  // namespace countersign
