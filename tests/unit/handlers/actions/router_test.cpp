#include "handlers/actions/router.hpp"

#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace countersign;
using namespace countersign::test;

namespace {

slack::AppEvent home_opened(const Desk& desk)
{
    slack::AppEvent event;
    event.source = desk.click_in_home("U0AGENT", new_action, "").source;
    event.type = "app_home_opened";
    event.user = SlackUserId{"U0AGENT"};
    event.tab = "home";
    return event;
}

bool is_acknowledged(const HandlerResult& handled)
{
    return std::holds_alternative<slack::Acknowledged>(handled.answer) && !handled.then;
}

}  // namespace

TEST_CASE("the challenge of a new address is given back", "[router]")
{
    Desk desk;
    const auto answer = desk.send(slack::UrlVerification{"a challenge"});
    REQUIRE(std::holds_alternative<slack::Challenge>(answer.answer));
    CHECK(std::get<slack::Challenge>(answer.answer).value == "a challenge");
    CHECK(desk.store.tried.empty());
}

TEST_CASE("who opens the Home is remembered with its first page, and it is drawn", "[router]")
{
    Desk desk;
    CHECK(is_acknowledged(desk.send(home_opened(desk))));
    REQUIRE(desk.last().viewer);
    CHECK(desk.last().viewer->user == SlackUserId{"U0AGENT"});
    CHECK(desk.last().viewer->opened_at == Desk::noon);
    CHECK(desk.last().viewer->page == 0);
    CHECK(desk.last().viewer->digest.empty());
    REQUIRE(desk.last().jobs.size() == 1);
    CHECK(desk.last().jobs.front().kind == "home");
    CHECK(desk.last().jobs.front().due == Desk::noon);
}

TEST_CASE("an event that nothing is built upon is acknowledged, and nothing is stored", "[router]")
{
    Desk desk;
    slack::AppEvent event = home_opened(desk);
    SECTION("another type") { event.type = "team_join"; }
    SECTION("another tab") { event.tab = "messages"; }
    SECTION("nobody") { event.user.reset(); }
    SECTION("another workspace") { event.source.team = SlackTeamId{"T2"}; }
    SECTION("an installation for a whole organization") { event.source.org_install = true; }
    CHECK(is_acknowledged(desk.send(std::move(event))));
    CHECK(desk.store.tried.empty());
}

TEST_CASE("an event that comes again is acknowledged, and does nothing twice", "[router]")
{
    Desk desk;
    slack::AppEvent event = home_opened(desk);
    event.event_id = "Ev1";
    CHECK(is_acknowledged(desk.send(event)));
    const auto done = desk.store.done.size();
    CHECK(is_acknowledged(desk.send(event)));
    CHECK(desk.store.done.size() == done);
    event.event_id = "Ev2";
    CHECK(is_acknowledged(desk.send(event)));
    CHECK(desk.store.done.size() == done + 1);
}

TEST_CASE("news of groups, of people and of the app itself reach the directory, from our workspace only", "[router]")
{
    const auto [type, news] = GENERATE(table<std::string, DirectoryNews>(
        {{"subteam_members_changed", DirectoryNews::groups_changed},
         {"subteam_updated", DirectoryNews::groups_changed},
         {"user_change", DirectoryNews::person_changed},
         {"app_uninstalled", DirectoryNews::access_lost},
         {"tokens_revoked", DirectoryNews::access_lost}}));
    Desk desk;
    slack::AppEvent event = home_opened(desk);
    event.type = type;
    CHECK(is_acknowledged(desk.send(event)));
    CHECK(desk.people.news == std::vector<DirectoryNews>{news});
    event.source.team = SlackTeamId{"T2"};
    CHECK(is_acknowledged(desk.send(event)));
    CHECK(desk.people.news.size() == 1);
    CHECK(desk.store.tried.empty());
}

TEST_CASE("news of the approvals channel has it looked at, and news of other channels are nothing", "[router]")
{
    Desk desk;
    slack::AppEvent event = home_opened(desk);
    event.type = GENERATE(
        as<std::string>{}, "channel_archive", "channel_left", "channel_shared", "channel_unshared", "group_archive",
        "group_left");
    event.user.reset();
    event.channel = ChannelId{"C0DESK"};
    CHECK(is_acknowledged(desk.send(event)));
    event.channel.reset();
    CHECK(is_acknowledged(desk.send(event)));
    CHECK(desk.people.news.empty());
    event.channel = desk.settings.approvals;
    CHECK(is_acknowledged(desk.send(event)));
    CHECK(desk.people.news == std::vector<DirectoryNews>{DirectoryNews::groups_changed});
}

TEST_CASE("what the app's manifest subscribes to is heeded, each of it", "[router]")
{
    std::ifstream file{std::string{COUNTERSIGN_SOURCE_DIR} + "/deploy/slack-manifest.yaml"};
    REQUIRE(file);
    std::vector<std::string> events;
    bool is_list = false;
    for (std::string line; std::getline(file, line);)
    {
        const auto begin = line.find_first_not_of(' ');
        const std::string text = begin == std::string::npos ? "" : line.substr(begin);
        if (is_list && text.starts_with("- "))
            events.push_back(text.substr(2));
        else if (!text.starts_with("#"))
            is_list = text == "bot_events:";
    }
    CHECK(events.size() > 5);
    for (const std::string& type : events)
    {
        INFO(type);
        Desk desk;
        slack::AppEvent event = home_opened(desk);
        event.type = type;
        event.channel = desk.settings.approvals;
        desk.send(event);
        CHECK(desk.people.news.size() + desk.store.done.size() == 1);
    }
}

