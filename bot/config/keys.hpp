#pragma once

#include "bot/config/key.hpp"

#include <span>

namespace countersign::config {

// Every key of countersign.toml. These are the product's interface: other tools write them. Taken in this order: what
// may overwrite something stands behind it.
extern const std::span<const Key> keys;

}  // namespace countersign::config
