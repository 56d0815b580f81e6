#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/directory.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace countersign::slack {

// Who holds each role: ids of user groups (S...) and of people (U..., W...).
using RoleSources = std::map<Role, std::vector<std::string>>;

inline constexpr std::chrono::minutes group_age_max{10};  // older group answers are not believed

// Remembers who is in which of the configured groups, by Slack's answers, and since when. Makes no calls.
class Roster
{
public:
    // Throws std::invalid_argument for an id that is neither a group's nor a person's.
    explicit Roster(const RoleSources& sources);

    // The members of a group, as asked for at `at`. An answer to an earlier question never replaces one to a
    // later.
    void read(const SlackGroupId& group, std::set<SlackUserId> members, SteadyTime at);

    std::set<SlackGroupId> groups() const;  // all that are configured
    std::set<SlackGroupId> groups_of(const std::set<Role>& roles) const;
    std::vector<SlackGroupId> oldest_first() const;
    bool has_read_all() const;  // each of them, once at least
    bool are_fresh(SteadyTime now) const;
    // Whether all of them were asked for at `since` or later.
    bool read_since(const std::set<SlackGroupId>& groups, SteadyTime since) const;

    // The roles of the person with these ids.
    std::set<Role> roles_of(const std::set<SlackUserId>& ids) const;
    // The same, only by groups whose last good answer is fresh, and by name.
    std::set<Role> fresh_roles_of(const std::set<SlackUserId>& ids, SteadyTime now) const;

    std::set<SlackUserId> holders_of(const std::set<Role>& roles) const;
    std::set<SlackUserId> everybody() const;

private:
    struct Group
    {
        std::set<SlackUserId> members;
        std::optional<SteadyTime> read_at;
    };

    bool is_fresh(const Group& group, SteadyTime now) const;
    // By groups whatever their age, or only by those that are fresh at this moment.
    std::set<Role> roles_by(const std::set<SlackUserId>& ids, std::optional<SteadyTime> fresh_at) const;

    std::map<Role, std::set<SlackUserId>> named_;
    std::map<Role, std::set<SlackGroupId>> grouped_;
    std::map<SlackGroupId, Group> groups_;
};

}  // namespace countersign::slack
