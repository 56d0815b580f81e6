#include "handlers/passwords/format.hpp"

#include "handlers/passwords/passphrase.hpp"
#include "handlers/passwords/standard_format.hpp"

#include <array>
#include <utility>

namespace countersign {

namespace {

constexpr std::array<std::pair<PasswordFormat, std::string_view>, 3> format_names = {{
    {PasswordFormat::sop, "sop"},
    {PasswordFormat::passphrase, "passphrase"},
    {PasswordFormat::ticket, "ticket"},
}};

Outcome<std::optional<Secret>> made(Outcome<Secret> password)
{
    if (!password) return password.error();
    return std::optional<Secret>{std::move(*password)};
}

}  // namespace

std::string_view name_of(PasswordFormat format) noexcept
{
    for (const auto& [value, name] : format_names)
        if (value == format) return name;
    return "corrupt";
}

std::optional<PasswordFormat> password_format_named(std::string_view name) noexcept
{
    for (const auto& [format, known] : format_names)
        if (known == name) return format;
    return std::nullopt;
}

Outcome<std::optional<Secret>> make_password(
    PasswordFormat format, const PersonName& name, const PasswordPolicy& policy, const PersonalData& person,
    Random& random)
{
    switch (format)
    {
    case PasswordFormat::sop: return made(standard_password(name.given, name.family));
    case PasswordFormat::passphrase: return made(passphrase(random, policy, person));
    case PasswordFormat::ticket: return std::optional<Secret>{};
    }
    return Problem{Errc::unsupported, "password_format_unknown"};
}

}  // namespace countersign
