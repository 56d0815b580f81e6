#pragma once

#include "tests/scenario/world.hpp"

#include <string>

namespace countersign::test {

// Every row of the tables that say what is asked for, what was changed and whether everything is stopped, as text. Read
// from the file itself, not through the program.
std::string decisive_tables(const World& world);

}  // namespace countersign::test
