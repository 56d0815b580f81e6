#pragma once

#include "tests/scenario/world.hpp"

#include <functional>
#include <string>
#include <vector>

namespace countersign::test {

// A moment of a request's life at which the process dies, by the way it got there.
struct Moment
{
    std::string name;
    std::string company;
    std::function<void(World&)> reach;  // dies, or leaves the last stroke to the caller
};

const std::vector<Moment>& moments();

}  // namespace countersign::test
