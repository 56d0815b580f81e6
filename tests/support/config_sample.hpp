#pragma once

#include "bot/config/surroundings.hpp"

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
    struct File
    {
        std::string bytes;
        bool open_to_others = false;
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

    void put(const std::string& path, std::string bytes) { files[path] = File{std::move(bytes)}; }

    Surroundings surroundings() const
    {
        const auto read = [this](const std::filesystem::path& path) -> Result<FileContent> {
            const auto found = files.find(path.string());
            if (found == files.end()) return Errc::not_found;
            if (found->second.failure != Errc{}) return found->second.failure;
            return FileContent{Secret{found->second.bytes}, found->second.open_to_others};
        };
        const auto look_up = [this](const std::string& name) -> std::optional<Secret> {
            const auto found = environment.find(name);
            if (found == environment.end()) return std::nullopt;
            return Secret{found->second};
        };
        return Surroundings{read, look_up};
    }

    std::map<std::string, File> files;
    std::map<std::string, std::string> environment;
};

}  // namespace countersign::test
