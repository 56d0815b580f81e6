#pragma once

#include "handlers/ports/random.hpp"

#include <cstddef>

namespace countersign::passwords {

// A number from 0 to bound - 1, each equally likely: what would favour some of them is drawn again, never folded by a
// remainder. `bound` is 1 to 65536. Throws std::runtime_error when the source keeps giving what must be drawn again.
std::size_t pick_below(Random& random, std::size_t bound);

}  // namespace countersign::passwords
