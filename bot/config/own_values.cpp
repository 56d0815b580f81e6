#include "bot/config/own_values.hpp"

#include "bot/config/values.hpp"
#include "handlers/core/ascii.hpp"
#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace countersign::config {

namespace {

constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t label_bytes_max = 75;  // Slack's options
constexpr std::size_t methods_max = 20;

Tier& tier_of(const Entry& entry) { return entry.draft.config.requests.tiers.back(); }

// "Call back to the number on record" -> "call_back_to_the_number_on_record": stored in requests and audit rows.
std::string id_of(std::string_view label)
{
    std::string id;
    for (const char c : ascii::lower(label))
    {
        if (ascii::is_alnum(c))
            id += c;
        else if (!id.empty() && id.back() != '_')
            id += '_';
    }
    while (!id.empty() && id.back() == '_') id.pop_back();
    return id;
}

std::optional<MetadataMatch> metadata_match(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    MetadataMatch match;
    match.value = std::string{trim_spaces(text.substr(equals + 1))};
    std::string_view path = text.substr(0, equals);
    for (;;)
    {
        const auto dot = path.find('.');
        const std::string_view key = trim_spaces(path.substr(0, dot));
        if (key.empty()) return std::nullopt;
        match.path.emplace_back(key);
        if (dot == std::string_view::npos) return match;
        path.remove_prefix(dot + 1);
    }
}

}  // namespace

bool is_id(const Entry& entry, const Text& text, std::string_view prefixes, const char* kind)
{
    if (is_slack_id(text.value, prefixes)) return true;
    entry.mistake(text.line, std::string{"must be "} + kind);
    return false;
}

void listen(const Entry& entry)
{
    const auto text = entry.text();
    if (!text) return;
    auto found = parse_listen(text->value);
    if (!found)
    {
        entry.mistake(
            text->line, "must be an IP address and a port: write for example \"127.0.0.1:8080\" or \"[::1]:8080\"");
        return;
    }
    entry.draft.config.server.host = std::move(found->host);
    entry.draft.config.server.port = found->port;
}

void signing_secrets(const Entry& entry)
{
    for (Text& text : entry.texts())
        entry.draft.secrets.signing_secrets.push_back(SecretSource{entry.key.section, entry.key.name, std::move(text)});
}

void team_ids(const Entry& entry)
{
    for (const Text& id : entry.texts())
        if (is_id(entry, id, "T", "a workspace id such as \"T0123456789\""))
            entry.draft.config.slack.team_ids.emplace_back(id.value);
}

void app_id(const Entry& entry)
{
    const auto id = entry.text();
    if (id && is_id(entry, *id, "A", "the app's id such as \"A0123456789\""))
        entry.draft.config.slack.app_id = id->value;
}

void domain(const Entry& entry)
{
    const auto domain = entry.text();
    if (!domain) return;
    Auth0Config& auth0 = entry.draft.config.auth0;
    if (!is_domain(domain->value))
    {
        entry.mistake(
            domain->line,
            "must be the tenant's host alone, without https:// and /: write for example \"example.eu.auth0.com\"");
        return;
    }
    auth0.domain = ascii::lower(domain->value);
    if (auto base = http::parse_origin("https://" + auth0.domain + '/')) auth0.base = std::move(*base);
}

void client_id(const Entry& entry)
{
    const auto id = entry.text();
    if (!id) return;
    if (!is_token(id->value) || id->value.size() > name_bytes_max)
        entry.mistake(id->line, "must be the application's client id, without spaces");
    entry.draft.config.auth0.client_id = id->value;
}

void database_connection(const Entry& entry)
{
    const auto name = entry.text();
    if (!name) return;
    const bool has_control = std::any_of(
        name->value.begin(), name->value.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; });
    if (name->value.empty() || name->value.size() > name_bytes_max || has_control)
        entry.mistake(name->line, "must be the name of a database connection");
    entry.draft.config.auth0.connection = name->value;
}

void verification_methods(const Entry& entry)
{
    std::vector<VerificationMethod>& methods = entry.draft.config.requests.verification.methods;
    std::set<std::string> ids;
    for (const Text& text : entry.texts())
    {
        VerificationMethod method{id_of(text.value), clean_line(text.value)};
        if (method.id.empty() || method.label.size() > label_bytes_max)
            entry.mistake(text.line, "must be words of at most 75 bytes, with letters in them");
        else if (!ids.insert(method.id).second)
            entry.mistake(text.line, "has the same method twice");
        methods.push_back(std::move(method));
    }
    if (methods.size() > methods_max) entry.mistake(entry.document.line_of(entry.section), "has more than 20 entries");
}

void own_account_check(const Entry& entry)
{
    const auto text = entry.text();
    if (!text) return;
    OwnAccountCheck& check = entry.draft.config.requests.approval.own_account_check;
    if (text->value == "refuse")
        check = OwnAccountCheck::refuse;
    else if (text->value == "say")
        check = OwnAccountCheck::say;
    else
        entry.mistake(text->line, R"(must be "refuse" or "say")");
}

void tier_emails(const Entry& entry)
{
    for (const Text& text : entry.texts())
    {
        const auto email = parse_email(text.value);
        if (!email) entry.mistake(text.line, "must be whole addresses such as \"ceo@example.com\"");
        tier_of(entry).emails.push_back(email ? email->str() : text.value);
    }
}

void tier_domains(const Entry& entry)
{
    for (const Text& domain : entry.texts())
    {
        if (!is_domain(domain.value)) entry.mistake(domain.line, "must be hosts such as \"example.com\"");
        tier_of(entry).domains.push_back(ascii::lower(domain.value));
    }
}

void tier_connections(const Entry& entry)
{
    for (const Text& name : entry.texts()) tier_of(entry).connections.push_back(name.value);
}

void tier_metadata(const Entry& entry)
{
    for (const Text& text : entry.texts())
    {
        if (auto match = metadata_match(text.value))
            tier_of(entry).metadata.push_back(std::move(*match));
        else
            entry.mistake(text.line, "must be a path and a value: write for example \"account.plan=gold\"");
    }
}

void storage_url(const Entry& entry)
{
    const auto url = entry.text();
    if (!url) return;
    if (auto path = parse_sqlite_url(url->value))
        entry.draft.config.database = std::move(*path);
    else
        entry.mistake(
            url->line,
            "must be sqlite:/// and the absolute path of a file: write for example "
            "\"sqlite:///var/lib/countersign/countersign.db\"");
}

void log_level(const Entry& entry)
{
    const auto level = entry.text();
    if (!level) return;
    constexpr std::array<std::string_view, 5> levels = {"debug", "info", "warn", "error", "off"};
    if (std::find(levels.begin(), levels.end(), level->value) == levels.end())
        entry.mistake(level->line, "must be one of debug, info, warn, error, off");
    entry.draft.config.log_level = level->value;
}

}  // namespace countersign::config
