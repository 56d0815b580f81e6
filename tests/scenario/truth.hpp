#pragma once

#include "tests/scenario/world.hpp"

#include <string>

namespace countersign::test {

// The first promise (P1 to P10 of the design) that a settled world breaks, in words; empty when none is broken.
std::string broken_promise(World& world);

}  // namespace countersign::test
