#pragma once

#include <algorithm>
#include <cstdlib>

namespace countersign::test {

// How often a loop that draws from a seed, or kills a process, goes round: `usual` times, or with COUNTERSIGN_ROUNDS=N
// (1 to 100) N times as often, as the nightly run does.
inline int rounds(int usual)
{
    const char* given = std::getenv("COUNTERSIGN_ROUNDS");
    return given == nullptr ? usual : usual * std::clamp(std::atoi(given), 1, 100);
}

}  // namespace countersign::test
