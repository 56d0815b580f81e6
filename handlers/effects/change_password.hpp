#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <chrono>

namespace countersign::effects {

// How a lost answer is settled: one password a request for ever.
inline constexpr std::chrono::seconds settle_after{2};    // first look after an answer was lost
inline constexpr std::chrono::seconds settle_every{5};    // further looks
inline constexpr std::chrono::seconds resend_within{60};  // of the first send: the same password may be sent again
inline constexpr int sends_max = 8;
inline constexpr std::chrono::minutes give_up_after{10};  // of the last send: what is not proved by then is given up
inline constexpr std::chrono::minutes log_patience{5};    // more, while the tenant's log cannot be asked for a moment

inline constexpr std::chrono::hours approval_age_max{2};  // an approval not carried out by then has lapsed
inline constexpr std::chrono::seconds frozen_every{30};   // looks whether everything is still frozen

// Carries an approved request out: checks rights and account again, makes the intent durable, sends the change, and
// settles a lost answer by reading back. Also takes up where a killed process left off.
boost::asio::awaitable<JobResult> change_password(const Services& services, Job job);

}  // namespace countersign::effects
