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
