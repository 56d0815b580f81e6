#pragma once

#include "handlers/core/log.hpp"

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::test {

// What is logged while it lives, without time stamps. One at a time.
class LogCapture
{
public:
    LogCapture()
    {
        log::start("debug", [this](log::Level, std::string_view, std::string_view body) {
            const std::lock_guard lock{mutex_};
            lines_.emplace_back(body);
        });
    }
    ~LogCapture() { log::start("off"); }
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;

    // How many lines have `part`.
    std::size_t count(std::string_view part) const
    {
        const std::lock_guard lock{mutex_};
        const auto has = [part](const std::string& line) { return line.find(part) != std::string::npos; };
        return static_cast<std::size_t>(std::count_if(lines_.begin(), lines_.end(), has));
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace countersign::test
