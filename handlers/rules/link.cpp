#include "handlers/rules/link.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace countersign::rules {

namespace {

// Endings that are about the password that was to be set.
constexpr std::array about_the_password = {
    std::string_view{"name_missing"},
    std::string_view{"password_too_long"},
    std::string_view{"policy_refuses"},
    std::string_view{"policy_unknown"},
    std::string_view{"no_passphrase_fits"},
    std::string_view{"password_too_weak"},
    std::string_view{"password_used_before"},
    std::string_view{"password_too_common"},
    std::string_view{"password_has_personal_data"},
};

}  // namespace

bool link_serves(const Request& request)
{
    if (!request.account || request.format == PasswordFormat::link || request.wants_link) return false;
    if (request.state == State::choosing) return request.asks(question::names);
    if (request.state != State::refused && request.state != State::failed) return false;
    return std::find(about_the_password.begin(), about_the_password.end(), request.ending) != about_the_password.end();
}

}  // namespace countersign::rules
