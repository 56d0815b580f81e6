#pragma once

#include "tests/scenario/world.hpp"

#include <string>

namespace countersign::test {

// What the tests of the clock have in common.

inline constexpr Milliseconds year = std::chrono::hours{8'766};

// What /readyz says: "ready", or its word.
std::string readyz(World& world);

// The status with which a request is answered that Slack signs now, and which changes nothing by itself.
int knock_with_help(World& world, Milliseconds by = Milliseconds{0});  // by Slack's clock, if that is so much ahead

// The status with which the same request is answered once more.
int knock_again(World& world, const standins::slack::Delivery& delivery);

// The services' answers carry dates that are so much ahead from now on. Of both, or of the one with this port.
void date_services(World& world, Milliseconds by, const std::string& port = "");

// The services' answers carry no dates from now on.
void undate_services(World& world);

// Nobody answers from now on; until `world.slack.faults()` and `world.auth0.faults()` are cleared.
void take_slack_away(World& world);
void take_auth0_away(World& world);

}  // namespace countersign::test
