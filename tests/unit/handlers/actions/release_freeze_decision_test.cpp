#include "handlers/actions/release_freeze.hpp"
#include "handlers/model/job_kind.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Frozen by U0LEAD, with this many releases, by U0LEAD first.
struct FrozenScene : Scene
{
    explicit FrozenScene(int releases = 0)
    {
        freeze("U0LEAD", "a stolen session");
        for (int i = 0; i < releases; ++i)
        {
            seen.held.freeze->releases.push_back(Decision{SlackUserId{"U0LEAD"}, noon});
            ++seen.held.version;
        }
    }
};

actions::Verdict release(const Scene& scene, const actions::Press& press)
{
    return actions::release(press, scene.seen, scene.settings);
}

actions::Verdict release(const Scene& scene, const std::string& user, const std::string& version = "1")
{
    return release(scene, press(user, release_action, version));
}

void check_not_released(const Scene& scene, const std::string& user, const std::string& why, const std::string& words)
{
    check_refused(release(scene, user), "release_not_accepted " + user + " why=" + why, words);
}

std::string payload_of(const Transaction& transaction, std::string_view kind)
{
    for (const NewJob& job : transaction.jobs)
        if (job.kind == kind) return job.payload;
    return {};
}

}  // namespace

TEST_CASE("the first of two releases counts at once, with who and when", "[actions]")
{
    FrozenScene scene;
    scene.seen.now = noon + 4min;
    const auto verdict = release(scene, "U0LEAD2");
    const auto& freeze = verdict.transaction->freeze;
    REQUIRE(freeze);
    CHECK(freeze->version == 1);
    REQUIRE(freeze->freeze);
    REQUIRE(freeze->freeze->releases.size() == 1);
    CHECK(freeze->freeze->releases.front().by == SlackUserId{"U0LEAD2"});
    CHECK(freeze->freeze->releases.front().at == noon + 4min);
    CHECK(only_row(*verdict.transaction) == "freeze_half_released U0LEAD2 frozen_by=U0LEAD reason=a stolen session");
    CHECK(has(note_text(*verdict.transaction), "until one more approver releases it"));
    CHECK(has(jobs_text(*verdict.transaction), "freeze_notice"));
}

TEST_CASE("a press that would be the last release ends nothing before Slack was asked", "[actions]")
{
    const auto verdict = release(FrozenScene{1}, "U0LEAD2", "2");
    CHECK_FALSE(verdict.transaction->freeze);
    CHECK(only_row(*verdict.transaction) == "freeze_release_pressed U0LEAD2");
    CHECK(has(note_text(*verdict.transaction), "as soon as Slack has told me"));
    const std::string payload = payload_of(*verdict.transaction, job_kind::release);
    CHECK(has(payload, "\"pressed\":2"));
    CHECK(has(payload, "\"announcement\":\"10.5\""));
    CHECK(has(payload, "U0LEAD2"));
}

TEST_CASE("only an announcement in the approvals channel is edited by a release", "[actions]")
{
    const FrozenScene scene{1};
    auto press_there = press("U0LEAD2", release_action, "2");
    press_there.channel = ChannelId{"C0DESK"};
    CHECK_FALSE(has(payload_of(*release(scene, press_there).transaction, job_kind::release), "announcement"));
    auto in_home = press_in_home("U0LEAD2", release_action);
    in_home.value = "2";
    const auto verdict = release(scene, in_home);
    CHECK_FALSE(has(payload_of(*verdict.transaction, job_kind::release), "announcement"));
    CHECK(has(window_text(verdict), "as soon as Slack has told me"));
    CHECK(note_text(*verdict.transaction).empty());
}

TEST_CASE("a release is refused to everybody but a known approver", "[actions]")
{
    FrozenScene scene;
    for (const char* user : {"U0AGENT", "U0IMPL", "U0MANAGER", "U0AUDITOR", "U0NOBODY"})
        check_not_released(scene, user, "not_an_approver", "Only the approvers user group freezes and releases");
    check_not_released(scene, "U0GUEST", "guest", "Guests cannot use Countersign");
    scene.know("U0LEAD2", Errc::unavailable);
    check_not_released(scene, "U0LEAD2", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("a release is refused to whose address is not told, unless the settings let it pass", "[actions]")
{
    FrozenScene scene;
    Member nameless = member_with("U0LEAD2", {Role::approver});
    nameless.email.reset();
    scene.know("U0LEAD2", nameless);
    check_not_released(scene, "U0LEAD2", "own_account_unknown", "Two different people have to release");
    scene.settings.approval.own_account_check = OwnAccountCheck::say;
    CHECK(release(scene, "U0LEAD2").transaction->freeze);
}

TEST_CASE("a release from another workspace is refused, whoever presses", "[actions]")
{
    auto press_there = press("U0NOBODY", release_action, "1");
    press_there.source.team = SlackTeamId{"T2"};
    check_refused(
        release(FrozenScene{}, press_there), "release_not_accepted U0NOBODY why=other_workspace", "serves only people");
}

TEST_CASE("two releases come from two people, by what is known of them", "[actions]")
{
    FrozenScene scene{1};
    check_not_released(scene, "U0LEAD", "released_before", "you have released it already");
    SECTION("another id of the same person")
    {
        scene.know_as("U0LEAD2", "U0LEAD", member_with("U0LEAD2", {Role::approver}));
    }
    SECTION("another profile with the same address") { scene.know("U0LEAD2", member_with("U0LEAD", {Role::approver})); }
    check_not_released(scene, "U0LEAD2", "released_before", "you have released it already");
}

TEST_CASE("who froze may release, as one of two", "[actions]")
{
    CHECK(release(FrozenScene{}, "U0LEAD").transaction->freeze);
}

TEST_CASE("a release of what is not frozen, or by an older button, is refused", "[actions]")
{
    check_not_released(Scene{}, "U0LEAD", "not_frozen", "the freeze is released already");
    const std::string value = GENERATE("", "x", "1x", " 1", "0", "2", "99999999999999999999");
    INFO(value);
    check_refused(
        release(FrozenScene{}, "U0LEAD2", value), "release_not_accepted U0LEAD2 why=other_freeze",
        "this button belongs to an earlier freeze");
}

TEST_CASE("a button as old as the freeze itself counts after a release of another", "[actions]")
{
    CHECK(only_row(*release(FrozenScene{1}, "U0LEAD2", "1").transaction) == "freeze_release_pressed U0LEAD2");
}
