#pragma once

#include "bot/config/process_environment.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace countersign::test {

// A configuration that has every key that is demanded, and no other.
inline const std::string minimal_config = R"([slack]
signing_secret_file = "signing"
bot_token_file = "token"
team_ids = ["T0123"]
app_id = "A0123"

[slack.channels]
approvals = "C0001"
audit = "C0002"

[slack.groups]
support = ["S0001"]
approvers = ["S0002", "U0003"]

[auth0]
domain = "Example.eu.auth0.com"
client_id = "client"
client_secret_file = "auth0"

[vault]
key_file = "vault"
)";

// `text` with its first `from` replaced by `to`.
inline std::string with(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    return at == std::string::npos ? "(no '" + from + "' to replace)" : text.replace(at, from.size(), to);
}

// A machine whose files and environment stand in two maps. Paths are as the configuration builds them.
class FakeMachine
{
public:
    static constexpr std::uint32_t user = 1000;  // as whom the bot runs

    struct File
    {
        std::string bytes;
        std::uint32_t mode = 0600;
        std::uint32_t owner = user;
        Errc failure{};  // unless zero, what reading it gives
    };

    FakeMachine()
    {
        put("etc/signing", "8f742231b10e8888abcd99yyyzzz85a5\n");
        put("etc/token", "xoxb-1-2-abc\n");
        put("etc/auth0", "client-secret\r\n");
        put("etc/vault", std::string(44, 'k') + '\n');
        put("etc/countersign.toml", minimal_config);
    }

    void put(const std::string& path, std::string bytes) { files[path].bytes = std::move(bytes); }

    ProcessEnvironment surroundings() const
    {
        const auto read = [this](const std::filesystem::path& path) -> Result<FileContent> {
            const auto found = files.find(path.string());
            if (found == files.end()) return Errc::not_found;
            if (found->second.failure != Errc{}) return found->second.failure;
            return FileContent{Secret{found->second.bytes}, way_to(path, found->second)};
        };
        const auto look = [this](const std::filesystem::path& path) -> Result<countersign::files::Way> {
            if (const auto way = ways.find(path.string()); way != ways.end()) return way->second;
            const auto found = files.find(path.string());
            if (found == files.end()) return Errc::not_found;
            return way_to(path, found->second);
        };
        const auto read_descriptor = [this](int number) -> Result<Secret> {
            const auto found = descriptors.find(number);
            if (found == descriptors.end()) return Errc::not_found;
            return Secret{found->second};
        };
        const auto look_up = [this](const std::string& name) -> std::optional<Secret> {
            const auto found = environment.find(name);
            if (found == environment.end()) return std::nullopt;
            return Secret{found->second};
        };
        return ProcessEnvironment{read, look, read_descriptor, look_up, user};
    }

    std::map<std::string, File> files;
    std::map<std::string, countersign::files::Way>
        ways;  // of what is no file, or lies elsewhere than in a folder of our own
    std::uint32_t folder_mode = 0755;
    std::map<int, std::string> descriptors;
    std::map<std::string, std::string> environment;

private:
    countersign::files::Way way_to(const std::filesystem::path& path, const File& file) const
    {
        return {
            {"/", countersign::files::Kind::folder, 0, 0755, 2},
            {path.parent_path(), countersign::files::Kind::folder, user, folder_mode, 2},
            {path, countersign::files::Kind::regular, file.owner, file.mode, 1}};
    }
};

}  // namespace countersign::test
