#include "handlers/passwords/make_password.hpp"

#include "handlers/passwords/passphrase.hpp"
#include "handlers/passwords/standard_format.hpp"

#include <utility>

namespace countersign::passwords {

namespace {

Outcome<std::optional<Secret>> made(Outcome<Secret> password)
{
    if (!password) return password.error();
    return std::optional<Secret>{std::move(*password)};
}

}  // namespace

Outcome<std::optional<Secret>> make_password(
    PasswordFormat format, const PersonName& name, const PasswordPolicy& policy, const PersonalData& person,
    Random& random)
{
    switch (format)
    {
    case PasswordFormat::sop: return made(standard_password(name.given, name.family));
    case PasswordFormat::passphrase: return made(passphrase(random, policy, person));
    case PasswordFormat::link: return std::optional<Secret>{};
    }
    return Problem{Errc::unsupported, "password_format_unknown"};
}

}  // namespace countersign::passwords
