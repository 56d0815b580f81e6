#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <optional>

namespace countersign::effects {

// Sets a password, or creates an account with one: seals the one password of this request, sends it, and sees to the
// outcome. `account`: as read just now; absent: it is to be created.
boost::asio::awaitable<JobResult> set_password(
    const Services& services, Job job, Request request, std::optional<Account> account);

}  // namespace countersign::effects
