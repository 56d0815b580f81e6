#include "handlers/views/given_up.hpp"

#include "handlers/core/email.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/facts.hpp"
#include "handlers/views/words.hpp"

#include <string>

namespace countersign::views {

namespace {

std::string sentence(const GivenUp& job, const std::string& about)
{
    return std::string{job.what} + about + " " + std::string{job.end};
}

}  // namespace

slack::Message trouble(const Request& request, const std::vector<GivenUp>& jobs, bool in_audit_channel)
{
    const std::string address =
        in_audit_channel ? slack::code_span(mask_email(request.email)) : slack::code_span(request.email.str());
    const std::string about =
        "request " + reference(request) + " (" + address + ", " + std::string{state_word(request.state)} + ")";
    std::string words = "*Given up* · ";
    if (jobs.size() == 1)
        words += sentence(jobs.front(), " for " + about);
    else
    {
        words += about + ":";
        for (const GivenUp& job : jobs) words += "\n• " + sentence(job, "");
    }
    return slack::Message{words + " The operator finds the cause in the log."};
}

}  // namespace countersign::views
