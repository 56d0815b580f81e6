#pragma once

#include "bot/runtime/task_group.hpp"
#include "bot/slack/acquaintances.hpp"
#include "bot/slack/flight.hpp"
#include "bot/slack/roster.hpp"
#include "bot/slack/web_api.hpp"
#include "handlers/ports/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace countersign::slack {

inline constexpr std::chrono::seconds answer_shared_for{3};  // by all who ask
inline constexpr std::chrono::hours lists_too_large_for{1};  // until all groups are asked for in one call again

using GroupFlight = Flight<Outcome<void>>;
using PersonFlight = Flight<Outcome<PersonFacts>>;
using ChannelFlight = Flight<Outcome<ChannelFacts>>;

// A problem of Slack, as callers see it: rate_limited, else unavailable.
Problem unanswered(const Problem& problem);

// Asks Slack about groups, people and channels: one call for all who ask the same at the same moment. Good answers are
// put into the roster and the acquaintances; failures leave both as they are. Call from one executor; all that is given
// outlives it, and join() is awaited before it goes.
class Readings
{
public:
    Readings(
        boost::asio::any_io_executor executor, WebApi& api, const Clock& clock, std::set<SlackTeamId> our_teams,
        Roster& roster, Acquaintances& people);

    // The call that began at `since` or later, under way or with a good answer; else a new one. Problems: rate_limited,
    // else unavailable.
    std::shared_ptr<GroupFlight> groups_since(SteadyTime since);
    std::shared_ptr<PersonFlight> person_since(const SlackUserId& user, SteadyTime since);
    // Always of the same channel.
    std::shared_ptr<ChannelFlight> channel_since(const ChannelId& channel, SteadyTime since);

    // Since when no question about a person was answered; absent when the last one was.
    std::optional<SteadyTime> people_silent_since() const noexcept { return people_silent_since_; }

    // Ends the calls that are under way.
    void cancel();
    boost::asio::awaitable<void> join() { return tasks_.join(); }

private:
    template <class Answer>
    void start(std::string_view name, std::shared_ptr<Flight<Answer>> flight, boost::asio::awaitable<Answer> reading);
    boost::asio::awaitable<Outcome<ChannelFacts>> read_channel(ChannelId channel);
    boost::asio::awaitable<Outcome<void>> read_groups(SteadyTime began);
    boost::asio::awaitable<Outcome<void>> read_one_by_one(std::vector<SlackGroupId> ids, SteadyTime began);
    void note_missing_address(const SlackUserId& user, const PersonFacts& facts);
    boost::asio::awaitable<Outcome<PersonFacts>> read_person(SlackUserId user, SteadyTime began);
    void take(const SlackGroupId& group, std::vector<SlackUserId> members, SteadyTime began);

    boost::asio::any_io_executor executor_;
    WebApi& api_;
    const Clock& clock_;
    std::set<SlackTeamId> our_teams_;
    Roster& roster_;
    Acquaintances& people_;
    std::shared_ptr<GroupFlight> groups_flight_;  // the last one
    std::shared_ptr<ChannelFlight> channel_flight_;
    std::map<SlackUserId, std::shared_ptr<PersonFlight>> person_flights_;
    std::set<SlackGroupId> strange_groups_;  // that were logged
    SteadyTime lists_again_at_{};
    bool has_noted_missing_address_ = false;
    std::optional<SteadyTime> people_silent_since_;
    bool closing_ = false;
    TaskGroup tasks_;
};

}  // namespace countersign::slack
