#pragma once

#include "bot/files/way.hpp"

#include <cstdint>
#include <string>

namespace countersign::files {

// What other users of the machine may do with a file.
enum class Demand
{
    secret,         // only its owner reads or writes it; root's files count as credentials
    credential,     // its group may read it, too: systemd's access lists show as such a right
    public_text,    // everybody may read it, only its owner writes it
    configuration,  // the same, and only its owner makes files in its folder, from which secrets are read
    database,       // a secret without links or a second name, in a folder where only its owner makes files
};

// Why `way` does not meet the demand, with the command that mends it; empty when it does. `us`: the user of this
// process, trusted as root is. Other users must not own, rename or exchange anything on the way.
std::string fault_of(const Way& way, std::uint32_t us, Demand demand);

// The same for a folder in which a database is to be made.
std::string fault_of_folder(const Way& way, std::uint32_t us);

}  // namespace countersign::files
