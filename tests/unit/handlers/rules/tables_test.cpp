// The two tables of what may happen, written out once more: a row that is lost, added or changed is noticed here.
#include "handlers/model/state.hpp"
#include "handlers/rules/handover_transitions.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

using namespace countersign;
using rules::HandoverEvent;

namespace {

constexpr std::array states = {State::looking_up, State::choosing, State::pending, State::approved,  State::executing,
                               State::checking,   State::changed,  State::denied,  State::cancelled, State::expired,
                               State::refused,    State::failed,   State::unknown};
constexpr std::array events = {Event::ask,     Event::resume, Event::found,       Event::refuse, Event::endorse,
                               Event::approve, Event::deny,   Event::cancel,      Event::expire, Event::start,
                               Event::prove,   Event::reject, Event::lose_answer, Event::resend, Event::give_up};

// Where each event leads from `from`; whatever is not named leads nowhere.
void leads(State from, const std::vector<std::pair<Event, State>>& ways)
{
    for (const Event event : events)
    {
        const auto way =
            std::find_if(ways.begin(), ways.end(), [event](const auto& each) { return each.first == event; });
        INFO(name_of(from) << ", event " << static_cast<int>(event));
        if (way == ways.end())
            CHECK_FALSE(next(from, event).has_value());
        else
            CHECK((next(from, event) == way->second));
    }
    CHECK(is_final(from) == ways.empty());
}

constexpr std::array handover_events = {HandoverEvent::press,     HandoverEvent::show,   HandoverEvent::lose,
                                        HandoverEvent::give_back, HandoverEvent::expire, HandoverEvent::destroy,
                                        HandoverEvent::close};

void leads(HandoverState from, const std::vector<std::pair<HandoverEvent, HandoverState>>& ways)
{
    for (const HandoverEvent event : handover_events)
    {
        const auto way =
            std::find_if(ways.begin(), ways.end(), [event](const auto& each) { return each.first == event; });
        INFO("from " << static_cast<int>(from) << ", event " << static_cast<int>(event));
        if (way == ways.end())
            CHECK_FALSE(rules::next(from, event).has_value());
        else
            CHECK((rules::next(from, event) == way->second));
    }
}

}  // namespace

TEST_CASE("a request's life goes these ways, and no other", "[requests]")
{
    leads(
        State::looking_up,
        {{Event::ask, State::choosing},
         {Event::found, State::pending},
         {Event::refuse, State::refused},
         {Event::reject, State::failed},
         {Event::cancel, State::cancelled}});
    leads(
        State::choosing,
        {{Event::resume, State::looking_up}, {Event::cancel, State::cancelled}, {Event::expire, State::expired}});
    leads(
        State::pending,
        {{Event::endorse, State::pending},
         {Event::approve, State::approved},
         {Event::deny, State::denied},
         {Event::cancel, State::cancelled},
         {Event::expire, State::expired},
         {Event::reject, State::failed}});
    leads(
        State::approved,
        {{Event::deny, State::denied},
         {Event::cancel, State::cancelled},
         {Event::start, State::executing},
         {Event::reject, State::failed}});
    leads(
        State::executing,
        {{Event::prove, State::changed}, {Event::reject, State::failed}, {Event::lose_answer, State::checking}});
    leads(
        State::checking,
        {{Event::prove, State::changed},
         {Event::reject, State::failed},
         {Event::resend, State::executing},
         {Event::give_up, State::unknown}});
    for (const State state : states)
        if (state >= State::changed) leads(state, {});
}

TEST_CASE("a hand-over's life goes these ways, and no other", "[handover]")
{
    leads(
        HandoverState::ready,
        {{HandoverEvent::press, HandoverState::opening},
         {HandoverEvent::expire, HandoverState::expired},
         {HandoverEvent::destroy, HandoverState::destroyed}});
    leads(
        HandoverState::opening,
        {{HandoverEvent::show, HandoverState::shown},
         {HandoverEvent::lose, HandoverState::shown},
         {HandoverEvent::give_back, HandoverState::ready},
         {HandoverEvent::expire, HandoverState::expired},
         {HandoverEvent::destroy, HandoverState::destroyed},
         {HandoverEvent::close, HandoverState::shown}});
    leads(
        HandoverState::shown,
        {{HandoverEvent::press, HandoverState::reopening}, {HandoverEvent::close, HandoverState::shown}});
    leads(
        HandoverState::reopening,
        {{HandoverEvent::show, HandoverState::shown},
         {HandoverEvent::lose, HandoverState::shown},
         {HandoverEvent::give_back, HandoverState::shown},
         {HandoverEvent::close, HandoverState::shown}});
    leads(HandoverState::expired, {});
    leads(HandoverState::destroyed, {});
}
