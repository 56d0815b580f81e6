#include "bot/store/file_lock.hpp"

#include "bot/files/rights.hpp"
#include "bot/store/start_refused.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace countersign::store {

// Looked at after it is opened: this very file is the one that is used.
Descriptor open_private(const std::string& path)
{
    constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    Descriptor file{::open(path.c_str(), flags, S_IRUSR | S_IWUSR)};
    if (!file) throw StartRefused{path + ": " + std::error_code{errno, std::system_category()}.message()};
    const std::string fault = files::fault_of({files::step_of(file, path)}, ::geteuid(), files::Demand::database);
    if (!fault.empty()) throw StartRefused{fault};
    return file;
}

FileLock::FileLock(const std::string& path) : file_{open_private(path)}
{
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return;
    const bool is_held = errno == EWOULDBLOCK;
    throw StartRefused{path + (is_held ? ": in use by another countersign, under another path" : ": cannot be locked")};
}

}  // namespace countersign::store
