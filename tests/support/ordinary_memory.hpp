#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>

namespace countersign::test {

// Each byte turned, so that who looks for a text does not have it in memory.
std::string turned(std::string text);

// Not under a sanitizer, whose runtime answers for the kernel, so that nothing is ever locked, and maps terabytes.
bool can_search_memory();

// How many copies of a text, given as turned(), a process has in memory that it writes to and has not locked: where
// secrets must not be. Throws std::runtime_error when its memory cannot be read.
std::size_t copies_in_ordinary_memory(pid_t process, const std::string& text_turned);

}  // namespace countersign::test
