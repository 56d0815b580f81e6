#pragma once

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace standins {

// Unix time in milliseconds, by this machine.
std::int64_t wall_clock();

// One "name value" line to standard output, flushed: how a program tells its starter where it listens.
void print_fact(std::string_view name, const std::string& value);

// Runs `context` until standard input ends: so that a program started by a test ends with it.
void run_until_input_ends(boost::asio::io_context& context);

}  // namespace standins
