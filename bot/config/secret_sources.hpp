#pragma once

#include "bot/config/toml_document.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace countersign::config {

// Where a credential is to be read: PATH (relative to the folder of the configuration), "credential:NAME" (a file of
// $CREDENTIALS_DIRECTORY, as systemd hands it over), "fd:N" (a descriptor that the process was started with) or
// "env:NAME".
struct SecretSource
{
    std::string_view section;
    std::string_view key;
    Text source;
};

struct SecretSources
{
    std::vector<SecretSource> signing_secrets;
    std::optional<SecretSource> bot_token;
    std::optional<SecretSource> client_secret;
    std::optional<SecretSource> vault_key;
    std::optional<SecretSource> tls_certificate;
    std::optional<SecretSource> tls_key;
};

}  // namespace countersign::config
