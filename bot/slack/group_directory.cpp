#include "bot/slack/group_directory.hpp"

#include "handlers/core/log.hpp"

#include "handlers/slack/payload.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace countersign::slack {

using boost::asio::awaitable;

GroupDirectory::GroupDirectory(
    WebApi& api, const Clock& clock, std::set<SlackTeamId> our_teams, const RoleSources& sources, ChannelId approvals)
    : api_{api},
      clock_{clock},
      our_teams_{std::move(our_teams)},
      approvals_{std::move(approvals)}
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

std::set<Role> GroupDirectory::roles_of(const SlackUserId& user) const
{
    std::set<Role> roles;
    for (const auto& [role, users] : named_)
        if (users.contains(user)) roles.insert(role);
    for (const auto& [role, groups] : grouped_)
        for (const SlackGroupId& group : groups)
            if (groups_.at(group).members.contains(user)) roles.insert(role);
    return roles;
}

bool GroupDirectory::is_fresh(const Group& group, TimePoint now) const
{
    return group.read_at && now - *group.read_at <= group_age_max;
}

bool GroupDirectory::all_are_fresh(TimePoint now) const
{
    return std::all_of(groups_.begin(), groups_.end(), [&](const auto& entry) { return is_fresh(entry.second, now); });
}

std::set<Role> GroupDirectory::fresh_roles_of(const SlackUserId& user, TimePoint now) const
{
    std::set<Role> roles;
    for (const Role role : roles_of(user))
    {
        const auto named = named_.find(role);
        const bool by_name = named != named_.end() && named->second.contains(user);
        const auto by_group = [&](const SlackGroupId& id) {
            const Group& group = groups_.at(id);
            return is_fresh(group, now) && group.members.contains(user);
        };
        const auto grouped = grouped_.find(role);
        if (by_name ||
            (grouped != grouped_.end() && std::any_of(grouped->second.begin(), grouped->second.end(), by_group)))
            roles.insert(role);
    }
    return roles;
}

Result<Member> GroupDirectory::recall(SlackUserId user, TimePoint now) const
{
    Member member;
    member.roles = fresh_roles_of(user, now);
    // Whoever holds a role for certain keeps it while another group cannot be read; about all others nothing is known.
    if (member.roles.empty() && !all_are_fresh(now)) return Errc::unavailable;
    const auto known = people_.find(user);
    const bool is_known = known != people_.end() && now - known->second.read_at <= standing_age_max;
    if (!is_known && !member.roles.empty()) return Errc::unavailable;
    // Somebody without a role may do nothing, whoever they are: Slack is not asked for them.
    member.standing = is_known ? known->second.facts.standing : Standing::member;
    if (is_known) member.email = known->second.facts.email;
    return member;
}

std::set<SlackGroupId> GroupDirectory::groups_of(const std::set<Role>& roles) const
{
    std::set<SlackGroupId> ids;
    for (const Role role : roles)
        if (const auto groups = grouped_.find(role); groups != grouped_.end())
            ids.insert(groups->second.begin(), groups->second.end());
    return ids;
}

awaitable<Outcome<Member>> GroupDirectory::ask(SlackUserId user, std::set<Role> roles)
{
    const TimePoint now = clock_.now();
    const std::set<SlackGroupId> ids = groups_of(roles);
    for (const SlackGroupId& id : ids)
    {
        const auto problem = co_await read_group(id, now);
        if (problem) co_return *problem;
    }
    const auto person = co_await read_person(user, now);
    if (!person) co_return person.error();
    Member member;
    member.standing = person->standing;
    member.email = person->email;
    for (const Role role : roles_of(user))
        if (roles.contains(role)) member.roles.insert(role);
    forget_people_without_role();
    co_return member;
}

ChannelSafety GroupDirectory::approvals_channel(TimePoint now) const
{
    if (!channel_ || now - channel_->read_at > channel_age_max) return ChannelSafety::unknown;
    return channel_->safety;
}

