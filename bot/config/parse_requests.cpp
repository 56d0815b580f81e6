#include "bot/config/parse_requests.hpp"

#include "bot/config/values.hpp"
#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"
#include "handlers/rules/case_number.hpp"

#include <algorithm>
#include <set>

namespace countersign::config {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t label_bytes_max = 75;  // Slack's options
constexpr std::size_t methods_max = 20;
constexpr int limit_max = 1'000'000;
constexpr std::string_view sections_of_tier = "tier";

// "tier[1]" is [[tier]] for people.
std::string_view heading(std::string_view section) { return section.substr(0, section.find('[')); }

std::string lower(std::string text)
{
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// "Call back to the number on record" -> "call_back_to_the_number_on_record": stored in requests and audit rows.
std::string id_of(std::string_view label)
{
    std::string id;
    for (const char c : lower(std::string{label}))
    {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
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

void RequestParser::parse(RequestConfig& requests)
{
    fields(requests.fields);
    verification(requests.verification);
    approval(requests.approval);
    limits(requests.limits);
    password(requests.password);
    new_accounts(requests.new_accounts);
    after_change(requests.after_change);
    std::set<std::string> names;
    for (const std::string& path : document_.repetitions())
    {
        Tier each = tier(path);
        if (each.verification_required && requests.verification.methods.empty())
            report_.mistake(
                document_.line_of(path), sections_of_tier, "verification_required",
                "needs methods: write methods = [\"Call back to the number on record\"] below [verification]");
        if (!each.name.empty() && !names.insert(each.name).second)
            report_.mistake(document_.line_of(path), sections_of_tier, "name", "is the name of another tier too");
        requests.tiers.push_back(std::move(each));
    }
}

void RequestParser::fields(FieldSettings& fields)
{
    take("request", "reason_required", fields.reason_required);
    take("request", "ticket_required", fields.case_number_required);
    fields.case_number_pattern = line("request", "ticket_pattern", rules::case_number_pattern_bytes_max);
    if (!fields.case_number_pattern.empty() && !rules::is_case_number_pattern(fields.case_number_pattern))
        report_.mistake(
            document_.line_of("request"), "request", "ticket_pattern",
            "must not begin with * nor have two of them side by side: write for example \"HD-##*\"");
    fields.ticket_example = line("request", "ticket_example", name_bytes_max);
}

void RequestParser::verification(VerificationSettings& verification)
{
    take("verification", "required", verification.required);
    std::set<std::string> ids;
    for (const Text& text : document_.texts("verification", "methods"))
    {
        VerificationMethod method{id_of(text.value), clean_line(text.value)};
        if (method.id.empty() || method.label.size() > label_bytes_max)
            report_.mistake(
                text.line, "verification", "methods", "must be words of at most 75 bytes, with letters in them");
        else if (!ids.insert(method.id).second)
            report_.mistake(text.line, "verification", "methods", "has the same method twice");
        verification.methods.push_back(std::move(method));
    }
    if (verification.methods.size() > methods_max)
        report_.mistake(document_.line_of("verification"), "verification", "methods", "has more than 20 entries");
    if (verification.required && verification.methods.empty())
        report_.mistake(
            document_.line_of("verification"), "verification", "required",
            "needs methods: write methods = [\"Call back to the number on record\"]");
}

void RequestParser::approval(ApprovalSettings& approval)
{
    constexpr std::string_view range = "\"1m\" to \"7d\"";
    take("approval", "expires_after", minutes{1}, hours{24 * 7}, range, approval.expires_after);
    take("approval", "remind_after", seconds{0}, hours{24 * 7}, "\"0s\" (never) to \"7d\"", approval.remind_after);
    take("approval", "escalate_after", seconds{0}, hours{24 * 7}, "\"0s\" (never) to \"7d\"", approval.escalate_after);
    take("approval", "mention", approval.mention);
    take("approval", "public_channel", approval.public_channel);
    own_account_check(approval.own_account_check);
}

void RequestParser::own_account_check(OwnAccountCheck& check)
{
    const auto text = document_.text("approval", "own_account_check");
    if (!text) return;
    if (text->value == "refuse")
        check = OwnAccountCheck::refuse;
    else if (text->value == "say")
        check = OwnAccountCheck::say;
    else
        report_.mistake(text->line, "approval", "own_account_check", R"(must be "refuse" or "say")");
}

void RequestParser::limits(LimitSettings& limits)
{
    take("limits", "person_an_hour", 0, limit_max, limits.person.an_hour);
    take("limits", "person_a_day", 0, limit_max, limits.person.a_day);
    take("limits", "account_an_hour", 0, limit_max, limits.account.an_hour);
    take("limits", "account_a_day", 0, limit_max, limits.account.a_day);
    take("limits", "everybody_an_hour", 0, limit_max, limits.everybody.an_hour);
    take("limits", "everybody_a_day", 0, limit_max, limits.everybody.a_day);
    take("limits", "look_ups_an_hour", 0, limit_max, limits.look_ups.an_hour);
    take("limits", "look_twice_from", 0, limit_max, limits.look_twice_from);
}

void RequestParser::password(PasswordSettings& password)
{
    password.format = format("password", "format").value_or(password.format);
    password.support = format("password", "support_format");
    password.implementation = format("password", "implementation_format");
    take("password", "reveal_within", minutes{1}, hours{24}, "\"1m\" to \"24h\"", password.reveal_within);
    take("password", "ticket_life", minutes{1}, hours{24}, "\"1m\" to \"24h\"", password.link_life);
}

void RequestParser::new_accounts(NewAccountSettings& accounts)
{
    accounts.connection = line("new_accounts", "connection", name_bytes_max);
    take("new_accounts", "email_verified", accounts.email_verified);
    take("new_accounts", "verify_email", accounts.verify_email);
}

void RequestParser::after_change(AfterCareSettings& care)
{
    take("after_change", "must_change", care.must_change);
    take("after_change", "end_sessions", care.end_sessions);
    take("after_change", "revoke_refresh_tokens", care.revoke_tokens);
    take("after_change", "tell_owner", care.tell_owner);
}

Tier RequestParser::tier(const std::string& path)
{
    Tier tier;
    tier.name = line(path, "name", label_bytes_max);
    tier_members(path, tier);
    take(path, "refuse", tier.refuse);
    take(path, "approvals", 1, 2, tier.approvals);
    take(path, "verification_required", tier.verification_required);
    tier.format = format(path, "format");
    take(path, "cooling", seconds{0}, hours{1}, "\"0s\" to \"1h\"", tier.cooling);
    return tier;
}

void RequestParser::tier_members(const std::string& path, Tier& tier)
{
    for (const Text& text : document_.texts(path, "emails"))
    {
        const auto email = parse_email(text.value);
        if (!email)
            report_.mistake(
                text.line, sections_of_tier, "emails", "must be whole addresses such as \"ceo@example.com\"");
        tier.emails.push_back(email ? email->str() : text.value);
    }
    for (const Text& domain : document_.texts(path, "domains"))
    {
        if (!is_domain(domain.value))
            report_.mistake(domain.line, sections_of_tier, "domains", "must be hosts such as \"example.com\"");
        tier.domains.push_back(lower(domain.value));
    }
    for (const Text& name : document_.texts(path, "connections")) tier.connections.push_back(name.value);
    for (const Text& text : document_.texts(path, "metadata"))
    {
        auto match = metadata_match(text.value);
        if (match)
            tier.metadata.push_back(std::move(*match));
        else
            report_.mistake(
                text.line, sections_of_tier, "metadata",
                "must be a path and a value: write for example \"account.plan=gold\"");
    }
    if (tier.emails.empty() && tier.domains.empty() && tier.connections.empty() && tier.metadata.empty())
        report_.mistake(
            document_.line_of(path), sections_of_tier, {},
            "matches no account: write emails, domains, connections or metadata");
}

void RequestParser::take(std::string_view section, std::string_view key, bool& into)
{
    if (const auto flag = document_.flag(section, key)) into = flag->value;
}

void RequestParser::take(std::string_view section, std::string_view key, int min, int max, int& into)
{
    const auto count = document_.count(section, key);
    if (!count) return;
    if (count->value < min || count->value > max)
        report_.mistake(
            count->line, heading(section), key,
            "must be a number from " + std::to_string(min) + " to " + std::to_string(max));
    else
        into = static_cast<int>(count->value);
}

void RequestParser::take(
    std::string_view section, std::string_view key, seconds min, seconds max, std::string_view range, seconds& into)
{
    const auto text = document_.text(section, key);
    if (!text) return;
    const auto duration = parse_duration(text->value);
    if (!duration || *duration < min || *duration > max)
        report_.mistake(
            text->line, heading(section), key,
            "must be a time from " + std::string{range} + ": write for example \"4h\" or \"1h30m\" (units d, h, m, s)");
    else
        into = *duration;
}

std::optional<PasswordFormat> RequestParser::format(std::string_view section, std::string_view key)
{
    const auto text = document_.text(section, key);
    if (!text) return std::nullopt;
    if (const auto known = password_format_named(text->value)) return known;
    report_.mistake(
        text->line, heading(section), key, R"(must be "sop", "passphrase" or "ticket" (a link for the owner))");
    return std::nullopt;
}

std::string RequestParser::line(std::string_view section, std::string_view key, std::size_t bytes_max)
{
    const auto text = document_.text(section, key);
    if (!text) return {};
    std::string clean = clean_line(text->value);
    if (!clean.empty() && clean.size() <= bytes_max) return clean;
    report_.mistake(
        text->line, heading(section), key, "must be one line of 1 to " + std::to_string(bytes_max) + " bytes");
    return {};
}

}  // namespace countersign::config
