#pragma once

#include "bot/slack/web_api.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/directory.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace countersign::slack {

// Who holds each role: ids of user groups (S...) and of people (U..., W...).
using RoleSources = std::map<Role, std::vector<std::string>>;

inline constexpr std::chrono::minutes group_age_max{10};     // older group answers are not believed
inline constexpr std::chrono::minutes standing_age_max{20};  // nor older answers about a person
inline constexpr std::chrono::minutes standing_refresh{10};  // when a person is asked for again
inline constexpr int people_per_refresh_max = 50;
inline constexpr std::chrono::minutes channel_refresh{10};  // when the approvals channel is looked at again
inline constexpr std::chrono::minutes channel_age_max{20};  // older answers about it are not believed

// The Directory on Slack's user groups and users.info, kept in memory. A group that Slack says does not exist has no
// members. Call from one executor; the API and the clock outlive it.
class GroupDirectory final : public Directory
{
public:
    // Throws std::invalid_argument for an id that is neither a group's nor a person's.
    GroupDirectory(
        WebApi& api, const Clock& clock, std::set<SlackTeamId> our_teams, const RoleSources& sources,
        ChannelId approvals);

    // Roles by groups whose last good answer is older than group_age_max, or never came, do not count.
    // Errc::unavailable: nothing else is left while there is such a group, or the person holds a role but their
    // standing is unknown or older than standing_age_max.
    Result<Member> recall(SlackUserId user, TimePoint now) const override;

    ChannelSafety approvals_channel(TimePoint now) const override;

    // Reads the groups of these roles and the person now, and no other group: Slack answers that call only about 20
    // times a minute. Problems: rate_limited, else unavailable.
    boost::asio::awaitable<Outcome<Member>> ask(SlackUserId user, std::set<Role> roles) override;

    // Reads every group once, then those members who are new or older than standing_refresh, the oldest first, at most
    // people_per_refresh_max; ends early when Slack stops answering. Failures keep what is known. Call every minute.
    boost::asio::awaitable<void> refresh(TimePoint now);

private:
    struct Group
    {
        std::set<SlackUserId> members;
        std::optional<TimePoint> read_at;
    };
    struct Person
    {
        PersonFacts facts;
        TimePoint read_at;
    };

    struct ChannelView
    {
        ChannelSafety safety;
        TimePoint read_at;
    };

    boost::asio::awaitable<void> refresh_channel(TimePoint now);
    std::set<Role> roles_of(const SlackUserId& user) const;
    std::set<SlackGroupId> groups_of(const std::set<Role>& roles) const;
    bool is_fresh(const Group& group, TimePoint now) const;
    bool all_are_fresh(TimePoint now) const;
    // By groups whose last good answer is fresh, or by name.
    std::set<Role> fresh_roles_of(const SlackUserId& user, TimePoint now) const;
    // Everybody with a role whose standing is unknown or older than standing_refresh, the oldest first.
    std::vector<SlackUserId> due_people(TimePoint now) const;
    void forget_people_without_role();

    boost::asio::awaitable<std::optional<Problem>> read_group(SlackGroupId group, TimePoint now);
    boost::asio::awaitable<Outcome<PersonFacts>> read_person(SlackUserId user, TimePoint now);

    WebApi& api_;
    const Clock& clock_;
    std::set<SlackTeamId> our_teams_;
    std::map<Role, std::set<SlackUserId>> named_;
    std::map<Role, std::set<SlackGroupId>> grouped_;
    std::map<SlackGroupId, Group> groups_;
    std::map<SlackUserId, Person> people_;
    ChannelId approvals_;
    std::optional<ChannelView> channel_;
};

}  // namespace countersign::slack
