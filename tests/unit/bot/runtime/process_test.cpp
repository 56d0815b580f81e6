#include "bot/runtime/process.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

using namespace countersign;

namespace {

// In a process of its own: what is done to it stays so. The child ends with what `work` returns.
template <class Work>
int status_of_child(const Work& work)
{
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) ::_exit(work());
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE(
    "a hardened process writes no core, lets no other process of its user read it, and makes private files",
    "[runtime]")
{
    const int status = status_of_child([] {
        const rlimit some{4096, 4096};
        if (::setrlimit(RLIMIT_CORE, &some) != 0 || ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) return 3;
        harden_process();
        if (::umask(0) != 077) return 4;
        rlimit core{1, 1};
        if (::getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0) return 1;
        return ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 2;
    });
    CHECK(status == 0);
}

TEST_CASE("a hardened process survives writing to a reader that has gone", "[runtime]")
{
    const int status = status_of_child([] {
        ::signal(SIGPIPE, SIG_DFL);
        harden_process();
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) return 1;
        ::close(ends[0]);
        return ::write(ends[1], "x", 1) < 0 && errno == EPIPE ? 0 : 2;
    });
    CHECK(status == 0);
}

TEST_CASE("what is closed of the standard streams is held, and what is open stays as it is", "[runtime]")
{
    const int status = status_of_child([] {
        struct stat before = {};
        if (::fstat(STDERR_FILENO, &before) != 0) return 1;
        ::close(STDIN_FILENO);
        ::close(STDOUT_FILENO);
        hold_standard_streams();
        struct stat held = {};
        struct stat after = {};
        if (::fstat(STDOUT_FILENO, &held) != 0 || held.st_rdev != makedev(1, 3)) return 2;  // the null device
        if (::fstat(STDERR_FILENO, &after) != 0 || after.st_ino != before.st_ino) return 3;
        return ::open("/dev/null", O_RDONLY) > STDERR_FILENO ? 0 : 4;
    });
    CHECK(status == 0);
}

TEST_CASE("a process that does not come to its end by itself ends all the same, with its status", "[runtime]")
{
    const int status = status_of_child([] {
        end_within(std::chrono::milliseconds{5}, 7);
        for (;;) ::pause();
        return 0;
    });
    CHECK(status == 7);
}
