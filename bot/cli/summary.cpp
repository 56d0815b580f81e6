#include "bot/cli/summary.hpp"

#include <array>
#include <utility>

namespace countersign {

namespace {

std::string counted(std::size_t count, const std::string& singular, const std::string& plural)
{
    return std::to_string(count) + ' ' + (count == 1 ? singular : plural);
}

std::string holders(const RoleHolders& holders)
{
    if (holders.empty()) return "nobody";
    std::string text;
    if (!holders.groups.empty()) text = counted(holders.groups.size(), "user group", "user groups");
    if (!holders.groups.empty() && !holders.users.empty()) text += " and ";
    if (!holders.users.empty()) text += counted(holders.users.size(), "person", "people");
    return text;
}

std::string url_of(const http::Origin& origin)
{
    const bool is_v6 = origin.host.find(':') != std::string::npos;
    const bool is_usual = origin.port == (origin.scheme == "https" ? "443" : "80");
    return origin.scheme + "://" + (is_v6 ? '[' + origin.host + ']' : origin.host) +
        (is_usual ? std::string{} : ':' + origin.port) + origin.path;
}

std::string duration_of(std::chrono::seconds duration)
{
    constexpr std::array<std::pair<std::int64_t, char>, 4> units = {{{86'400, 'd'}, {3'600, 'h'}, {60, 'm'}, {1, 's'}}};
    std::string text;
    std::int64_t rest = duration.count();
    for (const auto& unit : units)
    {
        if (rest >= unit.first) text += std::to_string(rest / unit.first) + unit.second;
        rest %= unit.first;
    }
    return text;
}

std::string listen_of(const ServerConfig& server)
{
    const bool is_v6 = server.host.find(':') != std::string::npos;
    return (is_v6 ? '[' + server.host + ']' : server.host) + ':' + std::to_string(server.port) +
        (server.tls ? " (TLS)" : " (plain HTTP: put a reverse proxy with TLS in front)");
}

std::string passwords_of(const PasswordSettings& password)
{
    std::string text{name_of(password.format)};
    if (password.support) text.append(", support: ").append(name_of(*password.support));
    if (password.implementation) text.append(", implementation: ").append(name_of(*password.implementation));
    return text + ", shown once within " + duration_of(password.reveal_within);
}

std::string verification_of(const VerificationSettings& verification)
{
    return counted(verification.methods.size(), "method", "methods") +
        (verification.required ? ", required" : ", not required");
}

std::string limit_of(const Limit& limit) { return std::to_string(limit.an_hour) + '/' + std::to_string(limit.a_day); }

std::string limits_of(const LimitSettings& limits)
{
    return "an hour/a day: person " + limit_of(limits.person) + ", account " + limit_of(limits.account) +
        ", everybody " + limit_of(limits.everybody) + " (0: none)";
}

}  // namespace

std::string summary_of(const Config& config)
{
    std::string teams;
    for (const SlackTeamId& team : config.slack.team_ids) teams += (teams.empty() ? "" : ", ") + team.str();
    const std::array<std::pair<const char*, std::string>, 18> facts = {{
        {"listens on", listen_of(config.server)},
        {"Slack", url_of(config.slack.api) + " as app " + config.slack.app_id + " in " + teams},
        {"signing secrets", std::to_string(config.slack.signing_secrets.size())},
        {"approvals in", config.slack.approvals.str()},
        {"audit in", config.slack.audit.str()},
        {"may ask",
         "support: " + holders(config.slack.support) + "; implementation: " + holders(config.slack.implementation)},
        {"may decide", holders(config.slack.approvers)},
        {"may audit", holders(config.slack.auditors)},
        {"Auth0", url_of(config.auth0.base) + " (tenant " + config.auth0.domain + ')'},
        {"connection", config.auth0.connection},
        {"may decide late", holders(config.slack.escalation)},
        {"verification", verification_of(config.requests.verification)},
        {"password", passwords_of(config.requests.password)},
        {"limits", limits_of(config.requests.limits)},
        {"tiers", counted(config.requests.tiers.size(), "tier", "tiers")},
        {"approval expires", "after " + duration_of(config.requests.approval.expires_after)},
        {"database", config.database.string()},
        {"log level", config.log_level},
    }};
    std::string text;
    for (const auto& fact : facts)
    {
        std::string name = fact.first;
        name.resize(18, ' ');
        text += "  " + name + fact.second + '\n';
    }
    return text;
}

}  // namespace countersign
