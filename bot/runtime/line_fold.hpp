#pragma once

#include "handlers/core/log.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace countersign {

// A line of the log, as log::Sink has it.
struct LogLine
{
    log::Level level = log::Level::info;
    std::string stamp;
    std::string body;
};

// Folds lines that differ in nothing but the time. The first is passed on at once; repetitions within `folded_for`
// become one line with their number in "repeated" and the last time stamp. Every line is passed on or counted.
class LineFold
{
public:
    using Time = std::chrono::steady_clock::time_point;

    // Remembers at most `known_max` different lines; the oldest makes room.
    LineFold(std::chrono::milliseconds folded_for, std::size_t known_max);

    // The lines to write now, in order.
    std::vector<LogLine> take(LogLine line, Time now);
    // The numbers that are due by now.
    std::vector<LogLine> lapse(Time now);
    // All numbers.
    std::vector<LogLine> flush();
    // When lapse() is to be called; nothing: no line is remembered.
    std::optional<Time> next() const;

private:
    struct Known
    {
        LogLine line;  // with the time stamp of the last
        Time until;
        std::uint64_t times = 0;  // since it was written, or its number was
    };

    std::chrono::milliseconds folded_for_;
    std::size_t known_max_;
    std::list<Known> known_;  // those that lapse first at the front
    std::unordered_map<std::string_view, std::list<Known>::iterator> by_body_;
};

}  // namespace countersign
