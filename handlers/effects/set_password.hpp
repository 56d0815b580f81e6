#pragma once

#include "handlers/effects/running.hpp"

#include <optional>

namespace countersign::effects {

// Sets a password, or creates an account with one: seals the one password of this request, sends it, and sees to the
// outcome. `account`: as read just now; absent: it is to be created.
boost::asio::awaitable<JobResult> set_password(Running running, std::optional<Account> account);

}  // namespace countersign::effects
