#include "handlers/rules/jobs.hpp"
#include "handlers/views/home_view.hpp"
#include "tests/scenario/disguise.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;
using standins::slack::Place;

// Which requests stand in whose Home, on which page, and for how long it is kept up to date.
namespace {

std::string home_of(World& world, const std::string& user)
{
    const auto view = world.slack.home(user);
    return view ? json::serialize(view->content) : std::string{};
}

void open_home(World& world, const std::string& user)
{
    CHECK(world.deliver(world.slack.open_home(user, to_unix_ms(world.time.now()))).status == 200);
    world.run_for(3s);
}

std::string id_of(int number) { return "cs-manywaiting" + std::string{static_cast<char>('a' + number)}; }

// One request each for accounts that nothing else is about.
void plant(World& world, int count, State state, bool is_passed_on = false)
{
    for (int i = 0; i < count; ++i)
    {
        Request request = approved(world, id_of(i), PasswordFormat::sop);
        request.state = state;
        request.account->id = Auth0UserId{"auth0|many" + std::to_string(i)};
        request.created_at = request.updated_at = world.time.now() + i * 1ms;
        if (state == State::pending) request.decision.reset();
        if (state == State::failed) request.ending = Ending::account_gone;
        if (is_passed_on) request.escalated_at = world.time.now();
        world.plant(request, {});
    }
}

int shown(World& world, const std::string& user, int count)
{
    int found = 0;
    for (int i = 0; i < count; ++i) found += has(home_of(world, user), id_of(i)) ? 1 : 0;
    return found;
}

constexpr int more_than_a_page = views::home_page_size + 2;

}  // namespace

TEST_CASE("what does not fit on a page of the Home stands on the next, and the buttons turn it", "[scenario][home]")
{
    struct Row
    {
        std::string user;
        State state;
        bool is_passed_on;
    };
    const auto row = GENERATE(
        Row{cast::agent, State::pending, false}, Row{cast::lead, State::pending, false},
        Row{cast::manager, State::pending, true}, Row{cast::auditor, State::failed, false});
    INFO(row.user);
    World world{690};
    plant(world, more_than_a_page, row.state, row.is_passed_on);
    open_home(world, row.user);
    CHECK(shown(world, row.user, more_than_a_page) == views::home_page_size);
    CHECK_FALSE(has(home_of(world, row.user), "home.page.back"));
    const auto now = [&world] { return to_unix_ms(world.time.now()); };
    CHECK(world.deliver(world.slack.click_in_view(row.user, Place::home, "home.page.on", now())).status == 200);
    world.run_for(3s);
    CHECK(shown(world, row.user, more_than_a_page) == 2);
    CHECK_FALSE(has(home_of(world, row.user), "home.page.on"));
    CHECK(world.deliver(world.slack.click_in_view(row.user, Place::home, "home.page.back", now())).status == 200);
    world.run_for(3s);
    CHECK(shown(world, row.user, more_than_a_page) == views::home_page_size);
}

TEST_CASE("the second group's Home counts only what was passed on to it", "[scenario][home]")
{
    World world{691};
    plant(world, more_than_a_page, State::pending, false);
    open_home(world, cast::manager);
    CHECK(shown(world, cast::manager, more_than_a_page) == 0);
    CHECK(has(home_of(world, cast::manager), "Nothing waits."));
    CHECK_FALSE(has(home_of(world, cast::manager), "home.page.on"));
}

TEST_CASE("a page of the Home that there is not is the first, or an empty one", "[scenario][home]")
{
    const auto value = GENERATE(as<std::string>{}, "-3", "no number", "", "99999999999999999999");
    INFO(value);
    World world{692};
    plant(world, more_than_a_page, State::pending);
    open_home(world, cast::lead);
    const auto press = world.slack.click_in_view(cast::lead, Place::home, "home.page.on", to_unix_ms(world.time.now()));
    const auto forged = with_payload(world, press, [&value](json::object& payload) {
        payload.at("actions").as_array().at(0).as_object()["value"] = value;
    });
    CHECK(world.deliver(forged).status == 200);
    world.run_for(3s);
    CHECK(shown(world, cast::lead, more_than_a_page) == views::home_page_size);
    CHECK(world.alive());
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a page far behind the last one is empty, and no further than the thousandth", "[scenario][home]")
{
    World world{693};
    plant(world, more_than_a_page, State::pending);
    open_home(world, cast::lead);
    const auto press = world.slack.click_in_view(cast::lead, Place::home, "home.page.on", to_unix_ms(world.time.now()));
    const auto forged = with_payload(world, press, [](json::object& payload) {
        payload.at("actions").as_array().at(0).as_object()["value"] = "1000000";
    });
    CHECK(world.deliver(forged).status == 200);
    world.run_for(3s);
    CHECK(shown(world, cast::lead, more_than_a_page) == 0);
    CHECK(world.ledger().reads().viewer(SlackUserId{cast::lead})->page == 1000);
}

TEST_CASE("auditors see what ended within seven days, and not before", "[scenario][home]")
{
    const bool is_old = GENERATE(true, false);
    INFO(is_old);
    World world{694};
    Request request = approved(world, id_of(0), PasswordFormat::sop);
    request.state = State::failed;
    request.ending = Ending::account_gone;
    request.updated_at = world.time.now() - 7 * 24h + (is_old ? -1min : 1min);
    world.plant(request, {});
    open_home(world, cast::auditor);
    CHECK(shown(world, cast::auditor, 1) == (is_old ? 0 : 1));
    CHECK(has(home_of(world, cast::auditor), "Nothing ended.") == is_old);
}

TEST_CASE("a Home is kept up to date for a day after it was opened", "[scenario][home]")
{
    const bool is_old = GENERATE(true, false);
    INFO(is_old);
    World world{695};
    Transaction opened{world.time.now()};
    opened.viewer.emplace(
        HomeViewer{SlackUserId{cast::lead}, world.time.now() - 24h + (is_old ? -1min : 10min), 0, {}});
    REQUIRE(world.ledger().engine().apply({&opened, 1}).front().has_value());
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    CHECK(has(home_of(world, cast::lead), World::customer_email) != is_old);
}

TEST_CASE("a Home that Slack does not take at once is there a little later", "[scenario][home]")
{
    World world{696};
    world.slack.faults().add("views.publish", {Fault::error_before}, 2);
    open_home(world, cast::agent);
    world.run_for(1min);
    CHECK(has(home_of(world, cast::agent), "You have asked for nothing yet."));
    CHECK(calls_of(world, "views.publish") == 1);
}

TEST_CASE("only the Home tab, opened by somebody of ours, is drawn", "[scenario][home]")
{
    const auto key = GENERATE(as<std::string>{}, "tab", "user");
    INFO(key);
    World world{697};
    auto event = world.slack.open_home(cast::agent, to_unix_ms(world.time.now()));
    json::object body = json::parse(event.request.body).as_object();
    if (key == "tab")
        body.at("event").as_object()["tab"] = "messages";
    else
        body.at("event").as_object().erase("user");
    event.request = standins::slack::signed_request(
        world.slack.options(), event.request.target, "application/json", json::serialize(body),
        to_unix_ms(world.time.now()), standins::slack::Forgery::none);
    CHECK(world.deliver(event).status == 200);
    world.run_for(5s);
    CHECK(calls_of(world, "views.publish") == 0);
}

TEST_CASE("a Home that is opened again is drawn again, changed or not", "[scenario][home]")
{
    World world{698};
    open_home(world, cast::agent);
    open_home(world, cast::agent);
    CHECK(calls_of(world, "views.publish") == 2);
}
