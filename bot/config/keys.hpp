#pragma once

#include <array>
#include <string_view>

namespace countersign::config {

enum class Shape
{
    text,
    texts,          // a list of strings
    text_or_texts,  // a string, or a list of strings
};

enum class Presence
{
    demanded,
    optional,
};

struct Key
{
    std::string_view section;
    std::string_view name;
    Shape shape;
    Presence presence;
    std::string_view example;  // as it stands in the file, for messages
};

// Every key of countersign.toml. These are the product's interface: other tools write them.
inline constexpr std::array keys = {
    Key{"server", "listen", Shape::text, Presence::optional, R"("127.0.0.1:8080")"},
    Key{"server", "tls_certificate", Shape::text, Presence::optional, R"("tls/fullchain.pem")"},
    Key{"server", "tls_key", Shape::text, Presence::optional, R"("tls/privkey.pem")"},
    Key{"slack", "signing_secret_file", Shape::text_or_texts, Presence::demanded, R"("secrets/slack-signing-secret")"},
    Key{"slack", "bot_token_file", Shape::text, Presence::demanded, R"("secrets/slack-bot-token")"},
    Key{"slack", "api_url", Shape::text, Presence::optional, R"("https://slack.com/api/")"},
    Key{"slack", "team_ids", Shape::texts, Presence::demanded, R"(["T0123456789"])"},
    Key{"slack", "app_id", Shape::text, Presence::demanded, R"("A0123456789")"},
    Key{"slack.channels", "approvals", Shape::text, Presence::demanded, R"("C0123456789")"},
    Key{"slack.channels", "audit", Shape::text, Presence::demanded, R"("C0987654321")"},
    Key{"slack.groups", "support", Shape::texts, Presence::optional, R"(["S0123456789"])"},
    Key{"slack.groups", "implementation", Shape::texts, Presence::optional, R"(["S0123456789"])"},
    Key{"slack.groups", "approvers", Shape::texts, Presence::demanded, R"(["S0123456789"])"},
    Key{"slack.groups", "auditors", Shape::texts, Presence::optional, R"(["S0123456789"])"},
    Key{"auth0", "domain", Shape::text, Presence::demanded, R"("example.eu.auth0.com")"},
    Key{"auth0", "base_url", Shape::text, Presence::optional, R"("https://example.eu.auth0.com/")"},
    Key{"auth0", "client_id", Shape::text, Presence::demanded, R"("AbCdEf0123456789")"},
    Key{"auth0", "client_secret_file", Shape::text, Presence::demanded, R"("secrets/auth0-client-secret")"},
    Key{"auth0", "connection", Shape::text, Presence::optional, R"("Username-Password-Authentication")"},
    Key{"password", "format", Shape::text, Presence::optional, R"("sop")"},
    Key{"approval", "expires_after", Shape::text, Presence::optional, R"("4h")"},
    Key{"storage", "url", Shape::text, Presence::optional, R"("sqlite:///var/lib/countersign/countersign.db")"},
    Key{"log", "level", Shape::text, Presence::optional, R"("info")"},
    Key{"vault", "key_file", Shape::text, Presence::demanded, R"("secrets/vault-key")"},
};

}  // namespace countersign::config
