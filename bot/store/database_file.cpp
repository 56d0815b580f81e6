#include "bot/store/database_file.hpp"

#include "bot/files/rights.hpp"
#include "bot/store/file_lock.hpp"
#include "bot/store/start_refused.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace countersign::store {

namespace {

// cifs.ko's own; linux/magic.h does not have them on every kernel that we build on.
constexpr unsigned long cifs_magic = 0xFF534D42UL;
constexpr unsigned long smb2_magic = 0xFE534D42UL;

[[noreturn]] void refuse(const std::string& path, const std::string& why) { throw StartRefused{path + ": " + why}; }

void refuse_faulty(const std::string& path)
{
    for (const std::string_view suffix : database_files)
    {
        const auto found = files::step_at(path + std::string{suffix});
        if (!found) continue;
        const std::string fault = files::fault_of({*found}, ::geteuid(), files::Demand::database);
        if (!fault.empty()) throw StartRefused{fault};
    }
}

int open_lock(const std::string& path)
{
    refuse_faulty(path);
    return open_private(path + ".lock").release();
}

void lock_or_refuse(int file, const std::string& path)
{
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) return;
    if (errno != EWOULDBLOCK) refuse(path, "cannot be locked");
    std::array<char, 32> holder{};
    const auto size = ::pread(file, holder.data(), holder.size() - 1, 0);
    const std::string pid{holder.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
    refuse(path, "in use by another countersign (process " + pid + ")");
}

void refuse_network(int file, const std::string& path)
{
    struct statfs status = {};
    if (::fstatfs(file, &status) != 0) return;
    const auto type = static_cast<unsigned long>(status.f_type) & 0xFFFFFFFFUL;
    const bool remote = type == NFS_SUPER_MAGIC || type == SMB_SUPER_MAGIC || type == AFS_SUPER_MAGIC ||
        type == cifs_magic || type == smb2_magic;
    if (remote) refuse(path, "lies on a network file system, where SQLite's locks do not hold");
}

}  // namespace

DatabaseFile::Descriptor::~Descriptor() { ::close(number); }

DatabaseFile::DatabaseFile(const std::string& path) : lock_{open_lock(path)}
{
    lock_or_refuse(lock_.number, path);
    refuse_network(lock_.number, path);
    // For the message above only: the lock is the flock, which ends with the process, whatever the file says.
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(lock_.number, 0) != 0 || ::pwrite(lock_.number, pid.data(), pid.size(), 0) < 0)
        refuse(path + ".lock", "cannot be written");
    // Before anything is asked of SQLite: it would make the file as the process's umask says.
    static_cast<void>(open_private(path));
}

}  // namespace countersign::store
