// When a requester counts as told without a direct message, and how long they then have.
#include "handlers/effects/other_ways.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "tests/unit/handlers/desk.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::actions;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

Post told_otherwise()
{
    Post post{RequestId{"cs-1"}, PostKind::requester_dm, "u-1"};
    post.channel = ChannelId{"D1"};
    post.drawn_version = 7;
    return post;
}

Request handed_over(HandoverState state)
{
    Request request = sample_request(State::changed);
    Handover handover;
    handover.state = state;
    handover.until = request.updated_at + 15min;
    request.handover = handover;
    return request;
}

}  // namespace

TEST_CASE("a button outside the direct message counts only where there is no such message", "[effects]")
{
    Desk desk;
    const Press in_home = press_of(desk.vault, desk.click_in_home("U0AGENT", "handover.show", "cs-1"));
    const Press elsewhere = press_of(desk.vault, desk.click("U0AGENT", "handover.show", "cs-1"));
    for (const Press* press : {&in_home, &elsewhere})
    {
        CHECK(is_the_message(*press, told_otherwise()));
        Post sent = told_otherwise();
        sent.ts = MessageTs{"1.2"};
        CHECK_FALSE(is_the_message(*press, sent));
        Post unsent = told_otherwise();
        unsent.drawn_version = -1;
        CHECK_FALSE(is_the_message(*press, unsent));
        CHECK_FALSE(is_the_message(*press, std::nullopt));
    }
}

TEST_CASE("the time to look begins anew when somebody is told, up to its end, and only while it waits", "[effects]")
{
    const Settings settings = sample_settings();
    const Request ready = handed_over(HandoverState::ready);
    const auto reveal = settings.password.reveal_within;
    const TimePoint soon = ready.updated_at + 20min, late = ready.updated_at + 5h;
    const auto until = [&](TimePoint now) { return with_time_to_show(ready, settings, now)->handover->until; };
    CHECK(until(soon) == soon + reveal);
    CHECK(until(late) == ready.updated_at + message_arrives_within + reveal);
    for (const auto state : {HandoverState::opening, HandoverState::shown, HandoverState::expired})
        CHECK_FALSE(with_time_to_show(handed_over(state), settings, soon));
    CHECK_FALSE(with_time_to_show(sample_request(State::denied), settings, soon));
}
