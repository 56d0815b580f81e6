#include "bot/store/database_file.hpp"

#include "bot/store/start_refused.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace countersign;
using countersign::test::TempDir;
using store::DatabaseFile;

namespace {

unsigned long pretended_file_system = 0;  // zero: what is really there
int pretended_lock_error = 0;             // zero: none

std::string text_of(const std::string& path)
{
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

// In place of the C library's: no test has a network file system at hand.
extern "C" int fstatfs(int file, struct statfs* status) noexcept
{
    const auto result = static_cast<int>(::syscall(SYS_fstatfs, file, status));
    if (result == 0 && pretended_file_system != 0)
        status->f_type = static_cast<decltype(status->f_type)>(pretended_file_system);
    return result;
}

extern "C" int flock(int file, int operation) noexcept
{
    if (pretended_lock_error != 0) return errno = pretended_lock_error, -1;
    return static_cast<int>(::syscall(SYS_flock, file, operation));
}

TEST_CASE("where no lock can be had, and where it cannot be written down, nothing starts", "[store]")
{
    const TempDir dir;
    pretended_lock_error = ENOLCK;
    CHECK_THROWS_WITH(DatabaseFile{dir.file("db")}, dir.file("db") + ": cannot be locked");
    pretended_lock_error = 0;
    REQUIRE(::mkfifo(dir.file("other.lock").c_str(), 0600) == 0);
    CHECK_THROWS_WITH(DatabaseFile{dir.file("other")}, dir.file("other.lock") + ": cannot be written");
    CHECK_FALSE(std::filesystem::exists(dir.file("other")));
}

TEST_CASE("a database on a network file system is refused", "[store]")
{
    const TempDir dir;
    // NFS, SMB, AFS, CIFS, SMB 2
    pretended_file_system = GENERATE(0x6969UL, 0x517BUL, 0x5346414FUL, 0xFF534D42UL, 0xFE534D42UL);
    CHECK_THROWS_WITH(
        DatabaseFile{dir.file("db")},
        dir.file("db") + ": lies on a network file system, where SQLite's locks do not hold");
    CHECK_FALSE(std::filesystem::exists(dir.file("db")));
    pretended_file_system = EXT4_SUPER_MAGIC;
    CHECK_NOTHROW(DatabaseFile{dir.file("db")});
    pretended_file_system = 0;
}

TEST_CASE("the files are their owner's alone, whatever the process would give away", "[store]")
{
    const TempDir dir;
    const mode_t before = ::umask(0);
    const DatabaseFile file{dir.file("db")};
    ::umask(before);
    for (const char* name : {"db", "db.lock"})
    {
        struct stat status = {};
        REQUIRE(::stat(dir.file(name).c_str(), &status) == 0);
        CHECK((status.st_mode & 07777) == 0600);
    }
}

TEST_CASE("a file that is there is not touched", "[store]")
{
    const TempDir dir;
    std::ofstream{dir.file("db")} << "what it held";
    const DatabaseFile file{dir.file("db")};
    CHECK(text_of(dir.file("db")) == "what it held");
}

TEST_CASE("the lock's file names its holder, and nobody of before", "[store]")
{
    const TempDir dir;
    std::ofstream{dir.file("db.lock")} << std::string(20, '7');
    const DatabaseFile file{dir.file("db")};
    CHECK(text_of(dir.file("db.lock")) == std::to_string(::getpid()));
    CHECK_THROWS_WITH(
        DatabaseFile{dir.file("db")},
        dir.file("db") + ": in use by another countersign (process " + std::to_string(::getpid()) + ")");
    // Who was refused leaves the name there.
    CHECK(text_of(dir.file("db.lock")) == std::to_string(::getpid()));
}

TEST_CASE("the lock ends with its holder, also with one who was refused", "[store]")
{
    const TempDir dir;
    std::filesystem::create_directory(dir.file("db"));
    CHECK_THROWS_WITH(DatabaseFile{dir.file("db")}, dir.file("db") + ": Is a directory");
    std::filesystem::remove(dir.file("db"));
    {
        const DatabaseFile first{dir.file("db")};
        CHECK_THROWS_AS(DatabaseFile{dir.file("db")}, store::StartRefused);
    }
    CHECK_NOTHROW(DatabaseFile{dir.file("db")});
}

TEST_CASE("a folder that is not there is told", "[store]")
{
    const TempDir dir;
    CHECK_THROWS_WITH(DatabaseFile{dir.file("no/db")}, dir.file("no/db.lock") + ": No such file or directory");
}

TEST_CASE("a process that is started does not inherit the lock", "[store]")
{
    const TempDir dir;
    const DatabaseFile file{dir.file("db")};
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"})
    {
        std::error_code gone;
        if (std::filesystem::read_symlink(entry.path(), gone) != dir.file("db.lock")) continue;
        const int number = std::stoi(entry.path().filename().string());
        CHECK((::fcntl(number, F_GETFD) & FD_CLOEXEC) != 0);
        ++found;
    }
    CHECK(found == 1);
}
