#pragma once

#include "handlers/core/secret_text.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <cstddef>
#include <optional>

namespace countersign::auth0 {

// What a marker takes of a SecretText's capacity at most.
inline constexpr std::size_t marker_bytes_max = 1024;

// Appends {"countersign":{...}}, the value of `app_metadata` that says by which request a password was set, when, and
// whether its owner is to change it (auth0/CONTRACT.md, "A password of one's own"). Always whole: Auth0 merges metadata
// at the first level only. `admin_lpr` is the account's last_password_reset right after our change, as far as it is
// known: by it deploy/auth0-actions/require-password-change.js tells our password from the owner's.
void append_marker(
    SecretText& body, const RequestId& request, TimePoint reset_at, bool must_change,
    std::optional<TimePoint> admin_lpr);

}  // namespace countersign::auth0
