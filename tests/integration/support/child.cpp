#include "tests/integration/support/child.hpp"

#include "tests/integration/support/bot_stage.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace countersign::test {

Child::Child(std::vector<std::string> words, std::filesystem::path output) : output_{std::move(output)}
{
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    const int failure = ::posix_spawn(&pid_, argv.front(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) throw std::runtime_error{"cannot start " + words.front()};
}

Child::~Child()
{
    if (has_ended()) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void Child::signal(int number)
{
    if (!has_ended()) ::kill(pid_, number);
}

bool Child::says(const std::string& words)
{
    return until([this, &words] { return output().find(words) != std::string::npos; });
}

int Child::wait_for_end()
{
    return until([this] { return has_ended(); }) ? status_ : -1;
}

std::string Child::output() const
{
    std::ifstream in{output_, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

bool Child::has_ended()
{
    if (pid_ == 0) return true;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return false;
    pid_ = 0;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return true;
}

bool Child::until(const std::function<bool()>& done)
{
    const auto end = std::chrono::steady_clock::now() + step_deadline;
    while (std::chrono::steady_clock::now() < end)
    {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return done();
}

}  // namespace countersign::test
