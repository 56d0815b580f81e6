#include "handlers/views/thread.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/facts.hpp"

#include <array>

namespace countersign::views {

namespace {

struct StepWords
{
    std::string_view step;
    std::string_view name;
    std::string_view done;
    std::string_view failed;  // mrkdwn
};

constexpr std::array steps = {
    StepWords{
        after_change::mark_must_change, "Own password at the next sign-in", "demanded",
        "*not confirmed*: ask the owner to change the password"},
    StepWords{
        after_change::revoke_tokens, "Apps that stay signed in", "signed out",
        "*not signed out*: revoke the refresh tokens in Auth0"},
    StepWords{after_change::end_sessions, "Open browser sessions", "ended", "*not ended*: end the sessions in Auth0"},
    StepWords{
        after_change::tell_owner, "Mail to the account's owner", "sent by Auth0",
        "*no proof that it was sent*: tell the owner yourself"},
};
static_assert(steps.size() == after_change::all.size());

std::string_view result_words(const StepWords& step, AfterChange result)
{
    switch (result)
    {
    case AfterChange::waiting:
    case AfterChange::sending: return "in progress";
    case AfterChange::done: return step.done;
    case AfterChange::failed: return step.failed;
    case AfterChange::not_in_plan:
        return "not done: the Auth0 plan or Countersign's permissions there do not include it";
    case AfterChange::not_needed: return "not needed: the connection does not offer it";
    }
    return "unknown";
}

}  // namespace

slack::Message thread(const Request& request)
{
    std::string words = "*After the change* · request " + reference(request);
    for (const StepWords& step : steps)
    {
        const auto found = request.after_change.find(step.step);
        if (found == request.after_change.end()) continue;
        words += "\n• " + std::string{step.name} + ": " + std::string{result_words(step, found->second)};
    }
    return slack::message(words, {slack::section(slack::Mrkdwn{words})});
}

}  // namespace countersign::views
