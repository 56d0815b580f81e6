#pragma once

#include <array>
#include <string_view>

namespace countersign::config {

enum class Shape
{
    text,
    texts,          // a list of strings
    text_or_texts,  // a string, or a list of strings
    flag,           // true or false
    count,          // a whole number
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

// The section that may stand there several times: [[tier]].
inline constexpr std::string_view repeated_section = "tier";

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
    Key{"slack.groups", "escalation", Shape::texts, Presence::optional, R"(["S0123456789"])"},
    Key{"auth0", "domain", Shape::text, Presence::demanded, R"("example.eu.auth0.com")"},
    Key{"auth0", "base_url", Shape::text, Presence::optional, R"("https://example.eu.auth0.com/")"},
    Key{"auth0", "client_id", Shape::text, Presence::demanded, R"("AbCdEf0123456789")"},
    Key{"auth0", "client_secret_file", Shape::text, Presence::demanded, R"("secrets/auth0-client-secret")"},
    Key{"auth0", "connection", Shape::text, Presence::optional, R"("Username-Password-Authentication")"},
    Key{"password", "format", Shape::text, Presence::optional, R"("sop")"},
    Key{"password", "support_format", Shape::text, Presence::optional, R"("passphrase")"},
    Key{"password", "implementation_format", Shape::text, Presence::optional, R"("sop")"},
    Key{"password", "reveal_within", Shape::text, Presence::optional, R"("15m")"},
    Key{"password", "ticket_life", Shape::text, Presence::optional, R"("1h")"},
    Key{"request", "reason_required", Shape::flag, Presence::optional, "true"},
    Key{"request", "ticket_required", Shape::flag, Presence::optional, "true"},
    Key{"request", "ticket_pattern", Shape::text, Presence::optional, R"("HD-#*")"},
    Key{"request", "ticket_example", Shape::text, Presence::optional, R"("HD-1234")"},
    Key{"verification", "methods", Shape::texts, Presence::optional, R"(["Call back to the number on record"])"},
    Key{"verification", "required", Shape::flag, Presence::optional, "true"},
    Key{"approval", "expires_after", Shape::text, Presence::optional, R"("4h")"},
    Key{"approval", "remind_after", Shape::text, Presence::optional, R"("30m")"},
    Key{"approval", "escalate_after", Shape::text, Presence::optional, R"("1h")"},
    Key{"approval", "mention", Shape::flag, Presence::optional, "true"},
    Key{"approval", "own_account_check", Shape::text, Presence::optional, R"("refuse")"},
    Key{"approval", "public_channel", Shape::flag, Presence::optional, "false"},
    Key{"limits", "person_an_hour", Shape::count, Presence::optional, "5"},
    Key{"limits", "person_a_day", Shape::count, Presence::optional, "20"},
    Key{"limits", "account_an_hour", Shape::count, Presence::optional, "2"},
    Key{"limits", "account_a_day", Shape::count, Presence::optional, "3"},
    Key{"limits", "everybody_an_hour", Shape::count, Presence::optional, "30"},
    Key{"limits", "everybody_a_day", Shape::count, Presence::optional, "200"},
    Key{"limits", "look_ups_an_hour", Shape::count, Presence::optional, "30"},
    Key{"limits", "look_twice_from", Shape::count, Presence::optional, "10"},
    Key{"new_accounts", "connection", Shape::text, Presence::optional, R"("Username-Password-Authentication")"},
    Key{"new_accounts", "email_verified", Shape::flag, Presence::optional, "false"},
    Key{"new_accounts", "verify_email", Shape::flag, Presence::optional, "true"},
    Key{"after_change", "must_change", Shape::flag, Presence::optional, "false"},
    Key{"after_change", "end_sessions", Shape::flag, Presence::optional, "true"},
    Key{"after_change", "revoke_refresh_tokens", Shape::flag, Presence::optional, "true"},
    Key{"after_change", "tell_owner", Shape::flag, Presence::optional, "false"},
    Key{"tier", "name", Shape::text, Presence::demanded, R"("Administrators")"},
    Key{"tier", "emails", Shape::texts, Presence::optional, R"(["ceo@example.com"])"},
    Key{"tier", "domains", Shape::texts, Presence::optional, R"(["example.com"])"},
    Key{"tier", "connections", Shape::texts, Presence::optional, R"(["partners"])"},
    Key{"tier", "metadata", Shape::texts, Presence::optional, R"(["account.plan=gold"])"},
    Key{"tier", "refuse", Shape::flag, Presence::optional, "true"},
    Key{"tier", "approvals", Shape::count, Presence::optional, "2"},
    Key{"tier", "verification_required", Shape::flag, Presence::optional, "true"},
    Key{"tier", "format", Shape::text, Presence::optional, R"("ticket")"},
    Key{"tier", "cooling", Shape::text, Presence::optional, R"("10m")"},
    Key{"storage", "url", Shape::text, Presence::optional, R"("sqlite:///var/lib/countersign/countersign.db")"},
    Key{"log", "level", Shape::text, Presence::optional, R"("info")"},
    Key{"vault", "key_file", Shape::text, Presence::demanded, R"("secrets/vault-key")"},
};

}  // namespace countersign::config
