#include "handlers/rules/after_change.hpp"

namespace countersign::rules {

namespace {

bool is_about_plan(const Problem& problem)
{
    return problem.reason == "auth0_plan_missing" || problem.reason == "auth0_scope_missing" ||
        problem.reason == "auth0_options_scope_missing";
}

}  // namespace

AfterChange result_of(const Request& request, std::string_view step)
{
    const auto found = request.after_change.find(step);
    return found == request.after_change.end() ? AfterChange::not_needed : found->second;
}

bool waits_for(const Request& request, std::string_view step)
{
    const AfterChange result = result_of(request, step);
    return result == AfterChange::waiting || result == AfterChange::sending;
}

bool is_done_once(std::string_view step) noexcept { return step == after_change::tell_owner; }

StepEnd judge_step(std::string_view step, const Outcome<void>& answer)
{
    if (answer) return StepEnd::done;
    const Problem& problem = answer.error();
    if (is_about_plan(problem)) return StepEnd::not_in_plan;
    if (problem.code == Errc::unsupported) return StepEnd::not_needed;
    if (problem.code == Errc::answer_lost && is_done_once(step)) return StepEnd::answer_lost;
    return StepEnd::again;
}

}  // namespace countersign::rules
