#include "bot/slack/roster.hpp"

#include "handlers/slack/payload.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace countersign::slack {

namespace {

bool holds_any(const std::set<SlackUserId>& members, const std::set<SlackUserId>& ids)
{
    return std::any_of(ids.begin(), ids.end(), [&members](const SlackUserId& id) { return members.contains(id); });
}

}  // namespace

Roster::Roster(const RoleSources& sources)
{
    for (const auto& [role, ids] : sources)
        for (const std::string& id : ids)
        {
            if (!is_slack_id(id)) throw std::invalid_argument{"a role is held by what is no Slack id"};
            switch (id.front())
            {
            case 'S':
                grouped_[role].emplace(id);
                groups_.try_emplace(SlackGroupId{id});
                break;
            case 'U':
            case 'W': named_[role].emplace(id); break;
            default: throw std::invalid_argument{"a role is held by neither a user group nor a person"};
            }
        }
}

void Roster::read(const SlackGroupId& id, std::set<SlackUserId> members, SteadyTime at)
{
    Group& group = groups_.at(id);
    if (group.read_at && *group.read_at > at) return;
    group.members = std::move(members);
    group.read_at = at;
}

std::set<SlackGroupId> Roster::groups() const
{
    std::set<SlackGroupId> ids;
    for (const auto& [id, group] : groups_) ids.insert(id);
    return ids;
}

std::set<SlackGroupId> Roster::groups_of(const std::set<Role>& roles) const
{
    std::set<SlackGroupId> ids;
    for (const Role role : roles)
        if (const auto groups = grouped_.find(role); groups != grouped_.end())
            ids.insert(groups->second.begin(), groups->second.end());
    return ids;
}

std::vector<SlackGroupId> Roster::oldest_first() const
{
    std::vector<std::pair<SteadyTime, SlackGroupId>> order;
    for (const auto& [id, group] : groups_) order.emplace_back(group.read_at.value_or(SteadyTime::min()), id);
    std::sort(order.begin(), order.end());
    std::vector<SlackGroupId> ids;
    for (auto& [read_at, id] : order) ids.push_back(std::move(id));
    return ids;
}

bool Roster::has_read_all() const
{
    return std::all_of(
        groups_.begin(), groups_.end(), [](const auto& entry) { return entry.second.read_at.has_value(); });
}

bool Roster::is_fresh(const Group& group, SteadyTime now) const
{
    return group.read_at && now - *group.read_at <= group_age_max;
}

bool Roster::are_fresh(SteadyTime now) const
{
    return std::all_of(groups_.begin(), groups_.end(), [&](const auto& entry) { return is_fresh(entry.second, now); });
}

bool Roster::read_since(const std::set<SlackGroupId>& groups, SteadyTime since) const
{
    return std::all_of(groups.begin(), groups.end(), [&](const SlackGroupId& id) {
        const Group& group = groups_.at(id);
        return group.read_at && *group.read_at >= since;
    });
}

std::set<Role> Roster::roles_of(const std::set<SlackUserId>& ids) const { return roles_by(ids, std::nullopt); }

std::set<Role> Roster::fresh_roles_of(const std::set<SlackUserId>& ids, SteadyTime now) const
{
    return roles_by(ids, now);
}

std::set<Role> Roster::roles_by(const std::set<SlackUserId>& ids, std::optional<SteadyTime> fresh_at) const
{
    std::set<Role> roles;
    for (const auto& [role, users] : named_)
        if (holds_any(users, ids)) roles.insert(role);
    for (const auto& [role, groups] : grouped_)
        for (const SlackGroupId& id : groups)
        {
            const Group& group = groups_.at(id);
            const bool counts = !fresh_at || is_fresh(group, *fresh_at);
            if (counts && holds_any(group.members, ids)) roles.insert(role);
        }
    return roles;
}

std::set<SlackUserId> Roster::holders_of(const std::set<Role>& roles) const
{
    std::set<SlackUserId> holders;
    for (const Role role : roles)
        if (const auto named = named_.find(role); named != named_.end())
            holders.insert(named->second.begin(), named->second.end());
    for (const SlackGroupId& id : groups_of(roles))
    {
        const std::set<SlackUserId>& members = groups_.at(id).members;
        holders.insert(members.begin(), members.end());
    }
    return holders;
}

std::set<SlackUserId> Roster::everybody() const
{
    std::set<SlackUserId> all;
    for (const auto& [role, users] : named_) all.insert(users.begin(), users.end());
    for (const auto& [id, group] : groups_) all.insert(group.members.begin(), group.members.end());
    return all;
}

}  // namespace countersign::slack
