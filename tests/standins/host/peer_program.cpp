#include "tests/standins/host/peer_program.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <unistd.h>

namespace standins {

namespace asio = boost::asio;

std::int64_t wall_clock()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void print_fact(std::string_view name, const std::string& value)
{
    const std::string line = std::string{name} + " " + value + "\n";
    std::fputs(line.c_str(), stdout);
    std::fflush(stdout);
}

void run_until_input_ends(asio::io_context& context)
{
    asio::posix::stream_descriptor input{context, ::dup(STDIN_FILENO)};
    std::array<char, 256> ignored{};
    std::function<void()> wait_for_end = [&]() {
        input.async_read_some(asio::buffer(ignored), [&](boost::system::error_code failure, std::size_t) {
            if (failure)
                context.stop();
            else
                wait_for_end();
        });
    };
    wait_for_end();
    context.run();
}

}  // namespace standins
