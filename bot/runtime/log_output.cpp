#include "bot/runtime/log_output.hpp"

#include "bot/runtime/line_fold.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <utility>

namespace countersign {

namespace {

using namespace std::chrono_literals;

constexpr auto look_again_after = 100ms;  // whether it is still worth waiting for the reader

// What a line costs while it waits, its end included.
std::size_t cost_of(const LogLine& line) { return line.stamp.size() + line.body.size() + sizeof(LogLine); }

struct Dropped
{
    std::uint64_t lines = 0;
    std::uint64_t errors = 0;  // of them
    std::string stamp;         // of the last

    void add(const LogLine& line)
    {
        ++lines;
        if (line.level == log::Level::error) ++errors;
        stamp = line.stamp;
    }
    std::string text() const
    {
        return stamp + R"("level":"warn","event":"log_lines_dropped","count":")" + std::to_string(lines) +
            R"(","errors":")" + std::to_string(errors) + "\"}\n";
    }
};

}  // namespace

struct LogOutput::State
{
    State(int descriptor_, const LogOutputOptions& options_)
        : descriptor{descriptor_},
          options{options_},
          fold{options_.folded_for, options_.folded_max}
    {}

    // With the mutex held.
    void add(LogLine line);
    void wait(std::unique_lock<std::mutex>& lock);
    void tell_dropped(std::unique_lock<std::mutex>& lock);
    void write_some(std::unique_lock<std::mutex>& lock);

    // The thread.
    void write_all();
    // False when it could not be written in time.
    bool put(std::string text);
    bool can_write() const;

    const int descriptor;
    const LogOutputOptions options;
    std::mutex mutex;
    std::condition_variable filled;
    std::condition_variable ended;
    LineFold fold;
    std::deque<LogLine> lines;
    std::size_t bytes = 0;
    Dropped dropped;
    bool is_dropping = false;  // until all that waits is written, so that the number stands where the gap is
    bool closing = false;
    bool has_ended = false;
    bool in_line = false;  // the last write ended within a line; of the thread
    std::atomic<bool> given_up = false;
};

void LogOutput::State::add(LogLine line)
{
    const bool is_error = line.level == log::Level::error;
    const std::size_t limit = is_error ? options.bytes_max : options.bytes_max - options.bytes_max / 4;
    const std::size_t cost = cost_of(line);
    if (bytes + cost > limit || (is_dropping && !is_error))
    {
        is_dropping = true;
        dropped.add(line);
        return;
    }
    bytes += cost;
    lines.push_back(std::move(line));
}

void LogOutput::State::wait(std::unique_lock<std::mutex>& lock)
{
    const auto has_work = [this] { return closing || !lines.empty(); };
    const auto lapses = fold.next();
    if (lapses)
        filled.wait_until(lock, *lapses, has_work);
    else
        filled.wait(lock, has_work);
}

bool LogOutput::State::can_write() const
{
    pollfd reader{descriptor, POLLOUT, 0};
    for (;;)
    {
        const int ready = ::poll(&reader, 1, static_cast<int>(look_again_after.count()));
        if (given_up) return false;
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

// In pieces that a pipe takes whole once it takes anything, so that no write waits for the reader.
bool LogOutput::State::put(std::string text)
{
    if (in_line) text.insert(text.begin(), '\n');
    std::size_t written = 0;
    while (written < text.size() && can_write())
    {
        const std::size_t size = std::min<std::size_t>(text.size() - written, PIPE_BUF);
        const ssize_t taken = ::write(descriptor, text.data() + written, size);
        if (taken < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (taken <= 0) break;
        written += static_cast<std::size_t>(taken);
    }
    if (written > 0) in_line = text[written - 1] != '\n';
    return written == text.size();
}

// A count that cannot be written now is added to the next one.
void LogOutput::State::tell_dropped(std::unique_lock<std::mutex>& lock)
{
    const Dropped told = dropped;
    lock.unlock();
    const bool is_told = put(told.text());
    lock.lock();
    if (!is_told) return;
    dropped.lines -= told.lines;
    dropped.errors -= told.errors;
}

void LogOutput::State::write_some(std::unique_lock<std::mutex>& lock)
{
    std::vector<LogLine> some;
    std::string text;
    while (!lines.empty() && (text.empty() || text.size() + cost_of(lines.front()) <= PIPE_BUF))
    {
        LogLine& line = lines.front();
        bytes -= cost_of(line);
        text += line.stamp + line.body + '\n';
        some.push_back(std::move(line));
        lines.pop_front();
    }
    lock.unlock();
    const bool is_written = put(std::move(text));
    lock.lock();
    if (is_written) return;
    for (const LogLine& line : some) dropped.add(line);
}

void LogOutput::State::write_all()
{
    std::unique_lock lock{mutex};
    for (bool is_last = false; !is_last && !given_up;)
    {
        wait(lock);
        auto numbers = closing ? fold.flush() : fold.lapse(LineFold::Time::clock::now());
        for (LogLine& line : numbers) add(std::move(line));
        while (!lines.empty() && !given_up) write_some(lock);
        if (dropped.lines > 0) tell_dropped(lock);
        is_dropping = false;
        is_last = closing && lines.empty();
    }
    has_ended = true;
    ended.notify_all();
}

LogOutput::LogOutput(int descriptor, LogOutputOptions options)
    : state_{std::make_shared<State>(descriptor, options)},
      writer_{[state = state_] { state->write_all(); }}
{}

LogOutput::~LogOutput() { finish(0ms); }

void LogOutput::take(log::Level level, std::string_view stamp, std::string_view body)
{
    LogLine line{level, std::string{stamp}, std::string{body}};
    {
        const std::lock_guard lock{state_->mutex};
        if (state_->closing) return;
        auto written = state_->fold.take(std::move(line), LineFold::Time::clock::now());
        for (LogLine& each : written) state_->add(std::move(each));
    }
    state_->filled.notify_one();
}

void LogOutput::finish(std::chrono::milliseconds patience)
{
    if (!writer_.joinable()) return;
    std::unique_lock lock{state_->mutex};
    state_->closing = true;
    state_->filled.notify_one();
    const auto has_ended = [this] { return state_->has_ended; };
    bool is_over = state_->ended.wait_for(lock, patience, has_ended);
    state_->given_up = true;
    is_over = is_over || state_->ended.wait_for(lock, 3 * look_again_after, has_ended);
    lock.unlock();
    // Another writer of the same pipe may have filled it after all: then the thread ends with the process.
    if (is_over)
        writer_.join();
    else
        writer_.detach();
}

}  // namespace countersign
