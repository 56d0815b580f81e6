#include "bot/slack/refusals.hpp"

#include "handlers/core/log.hpp"
#include "handlers/slack/refusal.hpp"

#include <algorithm>
#include <array>

namespace countersign::slack {

namespace {

constexpr std::size_t entries_max = 1'000;  // what lapsed is forgotten before that many conversations are known

// Refused to everybody alike, not to the one person who was written to.
constexpr std::array<std::string_view, 10> codes_for_all = {
    "access_denied",         "ekm_access_denied",      "messages_tab_disabled", "missing_scope",
    "no_permission",         "not_allowed_token_type", "not_enabled",           "org_login_required",
    "plan_upgrade_required", "team_access_not_granted"};

template <class Codes>
bool contains(const Codes& codes, std::string_view code)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

long long minutes_of(const Refused& entry, SteadyTime now)
{
    return std::chrono::floor<std::chrono::minutes>(now - entry.since).count();
}

}  // namespace

void Refusals::refused(const std::string& whom, const std::string& reason, SteadyTime now)
{
    if (entries_.size() >= entries_max) forget_lapsed(now);
    if (entries_.size() >= entries_max) return;
    const auto [found, is_new] = entries_.try_emplace(whom, Refused{whom, reason, now, now});
    Refused& entry = found->second;
    const bool is_other = entry.reason != reason;
    entry.reason = reason;
    entry.last = now;
    if (is_new || is_other) log::error("slack_refuses", {{"whom", whom}, {"reason", reason}});
}

void Refusals::served(const std::string& whom, SteadyTime now)
{
    const auto found = entries_.find(whom);
    if (found == entries_.end()) return;
    log::info("slack_refuses_no_more", {{"whom", whom}, {"minutes", minutes_of(found->second, now)}});
    entries_.erase(found);
}

std::vector<Refused> Refusals::lasting(SteadyTime now) const
{
    std::vector<Refused> all;
    for (const auto& [whom, entry] : entries_)
        if (now - entry.last < lapsed_after) all.push_back(entry);
    return all;
}

void Refusals::mark_told(const std::string& whom)
{
    const auto found = entries_.find(whom);
    if (found != entries_.end()) found->second.told = true;
}

void Refusals::forget_lapsed(SteadyTime now)
{
    std::erase_if(entries_, [now](const auto& each) {
        const Refused& entry = each.second;
        if (now - entry.last < lapsed_after) return false;
        log::info("slack_refusal_not_tried_again", {{"whom", entry.whom}, {"reason", entry.reason}});
        return true;
    });
}

std::string_view name_of(const Refused& entry, const ChannelId& approvals, const ChannelId& audit) noexcept
{
    if (is_about_token(entry.reason)) return refused_name::token;
    std::string_view whom = entry.whom;
    if (whom.starts_with(edits_prefix)) whom.remove_prefix(edits_prefix.size());
    if (whom == approvals.str()) return refused_name::approvals_channel;
    if (whom == audit.str()) return refused_name::audit_channel;
    if (entry.whom.starts_with(home_prefix)) return {};
    if (contains(codes_for_all, entry.reason)) return refused_name::direct_messages;
    return {};
}

}  // namespace countersign::slack
