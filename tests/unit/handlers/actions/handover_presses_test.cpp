#include "handlers/rules/handover_transitions.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// With the password of the agent's request, which may be shown, and the message that says so.
struct HandoverDesk : Desk
{
    explicit HandoverDesk(HandoverState state = HandoverState::ready)
    {
        Request request = request_of("U0AGENT", State::changed);
        request.handover.emplace();
        request.handover->state = state;
        request.handover->until = noon + 5min;
        if (state == HandoverState::shown)
        {
            request.handover->shown_at = noon;
            request.handover->windows = 2;
            request.handover->window = 2;
        }
        put(std::move(request));
        Transaction message{noon};
        message.post.emplace(RequestId{"cs-1"}, PostKind::requester_dm, "uuid-2");
        message.post->channel = ChannelId{"D0AGENT"};
        message.post->ts = MessageTs{"10.5"};
        apply(std::move(message));
    }

    slack::BlockAction show_press() const
    {
        auto press = click("U0AGENT", show_action, "cs-1");
        press.channel = ChannelId{"D0AGENT"};
        return press;
    }

    slack::ViewClosed left(const std::string& mark) const
    {
        const auto same = form("U0AGENT", handover_view, mark);
        return slack::ViewClosed{same.source, same.actor, same.callback_id, mark, same.view_id, false};
    }
};

}  // namespace

TEST_CASE("who presses Show is handed over what was committed as being opened", "[decisions]")
{
    HandoverDesk desk;
    const auto answer = desk.send(desk.show_press());
    CHECK(desk.stored().handover->state == HandoverState::opening);
    CHECK(desk.last().unless_frozen);
    const auto& handing = std::get<OpenHandover>(answer.then.value());
    CHECK(handing.request == RequestId{"cs-1"});
    CHECK(handing.trigger_id.matches("trigger of U0AGENT"));
}

TEST_CASE("a freeze between the look and the commit hands nothing over", "[decisions]")
{
    HandoverDesk desk;
    desk.store.before_commit = [&desk] { desk.freeze("U0LEAD"); };
    CHECK_FALSE(desk.send(desk.show_press()).then);
    CHECK(desk.stored().handover->state == HandoverState::ready);
    CHECK(only_row(desk.last()) == "handover_refused U0AGENT cs-1 why=frozen");
}

TEST_CASE("what cannot be stored is not shown", "[decisions]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 6U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    HandoverDesk desk;
    desk.store.refuses = fault;
    const auto result = desk.send(desk.show_press());
    CHECK(rejected(result) == answer);
    CHECK_FALSE(result.then);
    CHECK(desk.store.tried.size() == tries);
}

TEST_CASE("the window that is closed for good, or left, is that of its mark", "[decisions]")
{
    HandoverDesk desk{HandoverState::shown};
    desk.send(desk.left("cs-1-2"));
    CHECK(desk.stored().handover->left == 2);
    desk.send(desk.form("U0AGENT", handover_view, "cs-1-2"));
    CHECK(desk.stored().handover->is_closed);
    // Once more does nothing, and is acknowledged.
    const std::size_t before = desk.store.tried.size();
    CHECK(std::holds_alternative<slack::Acknowledged>(desk.send(desk.form("U0AGENT", handover_view, "cs-1-2")).answer));
    CHECK(desk.store.tried.size() == before);
}
