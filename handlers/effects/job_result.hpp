#pragma once

#include "handlers/core/error.hpp"
#include "handlers/slack/refusal.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace countersign::effects {

// What an effect reports to the runner. An effect that changes anything commits its own end, in the same
// transaction as its outcome; what it leaves to the runner is only "again" and "never".
class JobResult
{
public:
    enum class Kind
    {
        committed,  // the effect's own commit ended the job (or another worker has it now)
        postpone,   // again after `wait`; nobody's failure
        retry,      // again after a back-off, or after `wait` when the service asked for it; counted
        bury,       // no use trying again
    };

    static JobResult committed() { return JobResult{Kind::committed, {}, {}}; }
    static JobResult postpone(std::chrono::seconds wait, std::string why)
    {
        return JobResult{Kind::postpone, wait, std::move(why)};
    }
    static JobResult retry(const Problem& problem)
    {
        return JobResult{Kind::retry, problem.retry_after, word(problem)};
    }
    static JobResult bury(const Problem& problem) { return JobResult{Kind::bury, {}, word(problem)}; }

    // The usual reading of a failed call to Auth0: a definite no is final, and so is an answer over our limit; a rate
    // limit postpones, the rest is tried again.
    static JobResult of(const Problem& problem)
    {
        switch (problem.code)
        {
        case Errc::rate_limited: return postpone(problem.retry_after.value_or(std::chrono::seconds{1}), "rate_limited");
        case Errc::refused:
        case Errc::too_large:
        case Errc::forbidden:
        case Errc::not_found: return bury(problem);
        default: return retry(problem);
        }
    }

    // The same of a call to Slack. A no is final when it is about the message or about a person; what somebody can mend
    // is tried for as long as an outage, and was said when it began.
    static JobResult of_slack(const Problem& problem)
    {
        switch (problem.code)
        {
        case Errc::rate_limited: return postpone(problem.retry_after.value_or(std::chrono::seconds{1}), "rate_limited");
        case Errc::too_large: return bury(problem);
        case Errc::refused:
        case Errc::forbidden:
            if (slack::is_final(problem)) return bury(problem);
            break;
        default: return retry(problem);
        }
        JobResult again = retry(problem);
        again.is_said = true;
        return again;
    }

    Kind kind;
    std::optional<std::chrono::seconds> wait;
    std::string why;       // a code, for the operator
    bool is_said = false;  // in the log, once: not at each try

private:
    JobResult(Kind kind_, std::optional<std::chrono::seconds> wait_, std::string why_)
        : kind{kind_},
          wait{wait_},
          why{std::move(why_)}
    {}

    static std::string word(const Problem& problem)
    {
        return problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason;
    }
};

}  // namespace countersign::effects
