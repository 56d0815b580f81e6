#include "bot/config/keys.hpp"

#include "bot/config/entry.hpp"
#include "bot/config/own_values.hpp"
#include "bot/config/values.hpp"
#include "handlers/core/text.hpp"
#include "handlers/rules/case_number.hpp"

#include <array>
#include <chrono>

namespace countersign::config {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t label_bytes_max = 75;  // Slack's options

// --- where a value goes: a member tells, for its class stands once in a draft

SecretSources& part(Draft& draft, const SecretSources*) { return draft.secrets; }
SlackConfig& part(Draft& draft, const SlackConfig*) { return draft.config.slack; }
Auth0Config& part(Draft& draft, const Auth0Config*) { return draft.config.auth0; }
FieldSettings& part(Draft& draft, const FieldSettings*) { return draft.config.requests.fields; }
VerificationSettings& part(Draft& draft, const VerificationSettings*) { return draft.config.requests.verification; }
ApprovalSettings& part(Draft& draft, const ApprovalSettings*) { return draft.config.requests.approval; }
LimitSettings& part(Draft& draft, const LimitSettings*) { return draft.config.requests.limits; }
PasswordSettings& part(Draft& draft, const PasswordSettings*) { return draft.config.requests.password; }
NewAccountSettings& part(Draft& draft, const NewAccountSettings*) { return draft.config.requests.new_accounts; }
AfterCareSettings& part(Draft& draft, const AfterCareSettings*) { return draft.config.requests.after_change; }
Tier& part(Draft& draft, const Tier*) { return draft.config.requests.tiers.back(); }

template <class Part, class Value>
const Part* part_with(Value Part::*)
{
    return nullptr;
}

template <auto member>
auto& place(Draft& draft)
{
    return part(draft, part_with(member)).*member;
}

template <auto member, auto inner>
auto& place(Draft& draft)
{
    return place<member>(draft).*inner;
}

// --- values of one kind, whatever they are for

template <auto... member>
void flag(const Entry& entry)
{
    if (const auto found = entry.document.flag(entry.section, entry.key.name))
        place<member...>(entry.draft) = found->value;
}

template <int min, int max, auto... member>
void count(const Entry& entry)
{
    const auto found = entry.document.count(entry.section, entry.key.name);
    if (!found) return;
    if (found->value < min || found->value > max)
        entry.mistake(found->line, "must be a number from " + std::to_string(min) + " to " + std::to_string(max));
    else
        place<member...>(entry.draft) = static_cast<int>(found->value);
}

template <auto... member>
void limit(const Entry& entry)
{
    count<0, 1'000'000, member...>(entry);
}

struct Range
{
    seconds min;
    seconds max;
    std::string_view words;
};

constexpr Range minute_to_day{minutes{1}, hours{24}, R"("1m" to "24h")"};
constexpr Range minute_to_week{minutes{1}, hours{24 * 7}, R"("1m" to "7d")"};
constexpr Range never_to_week{seconds{0}, hours{24 * 7}, R"("0s" (never) to "7d")"};
constexpr Range none_to_hour{seconds{0}, hours{1}, R"("0s" to "1h")"};

template <const Range& range, auto member>
void duration(const Entry& entry)
{
    const auto text = entry.text();
    if (!text) return;
    const auto found = parse_duration(text->value);
    if (!found || *found < range.min || *found > range.max)
        entry.mistake(
            text->line,
            "must be a time from " + std::string{range.words} +
                ": write for example \"4h\" or \"1h30m\" (units d, h, m, s)");
    else
        place<member>(entry.draft) = *found;
}

// One clean line of at most `bytes_max`.
template <std::size_t bytes_max, auto member>
void line(const Entry& entry)
{
    const auto text = entry.text();
    if (!text) return;
    std::string clean = clean_line(text->value);
    if (!clean.empty() && clean.size() <= bytes_max)
        place<member>(entry.draft) = std::move(clean);
    else
        entry.mistake(text->line, "must be one line of 1 to " + std::to_string(bytes_max) + " bytes");
}

template <auto member>
void format(const Entry& entry)
{
    const auto text = entry.text();
    if (!text) return;
    if (const auto known = password_format_named(text->value))
        place<member>(entry.draft) = *known;
    else
        entry.mistake(text->line, R"(must be "sop", "passphrase" or "ticket" (a link for the owner))");
}

template <auto member>
void secret(const Entry& entry)
{
    if (auto text = entry.text())
        place<member>(entry.draft) = SecretSource{entry.key.section, entry.key.name, std::move(*text)};
}

template <auto member>
void origin(const Entry& entry)
{
    const auto url = entry.text();
    if (!url) return;
    auto found = http::parse_origin(url->value);
    if (found)
        place<member>(entry.draft) = std::move(*found);
    else if (found.error() == Errc::forbidden)
        entry.mistake(url->line, "is http:// to another machine; write https:// (http is for loopback only)");
    else
        entry.mistake(url->line, "must be an https:// URL without user, query and fragment");
}

template <auto member>
void channel(const Entry& entry)
{
    const auto id = entry.text();
    if (id && is_id(entry, *id, "CG", "a channel's id such as \"C0123456789\", not its name"))
        place<member>(entry.draft) = ChannelId{id->value};
}

template <auto member>
void holders(const Entry& entry)
{
    RoleHolders& holders = place<member>(entry.draft);
    for (const Text& id : entry.texts())
    {
        if (!is_id(entry, id, "SUW", "a user group's id such as \"S0123456789\", or a person's (U..., W...)")) continue;
        if (id.value.front() == 'S')
            holders.groups.emplace_back(id.value);
        else
            holders.users.emplace_back(id.value);
    }
}

void case_number_pattern(const Entry& entry)
{
    line<rules::case_number_pattern_bytes_max, &FieldSettings::case_number_pattern>(entry);
    const std::string& pattern = entry.draft.config.requests.fields.case_number_pattern;
    if (!pattern.empty() && !rules::is_case_number_pattern(pattern))
        entry.mistake(
            entry.document.line_of(entry.section),
            "must not begin with * nor have two of them side by side: write for example \"HD-##*\"");
}

using enum Presence;

constexpr std::array all_keys = {
    Key{"server", "listen", Shape::text, optional, R"("127.0.0.1:8080")", listen},
    Key{"server", "tls_certificate", Shape::text, optional, R"("tls/fullchain.pem")",
        secret<&SecretSources::tls_certificate>},
    Key{"server", "tls_key", Shape::text, optional, R"("tls/privkey.pem")", secret<&SecretSources::tls_key>},
    Key{"slack", "signing_secret_file", Shape::text_or_texts, demanded, R"("secrets/slack-signing-secret")",
        signing_secrets},
    Key{"slack", "bot_token_file", Shape::text, demanded, R"("secrets/slack-bot-token")",
        secret<&SecretSources::bot_token>},
    Key{"slack", "api_url", Shape::text, optional, R"("https://slack.com/api/")", origin<&SlackConfig::api>},
    Key{"slack", "team_ids", Shape::texts, demanded, R"(["T0123456789"])", team_ids},
    Key{"slack", "app_id", Shape::text, demanded, R"("A0123456789")", app_id},
    Key{"slack.channels", "approvals", Shape::text, demanded, R"("C0123456789")", channel<&SlackConfig::approvals>},
    Key{"slack.channels", "audit", Shape::text, demanded, R"("C0987654321")", channel<&SlackConfig::audit>},
    Key{"slack.groups", "support", Shape::texts, optional, R"(["S0123456789"])", holders<&SlackConfig::support>},
    Key{"slack.groups", "implementation", Shape::texts, optional, R"(["S0123456789"])",
        holders<&SlackConfig::implementation>},
    Key{"slack.groups", "approvers", Shape::texts, demanded, R"(["S0123456789"])", holders<&SlackConfig::approvers>},
    Key{"slack.groups", "auditors", Shape::texts, optional, R"(["S0123456789"])", holders<&SlackConfig::auditors>},
    Key{"slack.groups", "escalation", Shape::texts, optional, R"(["S0123456789"])", holders<&SlackConfig::escalation>},
    Key{"auth0", "domain", Shape::text, demanded, R"("example.eu.auth0.com")", domain},
    Key{"auth0", "base_url", Shape::text, optional, R"("https://example.eu.auth0.com/")", origin<&Auth0Config::base>},
    Key{"auth0", "client_id", Shape::text, demanded, R"("AbCdEf0123456789")", client_id},
    Key{"auth0", "client_secret_file", Shape::text, demanded, R"("secrets/auth0-client-secret")",
        secret<&SecretSources::client_secret>},
    Key{"auth0", "connection", Shape::text, optional, R"("Username-Password-Authentication")", database_connection},
    Key{"password", "format", Shape::text, optional, R"("sop")", format<&PasswordSettings::format>},
    Key{"password", "support_format", Shape::text, optional, R"("passphrase")", format<&PasswordSettings::support>},
    Key{"password", "implementation_format", Shape::text, optional, R"("sop")",
        format<&PasswordSettings::implementation>},
    Key{"password", "reveal_within", Shape::text, optional, R"("15m")",
        duration<minute_to_day, &PasswordSettings::reveal_within>},
    Key{"password", "ticket_life", Shape::text, optional, R"("1h")",
        duration<minute_to_day, &PasswordSettings::link_life>},
    Key{"request", "reason_required", Shape::flag, optional, "true", flag<&FieldSettings::reason_required>},
    Key{"request", "ticket_required", Shape::flag, optional, "true", flag<&FieldSettings::case_number_required>},
    Key{"request", "ticket_pattern", Shape::text, optional, R"("HD-#*")", case_number_pattern},
    Key{"request", "ticket_example", Shape::text, optional, R"("HD-1234")",
        line<name_bytes_max, &FieldSettings::ticket_example>},
    Key{"verification", "methods", Shape::texts, optional, R"(["Call back to the number on record"])",
        verification_methods},
    Key{"verification", "required", Shape::flag, optional, "true", flag<&VerificationSettings::required>},
    Key{"approval", "expires_after", Shape::text, optional, R"("4h")",
        duration<minute_to_week, &ApprovalSettings::expires_after>},
    Key{"approval", "remind_after", Shape::text, optional, R"("30m")",
        duration<never_to_week, &ApprovalSettings::remind_after>},
    Key{"approval", "escalate_after", Shape::text, optional, R"("1h")",
        duration<never_to_week, &ApprovalSettings::escalate_after>},
    Key{"approval", "mention", Shape::flag, optional, "true", flag<&ApprovalSettings::mention>},
    Key{"approval", "own_account_check", Shape::text, optional, R"("refuse")", own_account_check},
    Key{"approval", "public_channel", Shape::flag, optional, "false", flag<&ApprovalSettings::public_channel>},
    Key{"limits", "person_an_hour", Shape::count, optional, "5", limit<&LimitSettings::person, &Limit::an_hour>},
    Key{"limits", "person_a_day", Shape::count, optional, "20", limit<&LimitSettings::person, &Limit::a_day>},
    Key{"limits", "account_an_hour", Shape::count, optional, "2", limit<&LimitSettings::account, &Limit::an_hour>},
    Key{"limits", "account_a_day", Shape::count, optional, "3", limit<&LimitSettings::account, &Limit::a_day>},
    Key{"limits", "everybody_an_hour", Shape::count, optional, "30", limit<&LimitSettings::everybody, &Limit::an_hour>},
    Key{"limits", "everybody_a_day", Shape::count, optional, "200", limit<&LimitSettings::everybody, &Limit::a_day>},
    Key{"limits", "look_ups_an_hour", Shape::count, optional, "30", limit<&LimitSettings::look_ups, &Limit::an_hour>},
    Key{"limits", "look_twice_from", Shape::count, optional, "10", limit<&LimitSettings::look_twice_from>},
    Key{"new_accounts", "connection", Shape::text, optional, R"("Username-Password-Authentication")",
        line<name_bytes_max, &NewAccountSettings::connection>},
    Key{"new_accounts", "email_verified", Shape::flag, optional, "false", flag<&NewAccountSettings::email_verified>},
    Key{"new_accounts", "verify_email", Shape::flag, optional, "true", flag<&NewAccountSettings::verify_email>},
    Key{"after_change", "must_change", Shape::flag, optional, "false", flag<&AfterCareSettings::must_change>},
    Key{"after_change", "end_sessions", Shape::flag, optional, "true", flag<&AfterCareSettings::end_sessions>},
    Key{"after_change", "revoke_refresh_tokens", Shape::flag, optional, "true",
        flag<&AfterCareSettings::revoke_tokens>},
    Key{"after_change", "tell_owner", Shape::flag, optional, "false", flag<&AfterCareSettings::tell_owner>},
    Key{"tier", "name", Shape::text, demanded, R"("Administrators")", line<label_bytes_max, &Tier::name>},
    Key{"tier", "emails", Shape::texts, optional, R"(["ceo@example.com"])", tier_emails},
    Key{"tier", "domains", Shape::texts, optional, R"(["example.com"])", tier_domains},
    Key{"tier", "connections", Shape::texts, optional, R"(["partners"])", tier_connections},
    Key{"tier", "metadata", Shape::texts, optional, R"(["account.plan=gold"])", tier_metadata},
    Key{"tier", "refuse", Shape::flag, optional, "true", flag<&Tier::refuse>},
    Key{"tier", "approvals", Shape::count, optional, "2", count<1, 2, &Tier::approvals>},
    Key{"tier", "verification_required", Shape::flag, optional, "true", flag<&Tier::verification_required>},
    Key{"tier", "format", Shape::text, optional, R"("ticket")", format<&Tier::format>},
    Key{"tier", "cooling", Shape::text, optional, R"("10m")", duration<none_to_hour, &Tier::cooling>},
    Key{"storage", "url", Shape::text, optional, R"("sqlite:///var/lib/countersign/countersign.db")", storage_url},
    Key{"log", "level", Shape::text, optional, R"("info")", log_level},
    Key{"vault", "key_file", Shape::text, demanded, R"("secrets/vault-key")", secret<&SecretSources::vault_key>},
};

}  // namespace

const std::span<const Key> keys{all_keys};

}  // namespace countersign::config
