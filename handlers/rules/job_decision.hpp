#pragma once

#include "handlers/model/transaction.hpp"

#include <chrono>
#include <string>
#include <variant>

namespace countersign::rules {

// There is nothing (more) to do.
struct Done
{
};

// It is not time yet.
struct Later
{
    std::chrono::seconds wait;
    std::string why;  // a code, for the operator
};

// What a job comes to that needs nothing from outside. A transaction ends the job with its commit.
using JobDecision = std::variant<Done, Later, Transaction>;

}  // namespace countersign::rules
