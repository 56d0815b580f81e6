#include "handlers/rules/after_change.hpp"

#include "handlers/rules/settle.hpp"

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

void add_after_care(Transaction& change, Request& request, const Account& now, const AfterCareSettings& settings)
{
    const bool is_new = request.creates_account();
    const auto need = [&](std::string_view step) {
        request.after_change[std::string{step}] = AfterChange::waiting;
        // One lane: a step begins when the one before it has ended, whichever way.
        change.jobs.emplace_back(std::string{step}, request.id.str() + "/after_care", change.at, request.id);
    };
    if (settings.must_change && (is_new || moved(request, now))) need(after_change::mark_must_change);
    // Nobody has signed in to an account that was made just now.
    if (settings.revoke_tokens && !is_new) need(after_change::revoke_tokens);
    if (settings.end_sessions && !is_new) need(after_change::end_sessions);
    const SignIn owner = now.sign_in(request.connection);
    if (settings.tell_owner && !is_new && owner.is_verified && !owner.address.empty()) need(after_change::tell_owner);
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
