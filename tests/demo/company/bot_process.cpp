#include "tests/demo/company/bot_process.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

extern char** environ;

namespace demo {

namespace fs = std::filesystem;

namespace {

std::uint16_t free_port()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    void* const raw = &address;
    const bool bound = socket >= 0 && ::bind(socket, static_cast<sockaddr*>(raw), size) == 0 &&
        ::getsockname(socket, static_cast<sockaddr*>(raw), &size) == 0;
    if (socket >= 0) ::close(socket);
    if (!bound) throw std::runtime_error{"no free port on 127.0.0.1"};
    return ntohs(address.sin_port);
}

void write_private(const fs::path& file, const std::string& content)
{
    std::ofstream{file} << content;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

// What makes more of the product visible than its defaults do; a visitor plays more requests than an agent in an hour.
const std::string policy_text = R"(
[request]
ticket_pattern = "HD-##*"
ticket_example = "HD-1234"

[verification]
methods = ["Call back to the number on record", "Code to the e-mail on record", "Video with ID", "In person"]

[limits]
person_an_hour = 0
person_a_day = 0
account_an_hour = 0
account_a_day = 0
everybody_an_hour = 0
everybody_a_day = 0

[[tier]]
name = "Gold customers"
metadata = ["plan=gold"]
approvals = 2
)";

std::string config_text(const BotSurroundings& around, std::uint16_t port, const fs::path& database)
{
    return "[server]\nlisten = \"127.0.0.1:" + std::to_string(port) +
        "\"\n\n[slack]\nsigning_secret_file = \"slack-signing-secret\"\nbot_token_file = \"slack-bot-token\"\n" +
        "api_url = \"" + around.slack_api_url + "\"\nteam_ids = [\"" + around.team_id + "\"]\napp_id = \"" +
        around.app_id + "\"\n\n[slack.channels]\napprovals = \"" + around.approvals_channel + "\"\naudit = \"" +
        around.audit_channel + "\"\n\n[slack.groups]\nsupport = [\"" + around.support_group +
        "\"]\nimplementation = [\"" + around.implementation_group + "\"]\napprovers = [\"" + around.approvers_group +
        "\"]\nauditors = [\"" + around.auditors_group + "\"]\n\n[auth0]\ndomain = \"" + around.auth0_domain +
        "\"\nbase_url = \"" + around.auth0_base_url + "\"\nclient_id = \"" + around.auth0_client_id +
        "\"\nclient_secret_file = \"auth0-client-secret\"\n\n[storage]\nurl = \"sqlite://" + database.string() +
        "\"\n\n[vault]\nkey_file = \"vault-key\"\n\n[after_change]\nmust_change = " +
        (around.must_change ? "true" : "false") + "\n" + policy_text;
}

}  // namespace

fs::path make_private_folder(const std::string& name)
{
    std::string pattern = (fs::temp_directory_path() / (name + "-XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"cannot make a folder like " + pattern};
    return pattern;
}

PrivateFolder::~PrivateFolder()
{
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

BotProcess::BotProcess(fs::path binary, fs::path folder, const BotSurroundings& surroundings)
    : binary_{std::move(binary)},
      folder_{std::move(folder)},
      config_{folder_ / "countersign.toml"},
      log_{folder_ / "countersign.log"},
      database_{folder_ / "countersign.db"},
      port_{free_port()}
{
    if (!fs::exists(binary_)) throw std::runtime_error{"no such program: " + binary_.string()};
    write_private(folder_ / "slack-signing-secret", surroundings.signing_secret + "\n");
    write_private(folder_ / "slack-bot-token", surroundings.bot_token + "\n");
    write_private(folder_ / "auth0-client-secret", surroundings.auth0_client_secret + "\n");
    std::string key(48, '\0');
    if (::getentropy(key.data(), key.size()) != 0) throw std::runtime_error{"no randomness"};
    write_private(folder_ / "vault-key", key + "\n");
    write_private(config_, config_text(surroundings, port_, database_));
}

BotProcess::~BotProcess() { kill(); }

void BotProcess::start()
{
    std::vector<std::string> words = {binary_.string(), "serve", "--config", config_.string()};
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    const int failure = ::posix_spawn(&pid_, binary_.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0)
    {
        pid_ = 0;
        throw std::runtime_error{"cannot start " + binary_.string() + ": " + std::strerror(failure)};
    }
    ++starts_;
    exit_status_ = -1;
}

// Has it ended? With WNOHANG in `options` it is not waited for.
bool BotProcess::take_ending(int options)
{
    int status = 0;
    if (::waitpid(pid_, &status, options) != pid_) return false;
    exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    pid_ = 0;
    return true;
}

void BotProcess::kill()
{
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    take_ending(0);
}

void BotProcess::terminate()
{
    if (pid_ != 0) ::kill(pid_, SIGTERM);
}

bool BotProcess::running() { return pid_ != 0 && !take_ending(WNOHANG); }

std::string BotProcess::base_url() const { return "http://127.0.0.1:" + std::to_string(port_); }

}  // namespace demo
