#pragma once

#include "handlers/effects/running.hpp"

#include <string>

namespace countersign::effects {

// A job for which nothing more is tried, and what is to be committed: the job's end as a dead letter, with its audit
// row. What it means for its request is added by the row of its kind.
struct Burial
{
    Running running;
    std::string why;  // a code, for the operator
    Transaction change;
};

}  // namespace countersign::effects
