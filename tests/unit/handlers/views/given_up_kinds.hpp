#pragma once

#include "handlers/effects/job_handler.hpp"

#include <string>
#include <vector>

namespace countersign::test {

// What people read of jobs of these kinds.
inline std::vector<views::GivenUp> given_up(const std::vector<std::string>& kinds)
{
    std::vector<views::GivenUp> jobs;
    for (const std::string& kind : kinds) jobs.push_back(effects::handler_of(kind)->given_up);
    return jobs;
}

}  // namespace countersign::test
