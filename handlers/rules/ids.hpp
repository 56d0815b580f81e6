#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/ports/random.hpp"

#include <string>
#include <string_view>

namespace countersign::rules {

// "cs-7k3m9p2xq4ab": 60 random bits in an alphabet without look-alikes, short enough to read out.
RequestId new_request_id(Random& random);

// The same for what may be sent twice: the same `name` gives the same id. `name`: 16 hex digits that cannot be guessed,
// as from Vault::pseudonym().
RequestId request_id_named(std::string_view name);

// RFC 9562 version 4, lower case: names a post in its metadata.
std::string new_uuid(Random& random);

}  // namespace countersign::rules
