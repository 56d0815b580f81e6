#pragma once

namespace countersign::test {

// Stands between SQLite and the disk while it lives, for the failures that no real disk has on demand. One at a time,
// made before the store is opened and gone after it was closed. From any thread.
class Disk
{
public:
    Disk();
    ~Disk();
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    // While set, writes find no space.
    void set_full(bool full) noexcept;
    // While set, nobody knows whether what was written reached the disk.
    void set_syncs_failing(bool failing) noexcept;
    // While set, nothing can be read.
    void set_reads_failing(bool failing) noexcept;
    // How often the disk was told to keep what it was given.
    int syncs() const noexcept;

    // The next write, or read, waits for release().
    void hold_next_write() noexcept;
    void hold_next_read() noexcept;
    void wait_until_held();
    void release();
};

}  // namespace countersign::test
