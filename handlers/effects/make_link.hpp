#pragma once

#include "handlers/effects/running.hpp"

#include <optional>

namespace countersign::effects {

// Carries out a request for a password-change link: makes the link and seals it for the hand-over. No account
// is changed, so nothing has to be settled: a link whose answer was lost is known to no one, and another is made.
boost::asio::awaitable<JobResult> make_link(Running running, std::optional<Account> account);

}  // namespace countersign::effects
