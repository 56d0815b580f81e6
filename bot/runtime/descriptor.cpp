#include "bot/runtime/descriptor.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace countersign {

namespace {

using std::chrono::steady_clock;

// Zero when there is something to read, or the end; else why not.
Errc wait_for_input(int descriptor, steady_clock::time_point until)
{
    for (;;)
    {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now());
        if (left.count() <= 0) return Errc::stale;
        pollfd watched{descriptor, POLLIN, 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
        if (ready > 0) return (watched.revents & POLLNVAL) != 0 ? Errc::not_found : Errc{};
        if (ready < 0 && errno != EINTR) return Errc::unavailable;
    }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    std::swap(number_, other.number_);
    return *this;
}

Descriptor::~Descriptor()
{
    if (number_ >= 0) ::close(number_);
}

Result<Secret> read_to_end(int descriptor, std::size_t bytes_max, std::chrono::milliseconds limit)
{
    const auto until = steady_clock::now() + limit;
    const locked_memory::Bytes room = locked_memory::take(bytes_max + 1);
    std::size_t size = 0;
    while (size <= bytes_max)
    {
        const Errc fault = wait_for_input(descriptor, until);
        if (fault != Errc{}) return fault;
        const ssize_t got = ::read(descriptor, room.get() + size, bytes_max + 1 - size);
        if (got == 0) return Secret{std::string_view{room.get(), size}};
        if (got > 0)
            size += static_cast<std::size_t>(got);
        else if (errno != EINTR && errno != EAGAIN)
            return errno == EBADF ? Errc::not_found : Errc::unavailable;
    }
    return Errc::too_large;
}

}  // namespace countersign
