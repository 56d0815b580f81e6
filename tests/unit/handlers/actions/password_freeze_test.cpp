#include "handlers/rules/freeze.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult type(Desk& desk, const std::string& user, const std::string& text)
{
    return desk.send(desk.command(user, "/password-freeze", text));
}

}  // namespace

TEST_CASE("a freeze is recorded with who, when and why, and both channels and all cards are told", "[commands][freeze]")
{
    Desk desk;
    desk.clock.advance(2min);
    const auto answer = type(desk, "U0LEAD", "  R&amp;D found\nit ");
    const auto held = desk.frozen().freeze;
    REQUIRE(held);
    CHECK(held->by == SlackUserId{"U0LEAD"});
    CHECK(held->since == Desk::noon + 2min);
    CHECK(held->reason == "R&D found it");
    CHECK(held->releases.empty());
    CHECK(held->lapsed == 0);
    CHECK(only_row(desk.last()) == "frozen U0LEAD reason=R&D found it");
    CHECK(jobs_text(desk.last()) == "freeze_notice freeze_notice homes+2000 redraw_cards");
    CHECK(has(reply_text(answer), "*Frozen* by <@U0LEAD>"));
    CHECK(has(reply_text(answer), "The approvals channel and the audit channel are told"));
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("of two who freeze at the same moment the second is told of the first", "[commands][freeze]")
{
    Desk desk;
    desk.store.before_commit = [&desk] { desk.freeze("U0LEAD2", "the first"); };
    const auto answer = type(desk, "U0LEAD", "the second");
    CHECK(has(reply_text(answer), "Nothing new was frozen. *Frozen* by <@U0LEAD2>"));
    CHECK(desk.frozen().freeze->reason == "the first");
}

TEST_CASE("a freeze that cannot be stored is not said to be one", "[commands][freeze]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 4U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    Desk desk;
    desk.store.refuses = fault;
    CHECK(rejected(type(desk, "U0LEAD", "because")) == answer);
    CHECK(desk.store.tried.size() == tries);
    CHECK_FALSE(desk.frozen().freeze);
}

TEST_CASE("help is for people of the workspace that is served, and does not depend on any right", "[commands]")
{
    Desk desk;
    auto command = desk.command("U0NOBODY", "/password-help", "");
    SECTION("of ours")
    {
        CHECK(has(reply_text(desk.send(std::move(command))), "Countersign"));
        CHECK(desk.store.tried.empty());
    }
    SECTION("from another workspace")
    {
        command.source.team = SlackTeamId{"T2"};
        CHECK(has(reply_text(desk.send(std::move(command))), "serves only people of the workspace"));
    }
    SECTION("from nowhere")
    {
        command.source.team.reset();
        CHECK(has(reply_text(desk.send(std::move(command))), "serves only people of the workspace"));
    }
}

TEST_CASE("a command that is not known does nothing, and says so", "[commands]")
{
    Desk desk;
    const std::string name = GENERATE("/reset", "/RESET-PASSWORD", "reset-password", "");
    CHECK(has(reply_text(desk.send(desk.command("U0AGENT", name, "ada@acme.example"))), "Nothing was done."));
    CHECK(desk.store.tried.empty());
}
