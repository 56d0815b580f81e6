#pragma once

#include "bot/files/way.hpp"

#include <cstdint>
#include <string>

namespace countersign::files {

// What a file has to be, for everybody else on the machine.
enum class Demand
{
    secret,         // nobody but its owner reads or writes it; a file of root is like a credential for other users
    credential,     // likewise, but for its group, which may read it: systemd's access lists show as such a right
    public_text,    // everybody may read it, nobody else writes it
    configuration,  // likewise, and nobody else makes files in its folder, where it has secrets read
    database,       // as a secret; no link, no second name, and nobody else makes files in its folder
};

// Why `way` does not lead to what is demanded, with the command that mends it; empty when it does. `us`: the user that
// this process runs as, who is trusted as root is: nobody else may own, rename or exchange what stands on the way.
std::string fault_of(const Way& way, std::uint32_t us, Demand demand);

// The same for a folder in which a database is to be made.
std::string fault_of_folder(const Way& way, std::uint32_t us);

}  // namespace countersign::files
