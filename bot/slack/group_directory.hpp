#pragma once

#include "bot/runtime/task_group.hpp"
#include "bot/slack/acquaintances.hpp"
#include "bot/slack/readings.hpp"
#include "bot/slack/roster.hpp"
#include "bot/slack/web_api.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/directory.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace countersign::slack {

inline constexpr std::chrono::minutes standing_refresh{10};    // when a person is asked for again
inline constexpr int people_per_refresh_max = 50;              // fewer while many are asked for by their presses,
inline constexpr int people_per_refresh_min = 10;              // but deciders are always looked after
inline constexpr int strangers_per_minute_max = 30;            // people without a role who are asked for (Grid only)
inline constexpr std::chrono::seconds first_asked_within{10};  // by then the bot is ready anyway
inline constexpr std::chrono::minutes channel_age_max{20};     // older answers about the channel are not believed
inline constexpr std::chrono::seconds asked_lately{90};        // how old the answers of each minute may get

// Whether an approvals channel that everybody in the workspace can read is fit to decide in.
enum class PublicChannel
{
    refused,  // nothing is decided in it
    allowed,  // the log says once that it is public
};

// The Directory on Slack's user groups and users.info, kept in memory. All groups come with one call of
// usergroups.list, so that the 20 calls a minute that Slack allows are enough however many ask; a group whose members
// it does not name, or all of them when the answer is too large, are read by usergroups.users.list. A group that Slack
// does not list has no members, nor has one that another company keeps. Call from one executor; the API, the clock and
// the sleeper outlive it, and join() is awaited before it goes.
class GroupDirectory final : public Directory
{
public:
    // Throws std::invalid_argument for an id that is neither a group's nor a person's.
    GroupDirectory(
        boost::asio::any_io_executor executor, WebApi& api, const Clock& clock, Sleeper& sleeper,
        std::set<SlackTeamId> our_teams, const RoleSources& sources, ChannelId approvals, PublicChannel if_public);

    // Roles by groups whose last good answer is older than group_age_max, or never came, do not count.
    // Errc::unavailable: nothing else is left while there is such a group; the person holds a role but their standing
    // is unknown or older than standing_age_max; or it is not known yet whether they are somebody with a role under
    // another id (in an Enterprise organization).
    Result<Member> cached(SlackUserId user) const override;

    ChannelSafety approvals_channel() const override;
    SlackUserId identity(SlackUserId user) const override;

    // Asks for people without a role only inside an Enterprise organization, and there for at most
    // strangers_per_minute_max.
    boost::asio::awaitable<Outcome<void>> learn(SlackUserId user, bool in_organization, Milliseconds patience) override;

    // Problems: rate_limited, else unavailable.
    boost::asio::awaitable<Outcome<Member>> fetch(SlackUserId user, std::set<Role> roles) override;
    // The same problems. A channel that Slack does not show to the bot is `unknown`.
    boost::asio::awaitable<Outcome<ChannelSafety>> fetch_approvals_channel() override;

    // On news of groups the approvals channel is looked at, too.
    void heed(DirectoryNews news, std::optional<SlackUserId> about) override;

    // Looks at the approvals channel and reads all groups, then those people who are new or older than
    // standing_refresh, in this order: people of whom there is news, deciders and auditors, people who pressed
    // something lately, the others; each the oldest first, at most people_per_refresh_max. A person about whom Slack
    // gives no answer is left alone for a while; a rate limit ends the round. After failures the older answers stay.
    // Call every minute.
    boost::asio::awaitable<void> refresh();

    // These people are likely to press something soon: a refresh asks for them right after deciders and auditors. Gives
    // no rights.
    void expect(const std::vector<SlackUserId>& people);

    // Whether all groups were read once, and the approvals channel was looked at.
    bool has_groups() const { return roster_.has_read_all(); }
    bool has_channel() const noexcept { return channel_.has_value(); }
    // Whether Slack has answered lately: about all groups and people, and about the approvals channel. Otherwise no
    // approval can be settled, since Slack is asked afresh for each.
    bool asks_for_rights() const;
    bool asks_for_channel() const;
    // Whether the people who come first in a refresh were asked for once, or ten seconds have passed since their groups
    // are known.
    bool has_asked_first() const
    {
        return has_asked_first_ || (groups_known_at_ && clock_.steady() - *groups_known_at_ >= first_asked_within);
    }
    // Whether Slack has said that the app was removed or a token revoked, and no call has succeeded since.
    bool access_is_lost() const noexcept { return access_lost_; }

    // Ends the calls that are under way, and all waiting for them.
    void cancel();
    boost::asio::awaitable<void> join();

private:
    struct ChannelView
    {
        ChannelSafety safety;
        SteadyTime read_at;
    };
    struct Failure
    {
        int times = 0;
        SteadyTime again_at;
    };

    boost::asio::awaitable<std::optional<Problem>> come_to_know(SlackUserId user, SteadyTime end);
    bool admits_stranger(SteadyTime now);
    boost::asio::awaitable<void> refresh_channel();
    ChannelSafety take_channel(const ChannelFlight& flight);
    boost::asio::awaitable<void> read_groups_and_channel(SteadyTime since);
    boost::asio::awaitable<void> refresh_people();
    boost::asio::awaitable<void> follow_news();
    boost::asio::awaitable<void> look_for_access();

    bool is_in_organization() const;
    bool is_new(const SlackUserId& user) const;
    bool is_changed(const SlackUserId& user) const;
    bool may_be_another(const SlackUserId& user, const std::set<SlackUserId>& holders) const;
    void remember_press(const SlackUserId& user, SteadyTime now);
    void note_failure(const SlackUserId& user, SteadyTime now);
    std::optional<SlackUserId> probe_person() const;
    int room_for_refresh(SteadyTime now);
    std::vector<SlackUserId> due_people(SteadyTime now, int limit) const;
    void forget_people_without_role();

    WebApi& api_;
    const Clock& clock_;
    Sleeper& sleeper_;
    ChannelId approvals_;
    PublicChannel if_public_;
    Roster roster_;
    Acquaintances people_;
    Readings readings_;
    std::optional<ChannelView> channel_;
    std::map<SlackUserId, Failure> failures_;
    std::map<SlackUserId, SteadyTime> pressed_at_;
    std::map<SlackUserId, SteadyTime> changed_;  // of whom Slack has told news that were not followed yet, and when
    std::deque<SteadyTime> asked_at_;            // for people, not by a refresh
    std::deque<SteadyTime> strangers_at_;
    std::optional<SteadyTime> groups_known_at_;
    bool has_asked_first_ = false;
    bool in_organization_ = false;
    std::optional<SteadyTime> groups_changed_;      // when Slack told so last, if that was not followed yet
    std::optional<SteadyTime> groups_followed_at_;  // when it was last
    bool follows_news_ = false;
    bool access_lost_ = false;
    std::shared_ptr<Flight<Problem>> closing_;  // lands with cancel(): no pause outlives it
    TaskGroup tasks_;
};

}  // namespace countersign::slack
