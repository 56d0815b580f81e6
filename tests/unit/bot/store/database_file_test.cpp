#include "bot/store/database_file.hpp"

#include "bot/store/file_lock.hpp"
#include "bot/store/start_refused.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"
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
using store::FileLock;

namespace {

unsigned long pretended_file_system = 0;  // zero: what is really there
int pretended_lock_error = 0;             // zero: none

std::string text_of(const std::string& path)
{
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void make_private(const std::string& path)
{
    std::ofstream{path} << "x";
    REQUIRE(::chmod(path.c_str(), 0600) == 0);
}

int files_in(const TempDir& dir)
{
    const std::filesystem::directory_iterator all{dir.path()};
    return static_cast<int>(std::distance(begin(all), end(all)));
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

TEST_CASE("where no lock can be had nothing starts", "[store]")
{
    const TempDir dir;
    pretended_lock_error = ENOLCK;
    CHECK_THROWS_WITH(DatabaseFile{dir.file("db")}, dir.file("db") + ": cannot be locked");
    pretended_lock_error = 0;
    CHECK_FALSE(std::filesystem::exists(dir.file("db")));
}

TEST_CASE("a file of the database on which others have a right is refused, and nothing is made", "[store]")
{
    const TempDir dir;
    const std::string name = GENERATE("db", "db-wal", "db-shm", "db-journal", "db.lock");
    const auto mode = GENERATE(0640, 0604, 0620, 0602, 0610, 0601);
    std::ofstream{dir.file(name)} << "x";
    REQUIRE(::chmod(dir.file(name).c_str(), static_cast<mode_t>(mode)) == 0);
    CHECK_THROWS_WITH(
        DatabaseFile{dir.file("db")},
        "others than its owner have rights on " + dir.file(name) + "; take them away with: chmod 600 " +
            dir.file(name));
    CHECK(files_in(dir) == 1);
    REQUIRE(::chmod(dir.file(name).c_str(), 0600) == 0);
    CHECK_NOTHROW(DatabaseFile{dir.file("db")});
}

TEST_CASE("a link in the place of a file of the database is refused, wherever it leads, and not followed", "[store]")
{
    const TempDir dir;
    const std::string name = GENERATE("db", "db-wal", "db-shm", "db-journal", "db.lock");
    const bool leads_to_a_file = GENERATE(true, false);
    if (leads_to_a_file) make_private(dir.file("target"));
    std::filesystem::create_symlink("target", dir.file(name));
    CHECK_THROWS_WITH(
        DatabaseFile{dir.file("db")},
        dir.file(name) + " is a link: put the file itself there, or name the file itself");
    CHECK(files_in(dir) == (leads_to_a_file ? 2 : 1));
}

TEST_CASE("a pipe or a folder in the place of a file of the database is refused, and not waited for", "[store]")
{
    const TempDir dir;
    const std::string name = GENERATE("db", "db-wal", "db-shm", "db-journal", "db.lock");
    if (GENERATE(true, false))
        REQUIRE(::mkfifo(dir.file(name).c_str(), 0600) == 0);
    else
        std::filesystem::create_directory(dir.file(name));
    std::filesystem::permissions(dir.file(name), std::filesystem::perms::owner_all);
    CHECK_THROWS_WITH(DatabaseFile{dir.file("db")}, dir.file(name) + " is no regular file: put one there");
}

TEST_CASE("a file of the database that has a second name is refused", "[store]")
{
    const TempDir dir;
    const std::string name = GENERATE("db", "db-wal", "db-shm", "db-journal", "db.lock");
    make_private(dir.file(name));
    std::filesystem::create_hard_link(dir.file(name), dir.file("second"));
    CHECK_THROWS_WITH(DatabaseFile{dir.file("db")}, Catch::StartsWith(dir.file(name) + " has 2 names"));
    std::filesystem::remove(dir.file("second"));
    CHECK_NOTHROW(DatabaseFile{dir.file("db")});
}

TEST_CASE("a file of another user's is refused", "[store]")
{
    if (::geteuid() != 0) return;  // nobody else can give files away
    const TempDir dir;
    make_private(dir.file("db-wal"));
    REQUIRE(::chown(dir.file("db-wal").c_str(), 12'345, 0) == 0);
    CHECK_THROWS_WITH(
        DatabaseFile{dir.file("db")},
        Catch::StartsWith(dir.file("db-wal") + " belongs to another user (12345)") && Catch::EndsWith("db-wal"));
}

TEST_CASE(
    "the file itself is locked by one, whatever path leads to it and whatever became of its lock's file", "[store]")
{
    const TempDir dir;
    std::filesystem::create_directory(dir.file("folder"));
    std::filesystem::create_directory_symlink("folder", dir.file("link"));
    {
        const DatabaseFile by_name{dir.file("folder/db")};
        CHECK_THROWS_WITH(
            DatabaseFile{dir.file("link/db")}, Catch::Contains("in use by another countersign (process "));
        const FileLock itself{dir.file("folder/db")};
        CHECK_THROWS_WITH(
            FileLock{dir.file("link/db")}, dir.file("link/db") + ": in use by another countersign, under another path");
    }
    CHECK_NOTHROW(FileLock{dir.file("link/db")});
    pretended_lock_error = ENOLCK;
    CHECK_THROWS_WITH(FileLock{dir.file("link/db")}, dir.file("link/db") + ": cannot be locked");
    pretended_lock_error = 0;
}

TEST_CASE("a database that is locked is still SQLite's to lock, which is another kind of lock", "[store]")
{
    const TempDir dir;
    const FileLock itself{dir.file("db")};
    CHECK_NOTHROW(store::Writer{dir.file("db"), test::noon});
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
    REQUIRE(::chmod(dir.file("db").c_str(), 0600) == 0);
    const DatabaseFile file{dir.file("db")};
    CHECK(text_of(dir.file("db")) == "what it held");
}

TEST_CASE("the lock's file names its holder, and nobody of before", "[store]")
{
    const TempDir dir;
    std::ofstream{dir.file("db.lock")} << std::string(20, '7');
    REQUIRE(::chmod(dir.file("db.lock").c_str(), 0600) == 0);
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

TEST_CASE("a process that is started does not inherit the locks", "[store]")
{
    const TempDir dir;
    const DatabaseFile file{dir.file("db")};
    const FileLock itself{dir.file("db")};
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"})
    {
        std::error_code gone;
        const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
        if (target != dir.file("db.lock") && target != dir.file("db")) continue;
        const int number = std::stoi(entry.path().filename().string());
        CHECK((::fcntl(number, F_GETFD) & FD_CLOEXEC) != 0);
        ++found;
    }
    CHECK(found == 2);
}
