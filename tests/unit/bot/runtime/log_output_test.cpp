#include "bot/runtime/log_output.hpp"

#include "handlers/core/log.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <string>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

// A pipe whose reader reads when a test says so.
class Pipe
{
public:
    Pipe()
    {
        ::signal(SIGPIPE, SIG_IGN);
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    }
    ~Pipe()
    {
        close_reader();
        ::close(ends_[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int writer() const { return ends_[1]; }
    void close_reader()
    {
        if (ends_[0] >= 0) ::close(ends_[0]);
        ends_[0] = -1;
    }
    // The same pipe has a reader again.
    void open_reader()
    {
        ends_[0] = ::open(("/proc/self/fd/" + std::to_string(ends_[1])).c_str(), O_RDONLY | O_CLOEXEC);
        if (ends_[0] < 0) throw std::runtime_error{"no reader"};
    }
    // Reads until `words` have come; false when they do not.
    bool reads(const std::string& words)
    {
        while (text.find(words) == std::string::npos)
            if (!reads_on()) return false;
        return true;
    }
    bool has_more() const
    {
        pollfd ready{ends_[0], POLLIN, 0};
        return ::poll(&ready, 1, 0) > 0;
    }
    // Whatever comes next.
    bool reads_on()
    {
        pollfd ready{ends_[0], POLLIN, 0};
        if (::poll(&ready, 1, 20'000) <= 0) return false;
        std::array<char, 65'536> bytes{};
        const auto size = ::read(ends_[0], bytes.data(), bytes.size());
        if (size <= 0) return false;
        text.append(bytes.data(), static_cast<std::size_t>(size));
        return true;
    }

    std::string text;

private:
    std::array<int, 2> ends_{};
};

std::string numbered(int number, std::size_t size = 1'000)
{
    return R"("event":"a","number":")" + std::to_string(number) + R"(","filler":")" + std::string(size, 'x') + "\"}";
}

void put(LogOutput& output, const std::string& body, log::Level level = log::Level::info)
{
    output.take(level, R"({"ts":"t",)", body);
}

std::size_t count(const std::string& text, const std::string& part)
{
    std::size_t times = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
    return times;
}

// Of all numbers that stand under this key.
std::size_t sum_of(const std::string& text, const std::string& key)
{
    const std::string start = "\"" + key + R"(":")";
    std::size_t sum = 0;
    for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1))
        sum += std::stoul(text.substr(at + start.size(), 6));
    return sum;
}

}  // namespace

TEST_CASE("lines are written whole and in order", "[log]")
{
    Pipe pipe;
    LogOutput output{pipe.writer()};
    for (int number = 0; number < 50; ++number) put(output, numbered(number, 10));
    put(output, R"("event":"last"})");
    REQUIRE(pipe.reads("\"last\"}\n"));
    std::string expected;
    for (int number = 0; number < 50; ++number) expected += R"({"ts":"t",)" + numbered(number, 10) + "\n";
    CHECK(pipe.text == expected + "{\"ts\":\"t\",\"event\":\"last\"}\n");
}

TEST_CASE("nobody who logs waits for a reader that stalls; what is dropped is counted where the gap is", "[log]")
{
    Pipe pipe;
    LogOutputOptions options;
    options.bytes_max = 100'000;
    LogOutput output{pipe.writer(), options};
    for (int number = 0; number < 1'000; ++number) put(output, numbered(number));
    put(output, R"("event":"error"})", log::Level::error);  // for which there is room
    const auto written = [&pipe] { return count(pipe.text, R"("event":"a")"); };
    while (written() + sum_of(pipe.text, "count") < 1'000) REQUIRE(pipe.reads_on());
    CHECK(written() + sum_of(pipe.text, "count") == 1'000);
    put(output, R"("event":"afterwards"})");
    REQUIRE(pipe.reads("afterwards"));
    CHECK(written() < 250);
    CHECK(count(pipe.text, R"("event":"error")") == 1);
    CHECK(sum_of(pipe.text, "errors") == 0);
    CHECK(pipe.text.rfind(R"("level":"warn","event":"log_lines_dropped")") < pipe.text.find("afterwards"));
}

TEST_CASE("errors that find no room are counted as such", "[log]")
{
    Pipe pipe;
    LogOutputOptions options;
    options.bytes_max = 10'000;
    LogOutput output{pipe.writer(), options};
    for (int number = 0; number < 500; ++number) put(output, numbered(number), log::Level::error);
    // In one gap or in several: how quickly it is written nobody knows.
    const auto accounted_for = [&pipe] { return count(pipe.text, R"("event":"a")") + sum_of(pipe.text, "errors"); };
    while (accounted_for() < 500) REQUIRE(pipe.reads_on());
    CHECK(accounted_for() == 500);
    CHECK(sum_of(pipe.text, "errors") > 0);
    CHECK(sum_of(pipe.text, "count") == sum_of(pipe.text, "errors"));
}

TEST_CASE("lines that say the same are written once with their number", "[log]")
{
    Pipe pipe;
    LogOutput output{pipe.writer()};
    for (int times = 0; times < 500; ++times) put(output, R"("event":"same"})");
    output.finish(5s);
    REQUIRE(pipe.reads("repeated"));
    CHECK(pipe.text == "{\"ts\":\"t\",\"event\":\"same\"}\n{\"ts\":\"t\",\"event\":\"same\",\"repeated\":\"499\"}\n");
}

TEST_CASE("the number of lines that say the same comes by itself after their time", "[log]")
{
    Pipe pipe;
    LogOutputOptions options;
    options.folded_for = 30ms;
    LogOutput output{pipe.writer(), options};
    put(output, R"("event":"same"})");
    put(output, R"("event":"same"})");
    CHECK(pipe.reads(R"("repeated":"1")"));
}

TEST_CASE("a reader that has gone ends nothing, and the next one is told what was lost", "[log]")
{
    Pipe pipe;
    LogOutput output{pipe.writer()};
    put(output, R"("event":"one"})");
    REQUIRE(pipe.reads("one"));
    pipe.close_reader();
    for (int number = 0; number < 20; ++number) put(output, numbered(number));
    pipe.open_reader();
    put(output, R"("event":"back"})");
    const auto accounted_for = [&pipe] { return count(pipe.text, R"("event":"a")") + sum_of(pipe.text, "count"); };
    while (accounted_for() < 20) REQUIRE(pipe.reads_on());
    CHECK(accounted_for() == 20);
    CHECK(pipe.reads("back"));
}

TEST_CASE("after the end a line goes nowhere", "[log]")
{
    Pipe pipe;
    LogOutput output{pipe.writer()};
    put(output, R"("event":"one"})");
    output.finish(5s);
    put(output, R"("event":"after the end"})");
    REQUIRE(pipe.reads("one"));
    CHECK(pipe.text == "{\"ts\":\"t\",\"event\":\"one\"}\n");
    CHECK_FALSE(pipe.has_more());
}

TEST_CASE("a reader that stalls does not keep the process from ending", "[log]")
{
    Pipe pipe;
    LogOutput output{pipe.writer()};
    for (int number = 0; number < 500; ++number) put(output, numbered(number));
    output.finish(10ms);
    REQUIRE(pipe.reads_on());
    CHECK(count(pipe.text, R"("event":"a")") < 500);
}

TEST_CASE("what waits is written before the end", "[log]")
{
    Pipe pipe;
    LogOutput output{pipe.writer()};
    for (int number = 0; number < 20; ++number) put(output, numbered(number));
    output.finish(20s);
    REQUIRE(pipe.reads(numbered(19)));
    CHECK(count(pipe.text, R"("event":"a")") == 20);
}

TEST_CASE("a line is handed to the sink with its level, its stamp and what it says", "[log]")
{
    std::vector<std::string> seen;
    log::start("warn", [&seen](log::Level level, std::string_view stamp, std::string_view body) {
        CHECK(level == log::Level::error);
        CHECK(stamp.substr(0, 7) == R"({"ts":")");
        CHECK(stamp.substr(stamp.size() - 3) == R"(Z",)");
        seen.emplace_back(body);
    });
    log::info("too_quiet");
    log::error("loud", {{"number", 7}});
    log::start("off");
    CHECK(seen == std::vector<std::string>{R"("level":"error","event":"loud","number":"7"})"});
}
