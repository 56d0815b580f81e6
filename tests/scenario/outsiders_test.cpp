#include "tests/scenario/disguise.hpp"
#include "tests/scenario/tables.hpp"
#include "tests/scenario/ways_in.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::slack::Forgery;

namespace {

// Who they are keeps them out: all of them are in every group.
std::vector<Disguise> people()
{
    using namespace intruder;
    return {
        {.name = "multi-channel guest", .person = cast::guest},
        {.name = "single-channel guest", .person = single_guest},
        {.name = "guest, without user.team_id", .person = cast::guest, .without_home = true},
        {.name = "deactivated", .person = deactivated},
        {.name = "bot", .person = robot},
        {.name = "Slack Connect outsider", .person = outsider, .home = other_team},
        {.name = "outsider, without user.team_id", .person = outsider, .without_home = true},
        {.name = "outsider who claims to be ours", .person = outsider},
        {.name = "stranger", .person = stranger, .home = other_team},
    };
}

// Where it comes from keeps them out: the person is the rightful one.
std::vector<Disguise> origins()
{
    using intruder::other_team;
    return {
        {.name = "another workspace in team.id", .team = other_team},
        {.name = "org-wide install", .org_install = true},
        {.name = "org-wide install, without user.team_id", .without_home = true, .org_install = true},
    };
}

// Nothing behind the door hears of these.
std::vector<Disguise> unproved()
{
    std::vector<Disguise> all{{.name = "another app", .app = "A0OTHERAPP", .status = 401}};
    for (const auto& [name, forgery] : std::vector<std::pair<std::string, Forgery>>{
             {"signed with another secret", Forgery::wrong_secret},
             {"unsigned", Forgery::both_missing},
             {"changed after signing", Forgery::body_changed},
             {"signed five minutes ago", Forgery::stale}})
    {
        Disguise forged{.name = name};
        forged.forgery = forgery;
        forged.status = 401;
        all.push_back(forged);
    }
    return all;
}

std::size_t changes_in_auth0(const World& world)
{
    const auto calls = world.auth0.calls();
    return static_cast<std::size_t>(std::count_if(calls.begin(), calls.end(), [](const auto& call) {
        return call.method != "GET" && !has(call.path, "/oauth/token");
    }));
}

// What the bot has called Slack for since `from`, by the methods that show something to somebody.
struct Shown
{
    std::string notes;  // private ones
    std::string modals;
    std::string homes;
    std::string updates;  // of modals
};

Shown shown_since(const World& world, std::size_t from)
{
    Shown shown;
    const auto& calls = world.slack.calls();
    for (std::size_t i = from; i < calls.size(); ++i)
    {
        const std::string text = json::serialize(calls[i].args);
        if (calls[i].method == "response_url" || calls[i].method == "chat.postEphemeral") shown.notes += text;
        if (calls[i].method == "views.open") shown.modals += text;
        if (calls[i].method == "views.publish") shown.homes += text;
        if (calls[i].method == "views.update") shown.updates += text;
    }
    return shown;
}

std::string words_for(const WayIn& way, const Shown& shown, const standins::Response& answer)
{
    switch (way.told)
    {
    case Told::in_answer: return answer.body;
    case Told::in_modal: return shown.modals;
    case Told::by_note: return shown.notes;
    case Told::on_home: return shown.homes;
    case Told::nowhere: return {};
    }
    return {};
}

// Where it comes from another workspace there is no Home of ours.
bool can_be_told(const WayIn& way, const Disguise& disguise)
{
    if (disguise.status != 200 || way.told == Told::nowhere) return false;
    if (way.told != Told::on_home) return true;
    return disguise.person.has_value();
}

// Every way in under one disguise: nothing decisive changes, nothing is given away, and the person is told.
void try_every_way(House& house, const Disguise& disguise)
{
    World& world = house.world;
    for (const WayIn& way : house.ways)
    {
        const auto delivery = disguised(world, way.honest, disguise);
        if (!delivery) continue;
        INFO(disguise.name << " through " << way.name);
        const std::string before = decisive_tables(world);
        const std::size_t changes = changes_in_auth0(world), calls = world.slack.calls().size();
        const auto answer = world.deliver(*delivery);
        world.run_for(3s);

        CHECK(answer.status == disguise.status);
        CHECK(decisive_tables(world) == before);
        CHECK(changes_in_auth0(world) == changes);
        const Shown shown = shown_since(world, calls);
        CHECK((shown.modals.empty() || has(shown.modals, "explanation")));
        CHECK(shown.updates.empty());
        for (const std::string& secret : {std::string{"@acme.example"}, std::string{"$Grace"}, std::string{"$Alan"}})
            CHECK_FALSE(has(answer.body + shown.notes + shown.modals + shown.homes, secret));
        if (can_be_told(way, disguise))
            CHECK(has(words_for(way, shown, answer), way.refusal));
        else
            CHECK(shown.notes + shown.modals + shown.homes == "");
    }
    CHECK(world.alive());
}

// Does the delivery do what it is for? Without this the table below would prove nothing.
bool does_something(World& world, const WayIn& way)
{
    const std::string before = decisive_tables(world);
    const std::size_t calls = world.slack.calls().size();
    const auto answer = world.deliver(way.honest);
    world.run_for(3s);
    const Shown shown = shown_since(world, calls);
    const bool opens = !shown.modals.empty() && !has(shown.modals, "explanation");
    const bool shows = !shown.homes.empty() || !shown.updates.empty();
    return answer.status == 200 &&
        (decisive_tables(world) != before || opens || shows || has(answer.body, "You can ask"));
}

void try_all(const std::vector<Disguise>& disguises, std::uint64_t seed)
{
    for (const Disguise& disguise : disguises)
    {
        House house{seed++};
        try_every_way(house, disguise);
        house.freeze();
        try_every_way(house, disguise);
    }
}

}  // namespace

