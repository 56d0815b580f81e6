#pragma once

#include "tests/scenario/world.hpp"

#include <string>
#include <vector>

namespace countersign::test {

// The first promise (P1 to P10 of SECURITY.md) that a settled world breaks, in words; empty when none is broken.
// `earlier`: what reached the tenant before this world began.
std::string broken_promise(World& world, const std::vector<standins::auth0::ReceivedCall>& earlier = {});

}  // namespace countersign::test
