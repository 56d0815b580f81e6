#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace countersign::test {

// Whether `work` comes to true within ten seconds of a processor. It runs in a process of its own: work without an end
// fails its test instead of hanging it, and what else the machine is busy with does not count. For work that is done in
// microseconds or not in the life of the world.
template <class Work>
bool comes_true_soon(Work work)
{
    constexpr rlim_t cpu_seconds = 10;
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error{"no process for a test"};
    if (child == 0)
    {
        const rlimit limit{cpu_seconds, cpu_seconds};
        if (::setrlimit(RLIMIT_CPU, &limit) != 0) ::_exit(2);
        ::_exit(work() ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace countersign::test
