#include "handlers/requests/account.hpp"

namespace countersign {

Account::Account(const Account&) = default;
Account::Account(Account&&) noexcept = default;
Account& Account::operator=(const Account&) = default;
Account& Account::operator=(Account&&) noexcept = default;
Account::~Account() = default;

}  // namespace countersign
