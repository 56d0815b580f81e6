#include "handlers/model/account.hpp"

#include "handlers/core/ascii.hpp"

namespace countersign {

Account::Account(const Account&) = default;
Account::Account(Account&&) noexcept = default;
Account& Account::operator=(const Account&) = default;
Account& Account::operator=(Account&&) noexcept = default;
Account::~Account() = default;

SignIn Account::sign_in(std::string_view connection) const
{
    // The first: identities of one database are not told apart by a change either.
    for (std::size_t i = 0; i < database_connections.size() && i < sign_ins.size(); ++i)
        if (database_connections[i] == connection) return sign_ins[i];
    return SignIn{ascii::lower(email), email_verified};
}

bool Account::is_called(std::string_view address) const
{
    // Auth0 keeps the spelling of the addresses that other providers gave it.
    return ascii::is_lower_of(email, address);
}

bool Account::is_reached_by(std::string_view address) const
{
    if (is_called(address)) return true;
    for (const SignIn& each : sign_ins)
        if (each.address == address) return true;
    return false;
}

}  // namespace countersign
