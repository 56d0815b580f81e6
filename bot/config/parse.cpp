#include "bot/config/parse.hpp"

#include "bot/config/parse_requests.hpp"
#include "bot/config/toml_document.hpp"
#include "bot/config/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace countersign::config {

namespace {

constexpr std::size_t name_bytes_max = 128;

class Parser
{
public:
    Parser(std::string_view text, ConfigReport& report) : document_{text, report}, report_{report} {}

    Draft parse()
    {
        if (!document_.is_toml()) return std::move(draft_);
        server();
        slack();
        channels();
        groups();
        auth0();
        RequestParser{document_, report_}.parse(draft_.config.requests);
        escalation();
        storage_and_log();
        draft_.secrets.vault_key = source("vault", "key_file");
        return std::move(draft_);
    }

private:
    void server()
    {
        ServerConfig& server = draft_.config.server;
        if (const auto text = document_.text("server", "listen"))
        {
            auto listen = parse_listen(text->value);
            if (!listen)
                report_.mistake(
                    text->line, "server", "listen",
                    "must be an IP address and a port: write for example \"127.0.0.1:8080\" or \"[::1]:8080\"");
            else
            {
                server.host = std::move(listen->host);
                server.port = listen->port;
            }
        }
        draft_.secrets.tls_certificate = source("server", "tls_certificate");
        draft_.secrets.tls_key = source("server", "tls_key");
        one_needs_other(draft_.secrets.tls_certificate, draft_.secrets.tls_key);
        one_needs_other(draft_.secrets.tls_key, draft_.secrets.tls_certificate);
    }

    void one_needs_other(const std::optional<SecretSource>& one, const std::optional<SecretSource>& other)
    {
        if (!one) return;
        if (one->source.value.starts_with("env:") || one->source.value.starts_with("fd:"))
            report_.mistake(one->source.line, one->section, one->key, "must be the path of a file, or credential:NAME");
        if (other) return;
        const std::string missing = one->key == "tls_key" ? "tls_certificate" : "tls_key";
        report_.mistake(one->source.line, one->section, one->key, "needs " + missing + " beside it");
    }

    void slack()
    {
        SlackConfig& slack = draft_.config.slack;
        for (Text& text : document_.texts("slack", "signing_secret_file"))
            draft_.secrets.signing_secrets.push_back(SecretSource{"slack", "signing_secret_file", std::move(text)});
        draft_.secrets.bot_token = source("slack", "bot_token_file");
        if (const auto url = document_.text("slack", "api_url")) origin("slack", "api_url", *url, slack.api);
        for (const Text& id : document_.texts("slack", "team_ids"))
            if (is_id(id, "slack", "team_ids", "T", "a workspace id such as \"T0123456789\""))
                slack.team_ids.emplace_back(id.value);
        if (const auto id = document_.text("slack", "app_id"))
            if (is_id(*id, "slack", "app_id", "A", "the app's id such as \"A0123456789\"")) slack.app_id = id->value;
    }

    void channels()
    {
        SlackConfig& slack = draft_.config.slack;
        const auto approvals = channel("approvals");
        const auto audit = channel("audit");
        if (approvals && audit && approvals->value == audit->value)
            report_.warning(
                audit->line, "slack.channels", "audit",
                "is the approvals channel too; better keep apart those who decide and those who audit");
        if (approvals) slack.approvals = ChannelId{approvals->value};
        if (audit) slack.audit = ChannelId{audit->value};
    }

    std::optional<Text> channel(std::string_view key)
    {
        auto id = document_.text("slack.channels", key);
        if (!id || !is_id(*id, "slack.channels", key, "CG", "a channel's id such as \"C0123456789\", not its name"))
            return std::nullopt;
        return id;
    }

    void groups()
    {
        SlackConfig& slack = draft_.config.slack;
        slack.support = holders("support");
        slack.implementation = holders("implementation");
        slack.approvers = holders("approvers");
        slack.auditors = holders("auditors");
        slack.escalation = holders("escalation");
        const bool is_given = !document_.texts("slack.groups", "support").empty() ||
            !document_.texts("slack.groups", "implementation").empty();
        if (!is_given)
            report_.mistake(
                document_.line_of("slack.groups"), "slack.groups", {},
                "nobody may ask for a reset; write support = [\"S...\"] or implementation = [\"S...\"]");
    }

