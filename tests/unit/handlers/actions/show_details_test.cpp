#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;

namespace {

HandlerResult look(Desk& desk, const std::string& user, const std::string& id = "cs-1")
{
    return desk.send(desk.click(user, details_action, id));
}

void check_rebuffed(Desk& desk, const std::string& user, const std::string& why, const std::string& words)
{
    const auto answer = look(desk, user);
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    CHECK_FALSE(answer.then);
    CHECK(only_row(desk.last()) == "decision_not_accepted " + user + " cs-1 action=request.details why=" + why);
    CHECK(has(note_text(desk.last()), words));
}

}  // namespace

TEST_CASE("who was shown details stands in the audit log", "[decisions]")
{
    const std::string user = GENERATE("U0LEAD", "U0MANAGER", "U0AUDITOR", "U0AGENT");
    WaitingDesk desk;
    const auto answer = look(desk, user);
    CHECK(modal_callback(answer) == "request.details_view");
    CHECK(only_row(desk.last()) == "details_shown " + user + " cs-1");
    CHECK(desk.last().jobs.empty());
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
    const auto& opened = std::get<OpenView>(answer.then.value());
    CHECK(opened.user == SlackUserId{user});
    CHECK(opened.trigger_id.matches("trigger of " + user));
    REQUIRE(opened.fallback);
    CHECK(opened.fallback->channel == desk.settings.approvals);
}

TEST_CASE("who decides or asked sees the whole address, and who reviews a masked one", "[decisions]")
{
    const auto [user, is_whole] = GENERATE(
        table<std::string, bool>({{"U0LEAD", true}, {"U0MANAGER", true}, {"U0AGENT", true}, {"U0AUDITOR", false}}));
    INFO(user);
    WaitingDesk desk;
    const std::string shown = modal_text(look(desk, user));
    CHECK(has(shown, "ada@acme.example") == is_whole);
    CHECK(has(shown, "a…a@acme.example") == !is_whole);
}

TEST_CASE("details that are not looked up at the card have it looked after, while it waits", "[decisions]")
{
    const State state = GENERATE(State::pending, State::expired);
    Request request = Desk::request_of("U0AGENT", state);
    WaitingDesk desk{request};
    desk.send(desk.click_in_home("U0AGENT", details_action, "cs-1"));
    CHECK(jobs_text(desk.last()) == (state == State::pending ? "card:again" : ""));
}

TEST_CASE("details say what a freeze holds", "[decisions]")
{
    WaitingDesk desk;
    CHECK_FALSE(has(modal_text(look(desk, "U0LEAD")), "*Frozen*"));
    desk.freeze("U0LEAD2");
    CHECK(has(modal_text(look(desk, "U0LEAD")), "*Frozen* by <@U0LEAD2>"));
}

TEST_CASE("whoever has nothing to do with a request sees no details of it, and is told why", "[decisions]")
{
    WaitingDesk desk;
    check_rebuffed(desk, "U0IMPL", "not_an_approver", "Details are for the approvers");
    check_rebuffed(desk, "U0NOBODY", "not_an_approver", "Nothing was shown.");
    check_rebuffed(desk, "U0GUEST", "guest", "Guests cannot use Countersign");
    desk.people.members.at("U0AGENT") = Member{MemberStatus::member, {}, std::nullopt};
    check_rebuffed(desk, "U0AGENT", "not_a_requester", "Nothing was shown.");
    desk.people.answers = false;
    check_rebuffed(desk, "U0LEAD", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("nobody of another workspace sees details", "[decisions]")
{
    WaitingDesk desk;
    auto click = desk.click("U0LEAD", details_action, "cs-1");
    click.origin.team = SlackTeamId{"T2"};
    CHECK_FALSE(desk.send(std::move(click)).then);
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD cs-1 action=request.details why=other_workspace");
}

TEST_CASE("there are no details of a request that is not known", "[decisions]")
{
    WaitingDesk desk;
    CHECK_FALSE(look(desk, "U0LEAD", "cs-2").then);
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD action=request.details why=request_unknown");
    CHECK(has(note_text(desk.last()), "does not belong to a request that I know"));
}

TEST_CASE("details whose row cannot be stored are not shown", "[decisions]")
{
    const auto [fault, answer] =
        GENERATE(table<Errc, Errc>({{Errc::replayed, Errc::replayed}, {Errc::unavailable, Errc::unavailable}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    const auto shown = look(desk, "U0LEAD");
    CHECK(rejected(shown) == answer);
    CHECK_FALSE(shown.then);
}

TEST_CASE("who is shown nothing in the Home is told so in a window", "[decisions]")
{
    WaitingDesk desk;
    const auto answer = desk.send(desk.click_in_home("U0NOBODY", details_action, "cs-1"));
    CHECK(modal_callback(answer) == "explanation");
    CHECK(has(modal_text(answer), "No details"));
    CHECK(has(modal_text(answer), "Nothing was shown."));
    CHECK(note_text(desk.last()).empty());
}
