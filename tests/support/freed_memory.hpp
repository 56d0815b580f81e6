#pragma once

#include <cstddef>
#include <string>

namespace countersign::test {

// Looks through every block of memory that this thread gives back by `delete` while it lives: what stands there then
// stays there until somebody else writes over it. One at a time.
class FreedMemory
{
public:
    explicit FreedMemory(std::string canary);
    ~FreedMemory();
    FreedMemory(const FreedMemory&) = delete;
    FreedMemory& operator=(const FreedMemory&) = delete;

    // Blocks that still held the canary.
    std::size_t found() const noexcept { return found_; }
    void look(const void* block) noexcept;

private:
    std::string canary_;
    std::size_t found_ = 0;
};

}  // namespace countersign::test