    // One without the other would never do anything.
    void escalation()
    {
        const ApprovalSettings& approval = draft_.config.requests.approval;
        const auto after = document_.text("approval", "escalate_after");
        const bool to_nobody = draft_.config.slack.escalation.empty();
        if (after && approval.escalate_after > std::chrono::seconds{0} && to_nobody)
            report_.mistake(
                after->line, "approval", "escalate_after",
                "needs to know to whom: write escalation = [\"S...\"] below [slack.groups]");
        if (after && approval.escalate_after >= approval.expires_after)
            report_.mistake(
                after->line, "approval", "escalate_after",
                "must be less than expires_after: by then the request has expired");
        if (!to_nobody && approval.escalate_after == std::chrono::seconds{0})
            report_.warning(
                document_.line_of("slack.groups"), "slack.groups", "escalation",
                "decides nothing until [approval] escalate_after says when");
    }

    RoleHolders holders(std::string_view role)
    {
        RoleHolders holders;
        for (const Text& id : document_.texts("slack.groups", role))
        {
            if (!is_id(
                    id, "slack.groups", role, "SUW",
                    "a user group's id such as \"S0123456789\", or a person's (U..., W...)"))
                continue;
            if (id.value.front() == 'S')
                holders.groups.emplace_back(id.value);
            else
                holders.users.emplace_back(id.value);
        }
        return holders;
    }

    void auth0()
    {
        Auth0Config& auth0 = draft_.config.auth0;
        if (const auto domain = document_.text("auth0", "domain"))
        {
            if (!is_domain(domain->value))
                report_.mistake(
                    domain->line, "auth0", "domain",
                    "must be the tenant's host alone, without https:// and /: write for example "
                    "\"example.eu.auth0.com\"");
            else
            {
                auth0.domain = lower(domain->value);
                if (auto base = http::parse_origin("https://" + auth0.domain + '/')) auth0.base = std::move(*base);
            }
        }
        if (const auto url = document_.text("auth0", "base_url")) origin("auth0", "base_url", *url, auth0.base);
        if (const auto id = document_.text("auth0", "client_id"))
        {
            if (!is_token(id->value) || id->value.size() > name_bytes_max)
                report_.mistake(id->line, "auth0", "client_id", "must be the application's client id, without spaces");
            auth0.client_id = id->value;
        }
        draft_.secrets.client_secret = source("auth0", "client_secret_file");
        if (const auto name = document_.text("auth0", "connection"))
        {
            const bool has_control = std::any_of(
                name->value.begin(), name->value.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; });
            if (name->value.empty() || name->value.size() > name_bytes_max || has_control)
                report_.mistake(name->line, "auth0", "connection", "must be the name of a database connection");
            auth0.connection = name->value;
        }
    }

    void storage_and_log()
    {
        if (const auto url = document_.text("storage", "url"))
        {
            if (auto path = parse_sqlite_url(url->value))
                draft_.config.database = std::move(*path);
            else
                report_.mistake(
                    url->line, "storage", "url",
                    "must be sqlite:/// and the absolute path of a file: write for example "
                    "\"sqlite:///var/lib/countersign/countersign.db\"");
        }
        if (const auto level = document_.text("log", "level"))
        {
            constexpr std::array<std::string_view, 5> levels = {"debug", "info", "warn", "error", "off"};
            if (std::find(levels.begin(), levels.end(), level->value) == levels.end())
                report_.mistake(level->line, "log", "level", "must be one of debug, info, warn, error, off");
            draft_.config.log_level = level->value;
        }
    }

    std::optional<SecretSource> source(std::string_view section, std::string_view key)
    {
        auto text = document_.text(section, key);
        if (!text) return std::nullopt;
        return SecretSource{section, key, std::move(*text)};
    }

    bool is_id(
        const Text& text, std::string_view section, std::string_view key, std::string_view prefixes,
        const std::string& kind)
    {
        if (is_slack_id(text.value, prefixes)) return true;
        report_.mistake(text.line, section, key, "must be " + kind);
        return false;
    }

    void origin(std::string_view section, std::string_view key, const Text& url, http::Origin& into)
    {
        auto origin = http::parse_origin(url.value);
        if (origin)
            into = std::move(*origin);
        else if (origin.error() == Errc::forbidden)
            report_.mistake(
                url.line, section, key, "is http:// to another machine; write https:// (http is for loopback only)");
        else
            report_.mistake(url.line, section, key, "must be an https:// URL without user, query and fragment");
    }

    static std::string lower(std::string text)
    {
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text;
    }

    Document document_;
    ConfigReport& report_;
    Draft draft_;
};

}  // namespace

Draft parse_config(std::string_view text, ConfigReport& report) { return Parser{text, report}.parse(); }

}  // namespace countersign::config
