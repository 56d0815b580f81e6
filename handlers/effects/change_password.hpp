#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <chrono>

namespace countersign {

// How a lost answer is settled (design.md section 4; reliability: one password a request for ever).
inline constexpr std::chrono::seconds settle_after{2};             // first look after an answer was lost
inline constexpr std::chrono::seconds settle_every{5};             // further looks
inline constexpr std::chrono::seconds resend_within{60};           // the same password may be sent again, once
inline constexpr std::chrono::minutes give_up_unmoved_after{3};    // nothing has changed there: outcome unknown
inline constexpr std::chrono::minutes give_up_unproved_after{10};  // something changed, but not provably by us

inline constexpr std::chrono::hours approval_age_max{2};  // an approval not carried out by then has lapsed
inline constexpr std::chrono::seconds frozen_every{30};   // looks whether everything is still frozen

// Carries an approved request out: checks rights and account again, makes the intent durable, sends the change, and
// settles a lost answer by reading back. Also takes up where a killed process left off.
boost::asio::awaitable<JobResult> change_password(const Services& services, Job job);

}  // namespace countersign