awaitable<void> GroupDirectory::refresh_channel(TimePoint now)
{
    if (channel_ && channel_->safety == ChannelSafety::safe && now - channel_->read_at < channel_refresh) co_return;
    const auto facts = co_await api_.channel_facts(approvals_);
    if (!facts)
    {
        // A failure keeps what is known, until that is too old.
        log::error("approvals_channel_unreadable", {{"reason", facts.error().reason}});
        co_return;
    }
    ChannelSafety safety = ChannelSafety::safe;
    if (facts->is_archived) safety = ChannelSafety::archived;
    if (facts->is_shared_outside) safety = ChannelSafety::shared_outside;
    if (safety != ChannelSafety::safe) log::error("approvals_channel_unsafe", {{"shared", facts->is_shared_outside}});
    if (!facts->is_private && !channel_) log::warn("approvals_channel_public");
    channel_ = ChannelView{safety, now};
}

awaitable<void> GroupDirectory::refresh(TimePoint now)
{
    co_await refresh_channel(now);
    std::vector<SlackGroupId> ids;
    for (const auto& [id, group] : groups_) ids.push_back(id);
    for (const SlackGroupId& id : ids)
    {
        const auto problem = co_await read_group(id, now);
        if (problem && problem->code == Errc::rate_limited) co_return;
    }
    const std::vector<SlackUserId> due = due_people(now);
    for (const SlackUserId& user : due)
    {
        const auto person = co_await read_person(user, now);
        if (!person) break;
    }
    forget_people_without_role();
}

std::vector<SlackUserId> GroupDirectory::due_people(TimePoint now) const
{
    std::set<SlackUserId> everybody;
    for (const auto& [role, users] : named_) everybody.insert(users.begin(), users.end());
    for (const auto& [id, group] : groups_) everybody.insert(group.members.begin(), group.members.end());

    std::vector<std::pair<TimePoint, SlackUserId>> due;
    for (const SlackUserId& user : everybody)
    {
        const auto known = people_.find(user);
        if (known == people_.end())
            due.emplace_back(TimePoint::min(), user);
        else if (now - known->second.read_at >= standing_refresh)
            due.emplace_back(known->second.read_at, user);
    }
    std::sort(due.begin(), due.end());
    std::vector<SlackUserId> first;
    for (auto& [read_at, user] : due)
    {
        if (first.size() == static_cast<std::size_t>(people_per_refresh_max)) break;
        first.push_back(std::move(user));
    }
    return first;
}

void GroupDirectory::forget_people_without_role()
{
    std::erase_if(people_, [this](const auto& entry) { return roles_of(entry.first).empty(); });
}

awaitable<std::optional<Problem>> GroupDirectory::read_group(SlackGroupId id, TimePoint now)
{
    auto members = co_await api_.group_members(id);
    const bool is_gone =
        !members && members.error().code == Errc::refused && members.error().reason == "no_such_subteam";
    if (!members && !is_gone)
    {
        if (members.error().code == Errc::rate_limited) co_return members.error();
        co_return Problem{Errc::unavailable, members.error().reason};
    }
    Group& group = groups_.at(id);
    // An answer that was asked for earlier says nothing against a later one.
    if (group.read_at && *group.read_at > now) co_return std::nullopt;
    group.members.clear();
    if (members) group.members.insert(members->begin(), members->end());
    group.read_at = now;
    co_return std::nullopt;
}

awaitable<Outcome<PersonFacts>> GroupDirectory::read_person(SlackUserId user, TimePoint now)
{
    auto person = co_await api_.user_info(user, our_teams_);
    if (!person)
    {
        const Problem& problem = person.error();
        if (problem.code == Errc::rate_limited) co_return problem;
        const bool is_nobody = problem.code == Errc::refused &&
            (problem.reason == "user_not_found" || problem.reason == "user_not_visible");
        if (!is_nobody) co_return Problem{Errc::unavailable, problem.reason};
        person = PersonFacts{};
    }
    const auto known = people_.find(user);
    if (known == people_.end() || known->second.read_at <= now)
        people_.insert_or_assign(std::move(user), Person{*person, now});
    co_return *person;
}

}  // namespace countersign::slack
