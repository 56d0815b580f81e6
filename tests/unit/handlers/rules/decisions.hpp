#pragma once

#include "handlers/rules/job_decision.hpp"

#include <string>

namespace countersign::test {

// "done", "later 30 frozen", or the jobs of the transaction in their order, each with its payload: "card
// thread_line/passed_on"; "nothing" when there are none.
inline std::string text_of(const rules::JobDecision& decision)
{
    if (std::get_if<rules::Done>(&decision)) return "done";
    if (const auto* later = std::get_if<rules::Later>(&decision))
        return "later " + std::to_string(later->wait.count()) + " " + later->why;
    std::string text;
    for (const NewJob& job : std::get<Transaction>(decision).jobs)
        text += (text.empty() ? "" : " ") + job.kind + (job.payload.empty() ? "" : "/" + job.payload);
    return text.empty() ? "nothing" : text;
}

}  // namespace countersign::test
