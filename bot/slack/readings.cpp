#include "bot/slack/readings.hpp"

#include "handlers/core/log.hpp"

#include <iterator>
#include <utility>

namespace countersign::slack {

using boost::asio::awaitable;

namespace {

template <class FlightPointer>
bool serves(const FlightPointer& flight, SteadyTime since)
{
    return flight && flight->began >= since && (!flight->answer() || *flight->answer());
}

// A call that is cut short has no answer.
template <class Answer>
awaitable<void> fly(std::shared_ptr<Flight<Answer>> flight, awaitable<Answer> reading)
{
    try
    {
        auto answer = co_await std::move(reading);
        flight->land(std::move(answer));
    }
    catch (...)
    {
        flight->land(Problem{Errc::unavailable, "cancelled"});
        throw;
    }
}

}  // namespace

Problem unanswered(const Problem& problem)
{
    if (problem.code == Errc::rate_limited) return problem;
    return Problem{Errc::unavailable, problem.reason};
}

Readings::Readings(
    boost::asio::any_io_executor executor, WebApi& api, const Clock& clock, std::set<SlackTeamId> our_teams,
    Roster& roster, Acquaintances& people)
    : executor_{executor},
      api_{api},
      clock_{clock},
      our_teams_{std::move(our_teams)},
      roster_{roster},
      people_{people},
      tasks_{executor}
{}

std::shared_ptr<GroupFlight> Readings::groups_since(SteadyTime since)
{
    if (serves(groups_flight_, since)) return groups_flight_;
    groups_flight_ = std::make_shared<GroupFlight>(executor_, clock_.steady());
    start("groups", groups_flight_, read_groups(groups_flight_->began));
    return groups_flight_;
}

std::shared_ptr<PersonFlight> Readings::person_since(const SlackUserId& user, SteadyTime since)
{
    if (const auto found = person_flights_.find(user); found != person_flights_.end() && serves(found->second, since))
        return found->second;
    const SteadyTime now = clock_.steady();
    std::erase_if(person_flights_, [now](const auto& entry) {
        return entry.second->answer() && now - entry.second->began > answer_shared_for;
    });
    auto flight = std::make_shared<PersonFlight>(executor_, now);
    person_flights_.insert_or_assign(user, flight);
    start("person", flight, read_person(user, flight->began));
    return flight;
}

std::shared_ptr<ChannelFlight> Readings::channel_since(const ChannelId& channel, SteadyTime since)
{
    if (serves(channel_flight_, since)) return channel_flight_;
    channel_flight_ = std::make_shared<ChannelFlight>(executor_, clock_.steady());
    start("channel", channel_flight_, read_channel(channel));
    return channel_flight_;
}

template <class Answer>
void Readings::start(std::string_view name, std::shared_ptr<Flight<Answer>> flight, awaitable<Answer> reading)
{
    if (closing_)
        flight->land(Problem{Errc::unavailable, "stopping"});
    else
        tasks_.spawn(name, fly(std::move(flight), std::move(reading)));
}

awaitable<Outcome<ChannelFacts>> Readings::read_channel(ChannelId channel)
{
    auto facts = co_await api_.channel_facts(std::move(channel));
    if (!facts) log::error("approvals_channel_unreadable", {{"reason", facts.error().reason}});
    co_return facts;
}

awaitable<Outcome<void>> Readings::read_groups(SteadyTime began)
{
    std::vector<SlackGroupId> all = roster_.oldest_first();
    if (all.empty()) co_return Outcome<void>{};
    if (began < lists_again_at_) co_return co_await read_one_by_one(std::move(all), began);
    auto lists = co_await api_.group_lists();
    if (!lists && lists.error().reason == "response_too_large")
    {
        log::warn("group_lists_too_large");
        lists_again_at_ = began + lists_too_large_for;
        co_return co_await read_one_by_one(std::move(all), began);
    }
    if (!lists) co_return unanswered(lists.error());
    std::vector<SlackGroupId> silent;
    for (const SlackGroupId& id : all)
    {
        const auto found = lists->find(id);
        const bool is_ours = found != lists->end() && !found->second.is_external;
        if (!is_ours && strange_groups_.insert(id).second)
            log::warn("group_not_ours", {{"group", id.str()}, {"listed", found != lists->end()}});
        if (is_ours && !found->second.members)
            silent.push_back(id);
        else
            take(id, is_ours ? std::move(*found->second.members) : std::vector<SlackUserId>{}, began);
    }
    co_return co_await read_one_by_one(std::move(silent), began);
}

// One that cannot be read does not keep the next from being read.
awaitable<Outcome<void>> Readings::read_one_by_one(std::vector<SlackGroupId> ids, SteadyTime began)
{
    Outcome<void> worst;
    for (const SlackGroupId& id : ids)
    {
        auto members = co_await api_.group_members(id);
        const bool is_gone =
            !members && members.error().code == Errc::refused && members.error().reason == "no_such_subteam";
        if (members)
            take(id, std::move(*members), began);
        else if (is_gone)
            take(id, {}, began);
        else
            worst = unanswered(members.error());
        if (!worst && worst.error().code == Errc::rate_limited) break;
    }
    co_return worst;
}

void Readings::take(const SlackGroupId& group, std::vector<SlackUserId> members, SteadyTime began)
{
    std::set<SlackUserId> all{std::make_move_iterator(members.begin()), std::make_move_iterator(members.end())};
    roster_.read(group, std::move(all), began);
}

awaitable<Outcome<PersonFacts>> Readings::read_person(SlackUserId user, SteadyTime began)
{
    auto person = co_await api_.user_info(user, our_teams_);
    if (!person)
    {
        const Problem& problem = person.error();
        const bool is_nobody = problem.code == Errc::refused &&
            (problem.reason == "user_not_found" || problem.reason == "user_not_visible");
        if (!is_nobody)
        {
            // An answer that cannot be read is the trouble of that one person.
            if (problem.reason != "bad_user" && !people_silent_since_) people_silent_since_ = began;
            co_return unanswered(problem);
        }
        person = PersonFacts{};
    }
    people_silent_since_.reset();
    note_missing_address(user, *person);
    people_.meet(user, *person, began);
    co_return *person;
}

// What that means for them is decided where they act. Once: where the scope is missing, it is true of everybody.
void Readings::note_missing_address(const SlackUserId& user, const PersonFacts& facts)
{
    if (facts.email || facts.status != MemberStatus::member || has_noted_missing_address_) return;
    has_noted_missing_address_ = true;
    log::error("profile_address_missing", {{"user", user}, {"scope", "users:read.email"}});
}

void Readings::cancel()
{
    closing_ = true;
    tasks_.cancel();
}

}  // namespace countersign::slack
