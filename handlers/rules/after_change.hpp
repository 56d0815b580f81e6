#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"

#include <string_view>

// The steps after a change.
namespace countersign::rules {

// A step that is not in the request is not needed.
AfterChange result_of(const Request& request, std::string_view step);
bool waits_for(const Request& request, std::string_view step);

// The steps that this change needs, each with its job, before its outcome is written: `request` as it was, `now` the
// account after the change. They run one after the other, first what anybody could still get in with.
void add_after_care(Transaction& change, Request& request, const Account& now, const AfterCareSettings& settings);

enum class StepEnd
{
    done,
    not_in_plan,  // the Auth0 plan, or what Countersign may do there, does not include it
    not_needed,   // the connection does not offer it
    answer_lost,  // what must not be done twice may have been done: given up
    again,        // it was not done, for a cause that may pass, or with a definite no
};

// What Auth0's answer to a step comes to.
StepEnd judge_step(std::string_view step, const Outcome<void>& answer);

// A second mail would be a second link; the other steps do no harm twice.
bool is_done_once(std::string_view step) noexcept;

}  // namespace countersign::rules
