#pragma once

#include "bot/config/config.hpp"
#include "bot/config/process_environment.hpp"
#include "bot/config/report.hpp"
#include "bot/config/secret_sources.hpp"
#include "bot/files/rights.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace countersign::config {

// Reads what `sources` names into `config`, and reports what is missing, unreadable, empty or malformed, and what
// others than its owner could read or exchange.
class SecretReader
{
public:
    SecretReader(std::filesystem::path folder, const ProcessEnvironment& surroundings, ConfigReport& report);

    void read(const SecretSources& sources, Config& config);

private:
    std::optional<Secret> text_secret(const SecretSource& from);
    std::optional<Secret> vault_key(const SecretSource& from);
    std::optional<Secret> bytes_of(const SecretSource& from);
    std::optional<Secret> environment(const SecretSource& from, std::string_view name);
    std::optional<Secret> descriptor(const SecretSource& from, std::string_view number);
    std::optional<std::filesystem::path> path_of(const SecretSource& from);
    std::optional<FileContent> file(const SecretSource& from, const std::filesystem::path& path, files::Demand demand);
    void tls(const SecretSource& certificate, const SecretSource& key, ServerConfig& server);
    void mistake(const SecretSource& from, std::string what);

    std::filesystem::path folder_;
    const ProcessEnvironment& surroundings_;
    ConfigReport& report_;
    std::set<int> descriptors_read_;
};

}  // namespace countersign::config
