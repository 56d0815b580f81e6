#include "bot/runtime/process.hpp"

#include <catch2/catch.hpp>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace countersign;

namespace {

// In a process of its own: what is hardened stays so.
int status_of_hardened_process()
{
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0)
    {
        const rlimit some{4096, 4096};
        if (::setrlimit(RLIMIT_CORE, &some) != 0 || ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) ::_exit(3);
        harden_process();
        if (::umask(0) != 077) ::_exit(4);
        rlimit core{1, 1};
        if (::getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0) ::_exit(1);
        ::_exit(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 2);
    }
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
    CHECK(status_of_hardened_process() == 0);
}
