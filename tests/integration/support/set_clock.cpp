// Loaded into the program under test before anything else: its date is the machine's and as many seconds more as stand
// in the file that COUNTERSIGN_TEST_CLOCK names.

#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace {

long seconds_ahead() noexcept
{
    const char* name = std::getenv("COUNTERSIGN_TEST_CLOCK");  // NOLINT(concurrency-mt-unsafe)
    const int file = name == nullptr ? -1 : ::open(name, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    std::array<char, 32> text{};
    const auto size = ::read(file, text.data(), text.size() - 1);
    ::close(file);
    return size > 0 ? std::strtol(text.data(), nullptr, 10) : 0;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* at) noexcept
{
    const auto failure = static_cast<int>(::syscall(SYS_clock_gettime, clock, at));
    if (failure == 0 && clock == CLOCK_REALTIME) at->tv_sec += seconds_ahead();
    return failure;
}
