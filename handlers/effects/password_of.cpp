#include "handlers/effects/password_of.hpp"

#include "handlers/passwords/make_password.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Whose data a passphrase must not hold: of an account that is still to be made, what Auth0 will make of it.
Account owner_of(const Request& request)
{
    if (request.account) return *request.account;
    Account account{Auth0UserId{"new"}};
    account.email = request.email.str();
    account.given_name = request.given_name();
    account.family_name = request.family_name();
    account.name = account.given_name + " " + account.family_name;
    account.nickname = account.email.substr(0, account.email.find('@'));
    return account;
}

}  // namespace

asio::awaitable<Outcome<Secret>> password_of(const Services& services, Request request, Freshness freshness)
{
    passwords::PasswordPolicy policy;
    if (request.format == PasswordFormat::passphrase)
    {
        const auto connection = co_await services.accounts.read_policy(request.connection, freshness);
        if (!connection) co_return connection.error();
        policy = passwords::password_policy_of(*connection);
    }
    const std::string given = request.given_name();
    const std::string family = request.family_name();
    const passwords::PersonName name{given, family};
    const passwords::PersonalData person = passwords::personal_data_of(owner_of(request));
    auto made = passwords::make_password(request.format, name, policy, person, services.random);
    if (!made) co_return made.error();
    if (!*made) co_return Problem{Errc::unsupported, "password_format_unknown"};
    co_return std::move(**made);
}

}  // namespace countersign::effects
