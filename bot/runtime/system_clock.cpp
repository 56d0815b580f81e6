#include "bot/runtime/system_clock.hpp"

#include <chrono>

namespace countersign {

TimePoint SystemClock::now() const { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }

}  // namespace countersign
