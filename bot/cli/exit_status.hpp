#pragma once

namespace countersign {

// The exit statuses of the command line itself.
inline constexpr int exit_ok = 0;
inline constexpr int exit_refused = 1;        // a password would be refused (password check)
inline constexpr int exit_misconfigured = 2;  // the configuration has mistakes: all of them are on standard error
inline constexpr int exit_usage = 64;         // the command line was not understood

}  // namespace countersign
