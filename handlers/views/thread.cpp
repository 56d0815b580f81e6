#include "handlers/views/thread.hpp"

#include "handlers/slack/block_kit.hpp"
#include "handlers/views/facts.hpp"

namespace countersign::views {

namespace {

std::string_view name_of_step(std::string_view step) noexcept
{
    if (step == after_change::mark_must_change) return "Own password at the next sign-in";
    if (step == after_change::revoke_tokens) return "Apps that stay signed in";
    if (step == after_change::end_sessions) return "Open browser sessions";
    if (step == after_change::tell_owner) return "Mail to the account's owner";
    return "Step";
}

std::string_view done_words(std::string_view step) noexcept
{
    if (step == after_change::mark_must_change) return "demanded";
    if (step == after_change::revoke_tokens) return "signed out";
    if (step == after_change::end_sessions) return "ended";
    return "sent by Auth0";
}

std::string_view failed_words(std::string_view step) noexcept
{
    if (step == after_change::mark_must_change) return "*not confirmed*: ask the owner to change the password";
    if (step == after_change::revoke_tokens) return "*not signed out*: revoke the refresh tokens in Auth0";
    if (step == after_change::end_sessions) return "*not ended*: end the sessions in Auth0";
    return "*no proof that it was sent*: tell the owner yourself";
}

std::string result_words(std::string_view step, AfterChange result)
{
    switch (result)
    {
    case AfterChange::waiting:
    case AfterChange::sending: return "in progress";
    case AfterChange::done: return std::string{done_words(step)};
    case AfterChange::failed: return std::string{failed_words(step)};
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
    for (const std::string_view step : after_change::all)
    {
        const auto found = request.after_change.find(step);
        if (found == request.after_change.end()) continue;
        words += "\n• " + std::string{name_of_step(step)} + ": " + result_words(step, found->second);
    }
    return slack::message(words, {slack::section(slack::Mrkdwn{words})});
}

}  // namespace countersign::views
