#include "tests/support/disk.hpp"

#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>

namespace countersign::test {

namespace {

std::atomic<bool> is_full = false;
std::atomic<bool> syncs_fail = false;
std::atomic<bool> reads_fail = false;
std::atomic<bool> holds_write = false;
std::atomic<bool> holds_read = false;
std::atomic<int> sync_count = 0;

std::mutex mutex;
std::condition_variable changed;
bool is_held = false;
bool is_released = false;

void hold()
{
    std::unique_lock lock{mutex};
    is_held = true;
    changed.notify_all();
    changed.wait(lock, [] { return is_released; });
}

bool may_write()
{
    if (holds_write.exchange(false)) hold();
    if (is_full) errno = ENOSPC;
    return !is_full;
}

bool may_read()
{
    if (holds_read.exchange(false)) hold();
    if (reads_fail) errno = EIO;
    return !reads_fail;
}

ssize_t write_through(int file, const void* bytes, std::size_t size)
{
    return may_write() ? ::write(file, bytes, size) : -1;
}

ssize_t pwrite_through(int file, const void* bytes, std::size_t size, off_t at)
{
    return may_write() ? ::pwrite(file, bytes, size, at) : -1;
}

ssize_t read_through(int file, void* bytes, std::size_t size) { return may_read() ? ::read(file, bytes, size) : -1; }

ssize_t pread_through(int file, void* bytes, std::size_t size, off_t at)
{
    return may_read() ? ::pread(file, bytes, size, at) : -1;
}

struct Call
{
    const char* name;
    sqlite3_syscall_ptr ours;
};

// SQLite's table of calls to the kernel, as far as bytes pass through it. Which of them it uses is up to its build.
const std::array calls = {
    Call{"write", reinterpret_cast<sqlite3_syscall_ptr>(write_through)},
    Call{"pwrite", reinterpret_cast<sqlite3_syscall_ptr>(pwrite_through)},
    Call{"pwrite64", reinterpret_cast<sqlite3_syscall_ptr>(pwrite_through)},
    Call{"read", reinterpret_cast<sqlite3_syscall_ptr>(read_through)},
    Call{"pread", reinterpret_cast<sqlite3_syscall_ptr>(pread_through)},
    Call{"pread64", reinterpret_cast<sqlite3_syscall_ptr>(pread_through)}};

}  // namespace

Disk::Disk()
{
    sqlite3_vfs* files = sqlite3_vfs_find(nullptr);
    for (const Call& call : calls) files->xSetSystemCall(files, call.name, call.ours);
    is_full = syncs_fail = reads_fail = holds_write = holds_read = false;
    sync_count = 0;
    is_held = is_released = false;
}

Disk::~Disk()
{
    sqlite3_vfs* files = sqlite3_vfs_find(nullptr);
    for (const Call& call : calls) files->xSetSystemCall(files, call.name, nullptr);
    is_full = syncs_fail = reads_fail = holds_write = holds_read = false;
}

void Disk::set_full(bool full) noexcept { is_full = full; }
void Disk::set_syncs_failing(bool failing) noexcept { syncs_fail = failing; }
void Disk::set_reads_failing(bool failing) noexcept { reads_fail = failing; }
int Disk::syncs() const noexcept { return sync_count; }
void Disk::hold_next_write() noexcept { holds_write = true; }
void Disk::hold_next_read() noexcept { holds_read = true; }

void Disk::wait_until_held()
{
    std::unique_lock lock{mutex};
    changed.wait(lock, [] { return is_held; });
}

void Disk::release()
{
    {
        const std::lock_guard lock{mutex};
        is_released = true;
    }
    changed.notify_all();
}

}  // namespace countersign::test

// In place of the C library's, which SQLite calls past its table.
extern "C" int fdatasync(int file)
{
    ++countersign::test::sync_count;
    if (countersign::test::syncs_fail) return errno = EIO, -1;
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}
