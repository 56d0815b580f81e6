#include "bot/runtime/descriptor.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

struct Pipe
{
    Pipe()
    {
        std::array<int, 2> ends{};
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        out = Descriptor{ends[0]};
        in = Descriptor{ends[1]};
    }
    void put(const std::string& bytes) const
    {
        REQUIRE(::write(in.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    void end() { in = Descriptor{}; }

    Descriptor out;
    Descriptor in;
};

}  // namespace

TEST_CASE("a pipe is read until its writer has closed it, and up to its limit", "[runtime]")
{
    Pipe pipe;
    pipe.put("1234");
    pipe.end();
    CHECK(read_to_end(pipe.out.get(), 4, 10s)->matches("1234"));
    CHECK(read_to_end(pipe.out.get(), 4, 10s)->empty());
}

TEST_CASE("what comes beyond the limit is refused, whole or not", "[runtime]")
{
    Pipe pipe;
    pipe.put("12345");
    CHECK(read_to_end(pipe.out.get(), 4, 10s).error() == Errc::too_large);
}

TEST_CASE("a pipe that does not come to its end is given up, with and without something in it", "[runtime]")
{
    Pipe pipe;
    CHECK(read_to_end(pipe.out.get(), 4, 1ms).error() == Errc::stale);
    pipe.put("12");
    CHECK(read_to_end(pipe.out.get(), 4, 1ms).error() == Errc::stale);
}

TEST_CASE("what is not open, or only to be written, cannot be read", "[runtime]")
{
    CHECK(read_to_end(987'654, 4, 10s).error() == Errc::not_found);
    const Descriptor written{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
    REQUIRE(written);
    CHECK_FALSE(read_to_end(written.get(), 4, 10s).has_value());
}

TEST_CASE("a descriptor is closed with its holder, and goes with a move", "[runtime]")
{
    int number = -1;
    {
        Pipe pipe;
        number = pipe.out.get();
        Descriptor moved = std::move(pipe.out);
        CHECK(moved.get() == number);
        CHECK(::fcntl(number, F_GETFD) >= 0);
    }
    CHECK(::fcntl(number, F_GETFD) < 0);
    CHECK(errno == EBADF);
}
