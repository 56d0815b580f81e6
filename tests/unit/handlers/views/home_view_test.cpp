#include "handlers/views/help.hpp"
#include "handlers/views/home_view.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/support/snapshot.hpp"
#include "tests/unit/handlers/views/drawn.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
namespace json = boost::json;

namespace {

Result<Member> member(std::set<Role> roles, MemberStatus standing = MemberStatus::member)
{
    Member who;
    who.status = standing;
    who.roles = std::move(roles);
    return who;
}

views::HomeContent content_for(std::set<Role> roles)
{
    return views::HomeContent{SlackUserId{"U0ADA"}, member(std::move(roles))};
}

}  // namespace

TEST_CASE("the Home of each kind of person is as it was reviewed", "[views]")
{
    auto agent = content_for({Role::support});
    agent.own = {sample_request(State::pending), sample_request(State::changed)};
    CHECK(snapshot_fault("home_agent", views::home(agent, sample_settings())) == "");

    auto lead = content_for({Role::approver});
    lead.waiting = {sample_request(State::pending)};
    lead.freeze.version = 3;
    lead.freeze.freeze = Freeze{SlackUserId{"U0LEA"}, drawn_at, "a caller imitates customers", {}};
    CHECK(snapshot_fault("home_lead_frozen", views::home(lead, sample_settings())) == "");

    auto auditor = content_for({Role::auditor});
    auditor.ended = {sample_request(State::changed), sample_request(State::denied)};
    CHECK(snapshot_fault("home_auditor", views::home(auditor, sample_settings())) == "");
    CHECK(snapshot_fault("home_nobody", views::home(content_for({}), sample_settings())) == "");
}

TEST_CASE("auditors see masked addresses, and whoever decides sees the whole", "[views]")
{
    auto auditor = content_for({Role::auditor});
    auditor.ended = {sample_request(State::changed)};
    CHECK_FALSE(shows(views::home(auditor, sample_settings()), "ada@acme.example\xc2"));
    CHECK_FALSE(shows(views::home(auditor, sample_settings()), "`ada@acme.example`"));
    auto lead = content_for({Role::approver});
    lead.waiting = {sample_request()};
    CHECK(shows(views::home(lead, sample_settings()), "`ada@acme.example`"));
}

TEST_CASE("guests, outsiders and people whose rights are unknown see words and no list", "[views]")
{
    for (const MemberStatus standing :
         {MemberStatus::guest, MemberStatus::deactivated, MemberStatus::bot, MemberStatus::outsider})
    {
        views::HomeContent content{SlackUserId{"U0ADA"}, member({Role::approver, Role::support}, standing)};
        content.waiting = {sample_request()};
        const auto view = views::home(content, sample_settings());
        CHECK(shows(view, "You cannot use Countersign."));
        CHECK_FALSE(shows(view, "cs-7k3m9p2xq4ab"));
        CHECK_FALSE(shows(view, "home.new"));
    }
    views::HomeContent unknown{SlackUserId{"U0ADA"}, Errc::unavailable};
    CHECK(shows(views::home(unknown, sample_settings()), "cannot check your rights"));
    CHECK_FALSE(shows(views::home(unknown, sample_settings()), "You cannot use Countersign."));
}

TEST_CASE("only who may release a freeze has the button, and all who work here see the freeze", "[views]")
{
    for (const Role role : {Role::support, Role::implementation, Role::approver, Role::escalation, Role::auditor})
    {
        auto content = content_for({role});
        content.freeze.freeze = Freeze{SlackUserId{"U0LEA"}, drawn_at, "a caller imitates customers", {}};
        const auto view = views::home(content, sample_settings());
        CHECK(shows(view, "*Frozen* by"));
        CHECK(shows(view, "freeze.release") == (role == Role::approver));
    }
}

TEST_CASE("the second group sees what was passed on to it, and why", "[views]")
{
    auto manager = content_for({Role::escalation});
    manager.waiting = {sample_request()};
    const auto view = views::home(manager, sample_settings());
    CHECK(shows(view, "cs-7k3m9p2xq4ab"));
    CHECK(shows(view, "passed on to your group"));
    CHECK_FALSE(shows(view, "approvers group"));
    auto auditor = content_for({Role::auditor});
    auditor.waiting = {sample_request()};
    CHECK_FALSE(shows(views::home(auditor, sample_settings()), "cs-7k3m9p2xq4ab"));
}

TEST_CASE("a full Home with hostile texts stays within Slack's limits, and pages", "[views]")
{
    Request hostile = sample_request();
    hostile.email = Email{std::string(64, '<') + "@" + std::string(180, 'a') + ".example"};
    hostile.reason = "<!channel> \u202e" + std::string(480, '<');
    auto content = content_for({Role::support, Role::implementation, Role::approver, Role::auditor});
    for (int i = 0; i < views::home_page_size + 1; ++i)
    {
        hostile.id = RequestId{"cs-" + std::to_string(i)};
        content.waiting.push_back(hostile);
        content.own.push_back(hostile);
        content.ended.push_back(hostile);
    }
    content.page = 1;
    content.freeze.freeze = Freeze{SlackUserId{"U0LEA"}, drawn_at, hostile.reason, {}};
    const auto view = views::home(content, sample_settings());
    CHECK(
        standins::slack::check_blocks(view.at("blocks").as_array(), standins::slack::Surface::home) ==
        std::vector<std::string>{});
    CHECK(standins::slack::check_view(view) == std::vector<std::string>{});
    CHECK(json::serialize(view).size() <= 250'000);
    CHECK(shows(view, "home.page.back"));
    CHECK(shows(view, "home.page.on"));
    CHECK(shows(view, "\"Previous\""));
    CHECK(shows(view, "\"Next\""));
    CHECK_FALSE(shows(view, "<!channel>"));
    CHECK_FALSE(shows(view, "cs-10"));
}

TEST_CASE("the help says what the person may do, and fits into one message", "[views]")
{
    const auto message = views::help(member({Role::support}), sample_settings());
    CHECK(snapshot_fault("help", json::object{{"text", message.text}, {"blocks", message.blocks}}) == "");
    CHECK(views::help(member({}), sample_settings()).text.find("none of the user groups") != std::string::npos);
    CHECK(views::help(Errc::unavailable, sample_settings()).text.find("cannot check") != std::string::npos);
    CHECK(shows(json::object{{"blocks", message.blocks}}, "from the first look you have five minutes"));
    CHECK(shows(json::object{{"blocks", message.blocks}}, "pressed for 15 minutes"));
}
