#include "bot/slack/group_directory.hpp"

#include "handlers/core/log.hpp"

#include <algorithm>
#include <utility>

namespace countersign::slack {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds call_life{15'000};  // no call takes longer
constexpr Milliseconds pause_after_failure{1'000};
constexpr std::size_t identities_to_judge_by = 50;  // whether people of an organization come under two ids here
constexpr std::size_t presses_kept = 2'000;
constexpr std::chrono::minutes press_counts_for{30};
constexpr std::chrono::minutes left_alone_max{10};

// Slack's word that the bot is shown no such channel: no outage, and not to be waited for.
bool is_hidden(const Problem& problem) { return problem.code == Errc::not_found; }

ChannelSafety safety_of(const ChannelFacts& facts, PublicChannel if_public)
{
    if (facts.is_shared_outside) return ChannelSafety::shared_outside;
    if (facts.is_archived) return ChannelSafety::archived;
    if (!facts.is_private && if_public == PublicChannel::refused) return ChannelSafety::open_to_workspace;
    return ChannelSafety::safe;
}

void drop_older(std::deque<SteadyTime>& times, SteadyTime than)
{
    while (!times.empty() && times.front() <= than) times.pop_front();
}

}  // namespace

GroupDirectory::GroupDirectory(
    boost::asio::any_io_executor executor, WebApi& api, const Clock& clock, Sleeper& sleeper,
    std::set<SlackTeamId> our_teams, const RoleSources& sources, ChannelId approvals, PublicChannel if_public)
    : api_{api},
      clock_{clock},
      sleeper_{sleeper},
      approvals_{std::move(approvals)},
      if_public_{if_public},
      roster_{sources},
      readings_{executor, api, clock, std::move(our_teams), roster_, people_},
      closing_{std::make_shared<Flight<Problem>>(executor, clock.steady())},
      tasks_{executor}
{}

// --- from memory

bool GroupDirectory::is_in_organization() const { return in_organization_ || people_.has_seen_organization(); }

bool GroupDirectory::is_new(const SlackUserId& user) const
{
    return !people_.is_identified(user) && !failures_.contains(user);
}

// A person without a role may hold one under another id, until Slack has said of all holders whose ids theirs are.
bool GroupDirectory::may_be_another(const SlackUserId& user, const std::set<SlackUserId>& holders) const
{
    return is_in_organization() && !holders.contains(user) &&
        std::any_of(holders.begin(), holders.end(), [this](const SlackUserId& id) { return is_new(id); });
}

Result<Member> GroupDirectory::cached(SlackUserId user) const
{
    const SteadyTime now = clock_.steady();
    Member member;
    const std::set<SlackUserId> ids = people_.ids_of(user);
    member.roles = roster_.fresh_roles_of(ids, now);
    // While a group cannot be read, certain holders of a role keep it; of all others nothing is known.
    if (member.roles.empty() && !roster_.are_fresh(now)) return Errc::unavailable;
    const auto known = people_.cached(user, now);
    if (!known && !member.roles.empty()) return Errc::unavailable;
    if (is_in_organization() && !people_.is_identified(user) && !known) return Errc::unavailable;
    // As long as no person with two ids was seen, a person in no group holds no role.
    const bool may_have_two = people_.has_seen_two_ids() || people_.identified() < identities_to_judge_by;
    if (member.roles.empty() && may_have_two && may_be_another(user, roster_.everybody())) return Errc::unavailable;
    // A person without a role may do nothing: Slack need not be asked who they are.
    member.status = known ? known->status : MemberStatus::member;
    if (known) member.email = known->email;
    return member;
}

ChannelSafety GroupDirectory::approvals_channel() const
{
    if (!channel_ || clock_.steady() - channel_->read_at > channel_age_max) return ChannelSafety::unknown;
    return channel_->safety;
}

SlackUserId GroupDirectory::identity(SlackUserId user) const { return people_.identity(user); }

bool GroupDirectory::asks_for_rights() const
{
    const SteadyTime lately = clock_.steady() - asked_lately;
    const auto silent_since = readings_.people_silent_since();
    return roster_.read_since(roster_.groups(), lately) && (!silent_since || *silent_since >= lately);
}

bool GroupDirectory::asks_for_channel() const
{
    return channel_ && channel_->read_at >= clock_.steady() - asked_lately;
}

// --- asking

awaitable<Outcome<Member>> GroupDirectory::fetch(SlackUserId user, std::set<Role> roles)
{
    const SteadyTime since = clock_.steady() - answer_shared_for;
    const std::set<SlackGroupId> needed = roster_.groups_of(roles);
    std::shared_ptr<GroupFlight> groups;
    if (!needed.empty()) groups = readings_.groups_since(since);
    const std::shared_ptr<PersonFlight> person = readings_.person_since(user, since);
    remember_press(user, clock_.steady());
    if (groups) co_await groups->landed();
    co_await person->landed();

    if (groups && !roster_.read_since(needed, since))
    {
        if (!*groups->answer()) co_return groups->answer()->error();
        co_return Problem{Errc::unavailable, "group_unreadable"};
    }
    const Outcome<PersonFacts> facts = *person->answer();
    if (!facts) co_return facts.error();
    Member member;
    member.status = facts->status;
    member.email = facts->email;
    for (const Role role : roster_.roles_of(people_.ids_of(user)))
        if (roles.contains(role)) member.roles.insert(role);
    // "No role" would be final, and wrong for a person who holds the role under another id.
    if (member.roles.empty() && may_be_another(user, roster_.holders_of(roles)))
        co_return Problem{Errc::unavailable, "identities_unknown"};
    if (roster_.roles_of(people_.ids_of(user)).empty())
        people_.forget_if([&user](const SlackUserId& id) { return id == user; });
    co_return member;
}

awaitable<Outcome<ChannelSafety>> GroupDirectory::fetch_approvals_channel()
{
    const SteadyTime since = clock_.steady() - answer_shared_for;
    const std::shared_ptr<ChannelFlight> channel = readings_.channel_since(approvals_, since);
    co_await channel->landed();
    const Outcome<ChannelFacts> facts = *channel->answer();
    if (!facts && !is_hidden(facts.error())) co_return unanswered(facts.error());
    co_return take_channel(*channel);
}

// --- whoever presses

awaitable<Outcome<void>> GroupDirectory::learn(SlackUserId user, bool in_organization, Milliseconds patience)
{
    const SteadyTime end = clock_.steady() + patience;
    in_organization_ = in_organization_ || in_organization;
    remember_press(user, clock_.steady());
    for (;;)
    {
        const bool is_known = cached(user).has_value();
        if (is_known) co_return Outcome<void>{};
        const auto problem = co_await come_to_know(user, end);
        if (closing_->answer()) co_return *closing_->answer();
        const bool is_told = cached(user).has_value();
        if (is_told) co_return Outcome<void>{};
        const SteadyTime now = clock_.steady();
        if (now >= end) co_return problem.value_or(Problem{Errc::unavailable, "slow"});
        if (!problem) continue;
        const Milliseconds pause = problem->retry_after ? Milliseconds{*problem->retry_after} : pause_after_failure;
        const std::shared_ptr<Flight<Problem>> closing = closing_;
        co_await closing->landed_by(sleeper_, std::min(end, now + pause));
        if (closing->answer()) co_return *closing->answer();
    }
}

// What to wait for first: without the groups it is not known whether the person has to be asked for. nullopt: go on.
awaitable<std::optional<Problem>> GroupDirectory::come_to_know(SlackUserId user, SteadyTime end)
{
    const SteadyTime now = clock_.steady();
    const SteadyTime since = now - call_life;
    std::set<SlackUserId> ids = people_.ids_of(user);
    const bool has_role = !roster_.roles_of(ids).empty();
    std::shared_ptr<GroupFlight> groups;
    if (!roster_.are_fresh(now)) groups = readings_.groups_since(since);
    std::shared_ptr<PersonFlight> person;
    const bool is_missing =
        has_role ? !people_.cached(user, now) : !people_.is_identified(user) && is_in_organization();
    if (is_missing && (has_role || admits_stranger(now))) person = readings_.person_since(user, since);
    if (!groups && !person)
        co_return is_missing ? Problem{Errc::rate_limited, "strangers", 10s} : Problem{Errc::unavailable, "identities"};
    if (person) asked_at_.push_back(now);

    if (groups) co_await groups->landed_by(sleeper_, end);
    if (groups && groups->answer() && !*groups->answer()) co_return groups->answer()->error();
    if (person) co_await person->landed_by(sleeper_, end);
    if (person && person->answer() && !*person->answer()) co_return person->answer()->error();
    co_return std::nullopt;
}

bool GroupDirectory::admits_stranger(SteadyTime now)
{
    drop_older(strangers_at_, now - 1min);
    if (strangers_at_.size() >= static_cast<std::size_t>(strangers_per_minute_max)) return false;
    strangers_at_.push_back(now);
    return true;
}

void GroupDirectory::remember_press(const SlackUserId& user, SteadyTime now)
{
    pressed_at_.insert_or_assign(user, now);
    if (pressed_at_.size() <= presses_kept) return;
    std::erase_if(pressed_at_, [now](const auto& entry) { return now - entry.second > press_counts_for; });
    if (pressed_at_.size() <= presses_kept) return;
    pressed_at_.erase(std::min_element(
        pressed_at_.begin(), pressed_at_.end(), [](const auto& a, const auto& b) { return a.second < b.second; }));
}

void GroupDirectory::expect(const std::vector<SlackUserId>& people)
{
    const SteadyTime now = clock_.steady();
    for (const SlackUserId& user : people) remember_press(user, now);
}

// --- again and again

awaitable<void> GroupDirectory::refresh()
{
    co_await look_for_access();
    co_await refresh_channel();
    const std::shared_ptr<GroupFlight> groups = readings_.groups_since(clock_.steady() - answer_shared_for);
    co_await groups->landed();
    if (!*groups->answer() && groups->answer()->error().code == Errc::rate_limited) co_return;
    const bool are_known = roster_.has_read_all();
    if (are_known && !groups_known_at_) groups_known_at_ = clock_.steady();
    co_await refresh_people();
    has_asked_first_ = has_asked_first_ || are_known;
    forget_people_without_role();
}

awaitable<void> GroupDirectory::refresh_channel()
{
    const SteadyTime since = clock_.steady() - answer_shared_for;
    const std::shared_ptr<ChannelFlight> channel = readings_.channel_since(approvals_, since);
    co_await channel->landed();
    take_channel(*channel);
}

// Takes Slack's answer. After a failure the older answer stays, until it is too old.
ChannelSafety GroupDirectory::take_channel(const ChannelFlight& flight)
{
    const Outcome<ChannelFacts>& answer = *flight.answer();
    if (!answer && !is_hidden(answer.error())) return approvals_channel();
    ChannelSafety safety = ChannelSafety::unknown;
    if (answer)
    {
        safety = safety_of(*answer, if_public_);
        if (safety != ChannelSafety::safe)
            log::error(
                "approvals_channel_unsafe", {{"shared", answer->is_shared_outside}, {"public", !answer->is_private}});
        else if (!answer->is_private && !channel_)
            log::warn("approvals_channel_public");
    }
    if (!channel_ || channel_->read_at <= flight.began) channel_ = ChannelView{safety, flight.began};
    return safety;
}

awaitable<void> GroupDirectory::refresh_people()
{
    const int room = room_for_refresh(clock_.steady());
    std::vector<SlackUserId> due = due_people(clock_.steady(), room);
    // One person is asked for though none is due, to find out whether Slack answers again.
    if (due.empty() && readings_.people_silent_since())
        if (const auto probe = probe_person()) due.push_back(*probe);
    for (const SlackUserId& user : due)
    {
        const std::shared_ptr<PersonFlight> person = readings_.person_since(user, clock_.steady() - answer_shared_for);
        co_await person->landed();
        if (*person->answer())
        {
            failures_.erase(user);
            changed_.erase(user);
            continue;
        }
        if (person->answer()->error().code == Errc::rate_limited) co_return;
        note_failure(user, clock_.steady());
    }
}

// Preferably a person about whom no question has failed.
std::optional<SlackUserId> GroupDirectory::probe_person() const
{
    const std::set<SlackUserId> everybody = roster_.everybody();
    for (const SlackUserId& user : everybody)
        if (!failures_.contains(user)) return user;
    if (everybody.empty()) return std::nullopt;
    return *everybody.begin();
}

// Slack answers for about a hundred people a minute: those who press come first.
int GroupDirectory::room_for_refresh(SteadyTime now)
{
    drop_older(asked_at_, now - 1min);
    const int asked = static_cast<int>(std::min<std::size_t>(asked_at_.size(), people_per_refresh_max));
    return std::max(people_per_refresh_min, people_per_refresh_max - asked);
}

void GroupDirectory::note_failure(const SlackUserId& user, SteadyTime now)
{
    Failure& failure = failures_[user];
    const Milliseconds pause = std::min<Milliseconds>(1min * (1 << std::min(failure.times, 4)), left_alone_max);
    ++failure.times;
    failure.again_at = now + pause;
}

// Slack has told news of them since they were asked for.
bool GroupDirectory::is_changed(const SlackUserId& user) const
{
    const auto told = changed_.find(user);
    return told != changed_.end() && people_.read_at(user).value_or(SteadyTime::min()) < told->second;
}

std::vector<SlackUserId> GroupDirectory::due_people(SteadyTime now, int limit) const
{
    struct Due
    {
        int rank;
        SteadyTime read_at;
        SlackUserId user;

        auto operator<=>(const Due&) const = default;
    };
    const std::set<SlackUserId> deciders = roster_.holders_of({Role::approver, Role::escalation, Role::auditor});
    const auto rank_of = [&](const SlackUserId& user) {
        if (is_changed(user)) return 0;
        if (deciders.contains(user)) return 1;
        return pressed_at_.contains(user) ? 2 : 3;
    };
    std::vector<Due> due;
    for (const SlackUserId& user : roster_.everybody())
    {
        const auto failure = failures_.find(user);
        if (failure != failures_.end() && now < failure->second.again_at) continue;
        const SteadyTime read_at = people_.read_at(user).value_or(SteadyTime::min());
        const bool is_due = read_at == SteadyTime::min() || now - read_at >= standing_refresh || is_changed(user);
        if (is_due) due.push_back(Due{rank_of(user), read_at, user});
    }
    std::sort(due.begin(), due.end());
    std::vector<SlackUserId> first;
    for (Due& each : due)
    {
        if (first.size() == static_cast<std::size_t>(limit)) break;
        first.push_back(std::move(each.user));
    }
    return first;
}

void GroupDirectory::forget_people_without_role()
{
    const auto holds_none = [this](const SlackUserId& user) { return roster_.roles_of(people_.ids_of(user)).empty(); };
    people_.forget_if(holds_none);
    std::erase_if(failures_, [&holds_none](const auto& entry) { return holds_none(entry.first); });
    std::erase_if(changed_, [&holds_none](const auto& entry) { return holds_none(entry.first); });
}

awaitable<void> GroupDirectory::join()
{
    co_await readings_.join();
    co_await tasks_.join();
}

void GroupDirectory::cancel()
{
    closing_->land(Problem{Errc::unavailable, "stopping"});
    readings_.cancel();
    tasks_.cancel();
}

}  // namespace countersign::slack
