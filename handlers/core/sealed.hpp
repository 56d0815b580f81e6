#pragma once

#include <string>

namespace countersign {

// A secret that may rest on disk: authenticated cipher text, useless without the vault's key.
struct Sealed
{
    std::string bytes;  // binary
};

}  // namespace countersign
