#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/raw_client.hpp"
#include "tests/standins/slack/signing.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

extern char** environ;

// The program whose log nobody reads: a pipe that is full, a reader that has gone, no standard output at all.

using namespace countersign::test;

namespace {

std::array<int, 2> make_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    return ends;
}

// The bot of a stage, with a pipe as its standard output.
class PipedBot
{
public:
    enum class Output
    {
        pipe,
        closed
    };

    explicit PipedBot(BotStage& stage, Output output = Output::pipe) : stage_{stage}
    {
        std::vector<std::string> words = {
            COUNTERSIGN_BINARY, "serve", "--config", stage.company.bot().config_file().string()};
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        if (output == Output::pipe)
            posix_spawn_file_actions_adddup2(&actions, ends_[1], STDOUT_FILENO);
        else
        {
            posix_spawn_file_actions_addclose(&actions, STDIN_FILENO);
            posix_spawn_file_actions_addclose(&actions, STDOUT_FILENO);
        }
        const int failure = ::posix_spawn(&pid_, argv.front(), &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failure != 0) throw std::runtime_error{"cannot start the bot"};
    }
    ~PipedBot()
    {
        close_reader();
        if (ends_[1] >= 0) ::close(ends_[1]);
        if (pid_ == 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    PipedBot(const PipedBot&) = delete;
    PipedBot& operator=(const PipedBot&) = delete;

    bool is_ready() { return stage_.get_until("/readyz", R"(200 {"ok":true})") == R"(200 {"ok":true})"; }
    bool answers() { return stage_.get("/healthz") == R"(200 {"ok":true})"; }
    void close_reader()
    {
        if (ends_[0] >= 0) ::close(ends_[0]);
        ends_[0] = -1;
    }
    // Reads until `words` have come; false when they do not.
    bool reads(const std::string& words)
    {
        while (text.find(words) == std::string::npos)
        {
            pollfd ready{ends_[0], POLLIN, 0};
            if (::poll(&ready, 1, static_cast<int>(std::chrono::milliseconds{step_deadline}.count())) <= 0)
                return false;
            std::array<char, 65'536> bytes{};
            const auto size = ::read(ends_[0], bytes.data(), bytes.size());
            if (size <= 0) return false;
            text.append(bytes.data(), static_cast<std::size_t>(size));
        }
        return true;
    }
    // Tells it to end, and waits: its exit status, -1 when it does not, or was killed.
    int stop()
    {
        ::kill(pid_, SIGTERM);
        int status = 0;
        const bool ended = stage_.until([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; });
        if (!ended) return -1;
        pid_ = 0;
        ::close(std::exchange(ends_[1], -1));  // so that the pipe has an end
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    std::string text;

private:
    BotStage& stage_;
    std::array<int, 2> ends_ = make_pipe();
    pid_t pid_ = 0;
};

// An event of Slack's that the bot does not know, and logs with its size.
std::string unknown_event(std::size_t filler)
{
    const std::string body = R"({"type":"app_rate_limited","filler":")" + std::string(filler, 'x') + "\"}";
    const std::string now = std::to_string(demo::Company::now() / 1000);
    return "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
           "X-Slack-Request-Timestamp: " +
        now + "\r\nX-Slack-Signature: " + standins::slack::sign("fake-demo-signing-secret", now, body) +
        "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// So many lines of the log that are all different. How many requests were answered.
int log_lines(BotStage& stage, int lines)
{
    constexpr int at_once = 20;
    RawClient client{stage.port()};
    int answered = 0;
    for (int number = 0; number < lines; number += at_once)
    {
        std::string bytes;
        for (int each = number; each < number + at_once; ++each) bytes += unknown_event(static_cast<std::size_t>(each));
        if (!client.send(bytes)) break;
        for (int each = 0; each < at_once; ++each) answered += client.read_response().status == 200 ? 1 : 0;
    }
    return answered;
}

// Refused at the door, as anybody may be.
std::string knock(BotStage& stage)
{
    RawClient client{stage.port()};
    client.send(
        "POST /slack/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 1\r\n\r\nx");
    return std::to_string(client.read_response().status);
}

std::int64_t number_after(const std::string& text, const std::string& words)
{
    const auto at = text.find(words);
    return at == std::string::npos ? -1 : std::stoll(text.substr(at + words.size()));
}

}  // namespace

TEST_CASE("a log that nobody reads stops nothing, and what was dropped is counted once it is read", "[process]")
{
    BotStage stage;
    PipedBot bot{stage};
    REQUIRE(bot.is_ready());
    constexpr int lines = 6'000;  // more than a pipe and the bot's memory for them hold
    CHECK(log_lines(stage, lines) == lines);
    CHECK(bot.answers());
    REQUIRE(bot.reads(R"("event":"log_lines_dropped")"));
    REQUIRE(bot.reads("\"errors\":\""));
    std::int64_t written = 0;
    for (auto at = bot.text.find("event_unknown"); at != std::string::npos; at = bot.text.find("event_unknown", at + 1))
        ++written;
    CHECK(written > 1'000);
    CHECK(number_after(bot.text, R"("event":"log_lines_dropped","count":")") == lines - written);
    CHECK(bot.stop() == 0);
    CHECK(bot.reads("server_stopped"));
}

TEST_CASE("a bot whose log nobody reads ends when it is told to", "[process]")
{
    BotStage stage;
    PipedBot bot{stage};
    REQUIRE(bot.is_ready());
    REQUIRE(log_lines(stage, 1'000) == 1'000);
    CHECK(bot.stop() == 0);
}

TEST_CASE("a bot lives on when the reader of its log has gone", "[process]")
{
    BotStage stage;
    PipedBot bot{stage};
    REQUIRE(bot.is_ready());
    bot.close_reader();
    for (int number = 0; number < 20; ++number) REQUIRE(log_lines(stage, 20) == 20);
    CHECK(bot.answers());
    CHECK(bot.stop() == 0);
}

TEST_CASE("a bot without a standard output works, and writes its log into no other file", "[process]")
{
    BotStage stage;
    PipedBot bot{stage, PipedBot::Output::closed};
    REQUIRE(bot.is_ready());
    CHECK(log_lines(stage, 20) == 20);
    CHECK(bot.answers());
    CHECK(bot.stop() == 0);
    for (const auto& file : std::filesystem::directory_iterator{stage.company.folder()})
    {
        CAPTURE(file.path());
        std::ifstream in{file.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        CHECK(bytes.find("event_unknown") == std::string::npos);
    }
}

TEST_CASE("what anybody can have logged again and again is written once, with its number", "[process]")
{
    BotStage stage;
    PipedBot bot{stage};
    REQUIRE(bot.is_ready());
    for (int number = 0; number < 50; ++number) REQUIRE(knock(stage) == "401");
    CHECK(bot.stop() == 0);
    REQUIRE(bot.reads("server_stopped"));
    CHECK_FALSE(bot.reads("all of it, to the end of the pipe"));
    const std::string line = R"("event":"signature_refused")";
    const auto first = bot.text.find(line);
    REQUIRE(first != std::string::npos);
    const auto second = bot.text.find(line, first + 1);
    REQUIRE(second != std::string::npos);
    CHECK(bot.text.find(line, second + 1) == std::string::npos);
    CHECK(number_after(bot.text, R"("repeated":")") == 49);
}
