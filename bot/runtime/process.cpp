#include "bot/runtime/process.hpp"

#include "handlers/core/locked_memory.hpp"
#include "handlers/core/log.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

namespace countersign {

namespace {

std::atomic<int> last_status = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void leave(int /*signal*/) { ::_exit(last_status); }

}  // namespace

void harden_process()
{
    const rlimit none{0, 0};
    ::umask(S_IRWXG | S_IRWXO);
    if (::setrlimit(RLIMIT_CORE, &none) != 0) log::warn("core_limit_not_set");
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) log::warn("dumpable_not_cleared");
    if (::signal(SIGPIPE, SIG_IGN) == SIG_ERR) log::warn("broken_pipes_not_ignored");
    if (locked_memory::state() != locked_memory::State::locked) log::warn("secrets_not_locked_in_memory");
}

void hold_standard_streams()
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    {
        // The lowest number that is free, which is this one.
        if (::fcntl(stream, F_GETFD) < 0) static_cast<void>(::open("/dev/null", O_RDWR));
    }
}

void end_within(std::chrono::milliseconds limit, int status)
{
    last_status = status;
    struct sigaction action = {};
    action.sa_handler = leave;
    ::sigaction(SIGALRM, &action, nullptr);
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(limit);
    itimerval timer{};
    timer.it_value.tv_sec = whole.count();
    timer.it_value.tv_usec = std::chrono::duration_cast<std::chrono::microseconds>(limit - whole).count();
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace countersign
