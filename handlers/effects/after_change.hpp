#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string_view>

namespace countersign::effects {

// The steps that this change needs, each with its job, before its outcome is written: `request` as it was, `now` the
// account after the change. They run one after the other, first what anybody could still get in with.
void add_after_care(Transaction& change, Request& request, const Account& now, const AfterCareSettings& settings);

// Does the step that the job is named after.
boost::asio::awaitable<JobResult> take_care(const Services& services, Job job);

bool is_after_care(std::string_view kind) noexcept;

// Commits the result of a step; `failed` buries its job.
boost::asio::awaitable<JobResult> end_care(const Services& services, Job job, AfterChange result, std::string why);

}  // namespace countersign::effects
