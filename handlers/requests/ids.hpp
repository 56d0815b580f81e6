#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/ports/random.hpp"

#include <string>

namespace countersign {

// "cs-7k3m9p2xq4ab": 60 random bits in an alphabet without look-alikes, short enough to read out.
RequestId new_request_id(Random& random);

// RFC 9562 version 4, lower case: names a post in its metadata.
std::string new_uuid(Random& random);

}  // namespace countersign
