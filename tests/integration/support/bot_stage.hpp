#pragma once

#include "tests/demo/company/company.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::test {

// Well above what a step takes, also on a busy machine under a sanitizer: only a test that fails waits so long.
inline constexpr std::chrono::seconds step_deadline{20};

// The real program between a Slack workspace and an Auth0 tenant of its own, driven step by step. The stand-ins answer
// while a step waits.
class BotStage
{
public:
    // `program`: its path, by default the product's.
    explicit BotStage(std::filesystem::path program = COUNTERSIGN_BINARY) : company{context, std::move(program)} {}

    // Replaces `from`, which must be in the configuration once; for before a start.
    void configure(const std::string& from, const std::string& to);

    void start() { company.bot().start(); }
    // Starts it and waits; false when it is not ready.
    bool start_ready() { return run(company.start_bot(step_deadline)); }
    // Tells it to end and waits: its exit status, -1 when it had to be killed.
    int stop() { return run(company.stop_bot()); }
    void signal(int number);
    // Waits until it ends by itself: its exit status, -1 when it does not.
    int wait_for_end();

    // Waits; false when it did not happen by the deadline.
    bool until(std::function<bool()> done) { return run(company.until(std::move(done), step_deadline)); }
    // "200 {...}", or "no answer".
    std::string get(std::string target);
    // The same again and again, until it is `wanted` or for as long as a step may take; the last answer.
    std::string get_until(std::string target, std::string wanted);
    // The HTTP status, 0 without an answer.
    int type_command(std::string user, std::string command, std::string text)
    {
        return run(company.type_command(std::move(user), std::move(command), std::move(text)));
    }
    bool door_is_closed();  // nobody listens at its port

    // Everything that it wrote to standard output and standard error, of all its runs.
    std::string output();
    // Whether it has written this by now.
    bool has_written(std::string_view words) { return output().find(words) != std::string::npos; }
    // Whether it writes this, before it ends or within the time of a step: it answers before its log is written.
    bool writes(std::string_view words);
    // The events of its log, in order.
    std::vector<std::string> events();
    std::uint16_t port();

    // Runs the stand-ins until `work` is over. Throws std::runtime_error when it does not come to an end, and
    // std::logic_error for a step within a step: it would take the answers of the one around it.
    template <class T>
    T run(boost::asio::awaitable<T> work)
    {
        if (is_running_) throw std::logic_error{"a step of the test within a step"};
        is_running_ = true;
        const std::shared_ptr<bool> no_more{&is_running_, [](bool* running) { *running = false; }};
        std::optional<T> result;
        boost::asio::co_spawn(context, std::move(work), [&result](std::exception_ptr failure, T value) {
            if (failure) std::rethrow_exception(failure);
            result = std::move(value);
        });
        context.restart();
        const auto end = std::chrono::steady_clock::now() + 2 * step_deadline;
        while (!result && std::chrono::steady_clock::now() < end) context.run_one_for(std::chrono::milliseconds{100});
        if (!result) throw std::runtime_error{"a step of the test does not come to an end"};
        return std::move(*result);
    }

    boost::asio::io_context context{1};
    demo::Company company;

private:
    bool is_running_ = false;
};

}  // namespace countersign::test
