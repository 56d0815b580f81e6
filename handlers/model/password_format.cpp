#include "handlers/model/password_format.hpp"

#include <array>
#include <utility>

namespace countersign {

namespace {

constexpr std::array<std::pair<PasswordFormat, std::string_view>, 3> format_names = {{
    {PasswordFormat::sop, "sop"},
    {PasswordFormat::passphrase, "passphrase"},
    {PasswordFormat::link, "ticket"},
}};

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

}  // namespace countersign