TEST_CASE("each way in does something for the one it is meant for", "[scenario][outsiders]")
{
    const std::size_t ways = House{800}.ways.size();
    for (std::size_t i = 0; i <= ways; ++i)
    {
        House house{800};
        if (i == ways) house.freeze();
        const WayIn& way = house.ways.at(i == ways ? 0 : i);
        INFO(way.name);
        CHECK(does_something(house.world, way));
    }
}

TEST_CASE(
    "guests, deactivated people, bots and outsiders get nowhere, whatever group they are in", "[scenario][outsiders]")
{
    try_all(people(), 810);
}

TEST_CASE("what comes from another workspace or an org-wide install gets nowhere", "[scenario][outsiders]")
{
    try_all(origins(), 830);
}

TEST_CASE("a member whose home is elsewhere in the organization gets everywhere", "[scenario][outsiders]")
{
    const std::size_t ways = House{850}.ways.size();
    for (std::size_t i = 0; i <= ways; ++i)
    {
        House house{850};
        if (i == ways) house.freeze();
        WayIn way = house.ways.at(i == ways ? 0 : i);
        // Another workspace, or the organization itself.
        const std::string home = i % 2 == 0 ? "T0OTHERTEAM" : "E0ORG00001";
        INFO(way.name << " from " << home);
        if (const auto delivery = disguised(house.world, way.honest, {.name = "at home elsewhere", .home = home}))
            way.honest = *delivery;
        CHECK(does_something(house.world, way));
    }
}

TEST_CASE("what is for another app or was not signed by Slack is turned away at the door", "[scenario][outsiders]")
{
    try_all(unproved(), 840);
}

TEST_CASE("a button that is not on the card on file decides nothing, whoever presses it", "[scenario][outsiders]")
{
    const auto place = GENERATE(as<std::string>{}, "channel_id", "message_ts");
    const auto action = GENERATE(as<std::string>{}, "request.approve", "request.deny");
    INFO(place << " " << action);
    World world{860};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);  // until Slack's answer has told which message the card is
    const auto card = world.slack.messages(cast::approvals).back();
    const auto now = to_unix_ms(world.time.now());
    const auto honest = world.slack.click(cast::lead, cast::approvals, card.ts, action, now);
    const auto elsewhere = with_payload(world, honest, [&](json::object& payload) {
        const char* value = place == "channel_id" ? "C0DESK" : "1763800000.000001";
        payload.at("container").as_object()[place] = value;
    });
    const std::string before = decisive_tables(world);
    CHECK(world.deliver(elsewhere).status == 200);
    world.run_for(10s);
    CHECK(decisive_tables(world) == before);
    CHECK(world.modal(cast::lead).empty());
    CHECK(changes_in_auth0(world) == 0);
    // Told where the press was said to be, or by the response_url that came with it.
    CHECK(has(json::serialize(world.slack.snapshot(cast::lead)), "does not belong to a request that I know"));

    // The same press on the card itself does what it says.
    const auto later = to_unix_ms(world.time.now());
    CHECK(world.deliver(world.slack.click(cast::lead, cast::approvals, card.ts, action, later)).status == 200);
    world.run_for(10s);
    const bool decides = action == "request.approve";
    CHECK((decisive_tables(world) != before) == decides);
    CHECK(world.modal(cast::lead).empty() == decides);
}
