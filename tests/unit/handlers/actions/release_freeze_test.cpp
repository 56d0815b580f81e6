#include "handlers/rules/freeze.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult release(Desk& desk, const std::string& user, const std::string& version = "1")
{
    return desk.send(desk.click(user, release_action, version));
}

void release_once(Desk& desk, const std::string& by)
{
    Transaction change{desk.clock.now()};
    const FreezeSwitch held = desk.frozen();
    change.freeze = released_by(held, with_release(*held.freeze, SlackUserId{by}, desk.clock.now(), {}));
    desk.apply(std::move(change));
}

void check_rebuffed(Desk& desk, const std::string& user, const std::string& why, const std::string& words)
{
    const FreezeSwitch before = desk.frozen();
    CHECK(std::holds_alternative<slack::Acknowledged>(release(desk, user).answer));
    CHECK(only_row(desk.last()) == "release_not_accepted " + user + " why=" + why);
    CHECK(jobs_text(desk.last()).empty());
    CHECK(has(note_text(desk.last()), words));
    CHECK(desk.frozen().version == before.version);
    CHECK(desk.frozen().freeze.has_value() == before.freeze.has_value());
}

std::string payload_of(const Transaction& change, std::string_view kind)
{
    const auto found =
        std::find_if(change.jobs.begin(), change.jobs.end(), [kind](const NewJob& job) { return job.kind == kind; });
    return found == change.jobs.end() ? std::string{} : found->payload;
}

}  // namespace

TEST_CASE("the first release counts at once, with who and when, and everybody is told", "[decisions][freeze]")
{
    Desk desk;
    desk.freeze("U0LEAD", "a stolen session");
    desk.clock.advance(4min);
    release(desk, "U0LEAD2");
    const auto held = desk.frozen().freeze;
    REQUIRE(held);
    REQUIRE(held->releases.size() == 1);
    CHECK(held->releases.front().by == SlackUserId{"U0LEAD2"});
    CHECK(held->releases.front().at == Desk::noon + 4min);
    CHECK(only_row(desk.last()) == "freeze_half_released U0LEAD2 frozen_by=U0LEAD reason=a stolen session");
    CHECK(has(note_text(desk.last()), "until one more approver releases it"));
    CHECK(has(jobs_text(desk.last()), "freeze_notice"));
    // The announcement whose button was pressed is edited.
    const bool edits = std::any_of(desk.last().jobs.begin(), desk.last().jobs.end(), [](const NewJob& job) {
        return job.kind == job_kind::freeze_notice && has(job.payload, "\"edits\":\"10.5\"");
    });
    CHECK(edits);
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("the last release ends nothing by itself: Slack is asked first, and the press is recorded", "[decisions]")
{
    Desk desk;
    desk.freeze("U0LEAD");
    release_once(desk, "U0LEAD");
    release(desk, "U0LEAD2", "2");
    REQUIRE(desk.frozen().freeze);
    CHECK(desk.frozen().freeze->releases.size() == 1);
    CHECK_FALSE(desk.last().freeze);
    CHECK(only_row(desk.last()) == "freeze_release_pressed U0LEAD2");
    CHECK(has(note_text(desk.last()), "as soon as Slack has told me"));
    const std::string payload = payload_of(desk.last(), job_kind::release);
    CHECK(has(payload, "\"pressed\":2"));
    CHECK(has(payload, "\"announcement\":\"10.5\""));
    CHECK(has(payload, "U0LEAD2"));
    REQUIRE(desk.last().jobs.size() == 2);
    CHECK(desk.last().jobs.front().due == desk.clock.now());
}

TEST_CASE("whose address Slack does not tell releases nothing, and freezes all the same", "[decisions][freeze]")
{
    Desk desk;
    desk.people.members.at("U0LEAD2").email.reset();
    desk.send(desk.command("U0LEAD2", "/password-freeze", "incident"));
    REQUIRE(desk.frozen().freeze);
    check_rebuffed(desk, "U0LEAD2", "own_account_unknown", "Two different people have to release");
    desk.settings.approval.own_account_check = OwnAccountCheck::say;
    release(desk, "U0LEAD2");
    CHECK(desk.frozen().freeze->releases.size() == 1);
}

TEST_CASE("one person under two ids releases once", "[decisions][freeze]")
{
    Desk desk;
    desk.freeze("U0LEAD");
    desk.send(desk.click("U0LEAD2", release_action, "1"));
    REQUIRE(desk.frozen().freeze->releases.size() == 1);
    desk.people.identities["U0LEAD2"] = "U0LEAD";
    desk.send(desk.click("U0LEAD", release_action, "1"));
    CHECK(only_row(desk.last()) == "release_not_accepted U0LEAD why=released_before");
    CHECK(desk.frozen().freeze);
}

TEST_CASE("two first releases at the same moment are one, and the other is checked as the last", "[decisions][freeze]")
{
    Desk desk;
    desk.freeze("U0LEAD");
    desk.store.before_commit = [&desk] { release_once(desk, "U0LEAD3"); };
    release(desk, "U0LEAD2");
    REQUIRE(desk.frozen().freeze);
    CHECK(desk.frozen().freeze->releases.size() == 1);
    CHECK(only_row(desk.last()) == "freeze_release_pressed U0LEAD2");
    CHECK(desk.store.tried.size() == 2);
}

TEST_CASE("a release that cannot be stored is not acknowledged", "[decisions][freeze]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 4U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    Desk desk;
    desk.freeze("U0LEAD");
    desk.store.refuses = fault;
    CHECK(rejected(release(desk, "U0LEAD2")) == answer);
    CHECK(desk.store.tried.size() == tries);
    CHECK(desk.frozen().freeze->releases.empty());
}