TEST_CASE("the Home turns to the page that the button names, within its bounds", "[router]")
{
    const std::string action = GENERATE(std::string{page_on_action}, std::string{page_back_action});
    const auto [value, page] = GENERATE(table<std::string, std::int64_t>(
        {{"3", 3}, {"0", 0}, {"-1", 0}, {"1000", 1000}, {"1001", 1000}, {"x", 0}, {"", 0}}));
    Desk desk;
    CHECK(is_acknowledged(desk.send(desk.click_in_home("U0AGENT", action, value))));
    REQUIRE(desk.last().viewer);
    CHECK(desk.last().viewer->page == page);
    CHECK(desk.last().viewer->user == SlackUserId{"U0AGENT"});
}

TEST_CASE("a page is not turned from another workspace, nor acknowledged when that cannot be stored", "[router]")
{
    Desk desk;
    auto click = desk.click_in_home("U0AGENT", page_on_action, "1");
    click.source.team = SlackTeamId{"T2"};
    CHECK(is_acknowledged(desk.send(std::move(click))));
    CHECK(desk.store.tried.empty());
    desk.store.refuses = Errc::unavailable;
    CHECK(rejected(desk.send(desk.click_in_home("U0AGENT", page_on_action, "1"))) == Errc::unavailable);
    CHECK(rejected(desk.send(home_opened(desk))) == Errc::unavailable);
}

TEST_CASE("buttons, forms and shortcuts of another version do nothing, and say so", "[router]")
{
    WaitingDesk desk;
    const auto source = desk.click_in_home("U0LEAD", new_action, "").source;
    const slack::Actor actor{SlackUserId{"U0LEAD"}, SlackTeamId{"T1"}};
    const std::string words = "belongs to another version of Countersign";
    for (const std::string& name :
         std::vector<std::string>{"", "request.approv", "request.approve2", "REQUEST.APPROVE"})
    {
        INFO(name);
        CHECK(is_acknowledged(desk.send(desk.click("U0LEAD", name, "cs-1"))));
        CHECK(has(note_text(desk.last()), words));
        CHECK(has(modal_text(desk.send(desk.click_in_home("U0LEAD", name, "cs-1"))), words));
        CHECK(has(modal_text(desk.send(desk.form("U0LEAD", name, "cs-1"))), words));
        CHECK(is_acknowledged(desk.send(slack::ViewClosed{source, actor, name, "cs-1", "V1", false})));
        CHECK(has(modal_text(desk.send(slack::Shortcut{source, actor, name, Secret{"t"}})), words));
        slack::MessageAction on_message{source,       actor, name,        ChannelId{"C0DESK"}, MessageTs{"1.1"},
                                        std::nullopt, "",    Secret{"u"}, Secret{"t"}};
        CHECK(has(modal_text(desk.send(std::move(on_message))), words));
    }
    // What is one kind's name is not another's.
    CHECK(has(modal_text(desk.send(desk.form("U0LEAD", approve_action, "cs-1"))), words));
    desk.send(desk.click("U0LEAD", deny_form, "cs-1"));
    CHECK(has(note_text(desk.last()), words));
    CHECK(
        has(modal_text(desk.send(slack::Shortcut{source, actor, std::string{message_shortcut}, Secret{"t"}})), words));
    CHECK(is_acknowledged(desk.send(slack::ViewClosed{source, actor, std::string{request_form}, "cs-1", "V1", false})));
    CHECK(desk.stored().state == State::pending);
    for (const Transaction& change : desk.store.tried)
    {
        CHECK(change.audit.empty());
        CHECK_FALSE(change.update);
    }
}

TEST_CASE("what stands in messages and views that live for years keeps its name", "[router]")
{
    const std::vector<std::pair<std::string_view, std::string_view>> names{{approve_action, "request.approve"},
                                                                           {deny_action, "request.deny"},
                                                                           {details_action, "request.details"},
                                                                           {cancel_action, "request.cancel"},
                                                                           {remind_action, "request.remind"},
                                                                           {complete_action, "request.complete"},
                                                                           {show_action, "handover.show"},
                                                                           {link_action, "handover.link"},
                                                                           {spell_action, "handover.spell"},
                                                                           {release_action, "freeze.release"},
                                                                           {new_action, "home.new"},
                                                                           {page_back_action, "home.page.back"},
                                                                           {page_on_action, "home.page.on"},
                                                                           {request_form, "request.form"},
                                                                           {choose_form, "request.choose"},
                                                                           {deny_form, "request.deny_form"},
                                                                           {waiting_view, "request.waiting"},
                                                                           {details_view, "request.details_view"},
                                                                           {handover_view, "handover.view"},
                                                                           {explanation_view, "explanation"},
                                                                           {global_shortcut, "reset_password"},
                                                                           {message_shortcut, "reset_from_message"}};
    for (const auto& [constant, name] : names) CHECK(constant == name);
}
