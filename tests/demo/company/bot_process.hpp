#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace demo {

// What a configuration for a local bot needs to know of its surroundings.
struct BotSurroundings
{
    std::string slack_api_url;  // "http://127.0.0.1:PORT/api/"
    std::string auth0_base_url;
    std::string auth0_domain;
    std::string auth0_client_id;
    std::string auth0_client_secret;
    std::string bot_token;
    std::string signing_secret;
    std::string team_id;
    std::string app_id;
    std::string approvals_channel;
    std::string audit_channel;
    std::string support_group;
    std::string implementation_group;
    std::string approvers_group;
    std::string auditors_group;
    bool must_change = false;  // the tenant has the Action that demands a password of the owner's own
};

// The product's binary as a process of ours: started as in production, only URLs and secrets differ. Its folder holds
// the configuration, the secrets, the database and the log.
class BotProcess
{
public:
    // Writes countersign.toml and the secrets into `folder`, on a port that is free now.
    BotProcess(std::filesystem::path binary, std::filesystem::path folder, const BotSurroundings& surroundings);
    ~BotProcess();  // kills it when it still runs
    BotProcess(const BotProcess&) = delete;
    BotProcess& operator=(const BotProcess&) = delete;

    void start();
    // Another program from the next start on.
    void replace_binary(std::filesystem::path binary) { binary_ = std::move(binary); }
    void kill();       // SIGKILL, and waits
    void terminate();  // SIGTERM, and does not wait
    // True while it runs. Never waits.
    bool running();
    pid_t pid() const { return pid_; }  // 0: none
    int starts() const { return starts_; }
    // How it ended last: its exit status, -1 when it was killed or has not ended yet.
    int exit_status() const { return exit_status_; }

    std::string base_url() const;  // "http://127.0.0.1:PORT"
    const std::filesystem::path& config_file() const { return config_; }
    const std::filesystem::path& log_file() const { return log_; }
    const std::filesystem::path& database_file() const { return database_; }

private:
    bool take_ending(int options);

    std::filesystem::path binary_;
    std::filesystem::path folder_;
    std::filesystem::path config_;
    std::filesystem::path log_;
    std::filesystem::path database_;
    std::uint16_t port_ = 0;
    pid_t pid_ = 0;
    int starts_ = 0;
    int exit_status_ = -1;
};

// A fresh private folder below the system's temporary one. Throws std::runtime_error.
std::filesystem::path make_private_folder(const std::string& name);

// The same, removed with its content when this goes.
class PrivateFolder
{
public:
    explicit PrivateFolder(const std::string& name) : path_{make_private_folder(name)} {}
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace demo
