#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/ports/http_client.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

struct TlsFiles
{
    std::filesystem::path certificate;  // PEM, the whole chain
    std::filesystem::path key;          // PEM
};

struct ServerConfig
{
    std::string host = "127.0.0.1";  // an IP address, IPv6 without brackets
    std::uint16_t port = 8080;       // 0: any free one
    std::optional<TlsFiles> tls;     // absent: plain HTTP, behind a reverse proxy that speaks TLS
};

// Who holds a role: the members of these user groups, and these people.
struct RoleHolders
{
    std::vector<SlackGroupId> groups;
    std::vector<SlackUserId> users;

    bool empty() const noexcept { return groups.empty() && users.empty(); }
};

struct SlackConfig
{
    std::vector<Secret> signing_secrets;  // several while one is being rotated; never empty
    Secret bot_token{std::string_view{}};
    http::Origin api{"https", "slack.com", "443", "/api/"};
    std::vector<SlackTeamId> team_ids;  // never empty
    std::string app_id;
    ChannelId approvals{std::string{}};
    ChannelId audit{std::string{}};
    RoleHolders support;
    RoleHolders implementation;
    RoleHolders approvers;  // never empty
    RoleHolders auditors;
    RoleHolders escalation;  // may decide what nobody decided in time; may be empty
};

struct Auth0Config
{
    std::string domain;  // the tenant's canonical host, lower case; audience is https://DOMAIN/api/v2/
    http::Origin base;   // where requests go: https://DOMAIN/ unless a test or a proxy says otherwise
    std::string client_id;
    Secret client_secret{std::string_view{}};
    std::string connection = "Username-Password-Authentication";
};

// How requests are handled, in the handlers' own words (handlers/model/settings.hpp, which says the defaults).
struct RequestConfig
{
    FieldSettings fields;
    VerificationSettings verification;
    LimitSettings limits;
    ApprovalSettings approval;  // expires_after: 1 minute to 7 days
    PasswordSettings password;
    NewAccountSettings new_accounts;
    AfterCareSettings after_change;
    std::vector<Tier> tiers;
};

// countersign.toml, as deploy/countersign.sample.toml documents it. Plain data that has been checked.
struct Config
{
    ServerConfig server;
    SlackConfig slack;
    Auth0Config auth0;
    RequestConfig requests;
    std::filesystem::path database = "/var/lib/countersign/countersign.db";
    std::string log_level = "info";        // debug, info, warn, error or off
    Secret vault_key{std::string_view{}};  // the content of the file, as FileVault takes it
};

}  // namespace countersign
