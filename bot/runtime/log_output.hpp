#pragma once

#include "handlers/core/log.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <thread>

namespace countersign {

struct LogOutputOptions
{
    // Of lines that wait for the reader. The last quarter is kept for errors.
    std::size_t bytes_max = 1'048'576;
    std::chrono::milliseconds folded_for{10'000};  // lines that say the same: see LineFold
    std::size_t folded_max = 256;
};

// Writes the log in a thread of its own, so that logging never waits: a reader that stalls or has gone, or a full disk,
// stops nothing. Lines that find no room are dropped and counted; once all waiting lines are written,
// `log_lines_dropped` says how many. The process has to ignore SIGPIPE.
class LogOutput
{
public:
    // `descriptor` stays open for as long as the process lives. Its flags are left alone: others may share it.
    explicit LogOutput(int descriptor, LogOutputOptions options = {});
    ~LogOutput();  // finish(), without patience
    LogOutput(const LogOutput&) = delete;
    LogOutput& operator=(const LogOutput&) = delete;

    // From any thread; never waits. After finish() the line is lost.
    void take(log::Level level, std::string_view stamp, std::string_view body);

    // Writes what waits, for at most about `patience`.
    void finish(std::chrono::milliseconds patience);

private:
    struct State;

    std::shared_ptr<State> state_;  // shared with the thread, which a reader may hold for longer than we live
    std::thread writer_;
};

}  // namespace countersign
