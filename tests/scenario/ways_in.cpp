#include "tests/scenario/ways_in.hpp"

#include "tests/scenario/disguise.hpp"
#include "tests/scenario/planted.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace countersign::test {

namespace json = boost::json;
using namespace std::chrono_literals;
using standins::slack::Place;
using standins::slack::Standing;

namespace {

constexpr const char* not_asked = "Nothing was requested.";
constexpr const char* not_decided = "Nothing was decided.";
constexpr const char* not_done = "Nothing was done";
constexpr const char* not_frozen = "Nothing was frozen or released.";
constexpr const char* not_shown = "Nothing was shown";

// Customers apart from the world's own.
constexpr const char* nameless = "nemo@acme.example";  // has no family name in Auth0
constexpr const char* waiting = "grace@acme.example";  // password is set, and waits to be shown
constexpr const char* shown = "alan@acme.example";     // password is being shown

void must(bool holds, const char* what)
{
    if (!holds) throw std::runtime_error{std::string{"the house is not ready: "} + what};
}

void add_customer(World& world, const std::string& email, const std::string& given, const std::string& family)
{
    standins::auth0::UserSpec user;
    user.email = email;
    user.given_name = given;
    user.family_name = family;
    user.password = "before-the-reset-1";
    user.logins_count = 1;
    world.auth0.add_user(user, to_unix_ms(world.time.now()));
}

// The newest private line of the agent that has this button.
standins::slack::Message line_with(World& world, const std::string& action)
{
    const auto messages = world.slack.visible_to(cast::agent, cast::desk);
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
        if (json::serialize(message->blocks).find(action) != std::string::npos) return *message;
    throw std::runtime_error{"no private line has " + action};
}

}  // namespace

House::House(std::uint64_t seed)
    : world{seed, [](Config& config) { config.requests.password.reveal_within = std::chrono::hours{12}; }}
{
    populate();
    type_commands();
    hand_over();
    press_on_card();
    ask_for_choice();
    open_views();
    // Last: it is emptied after five minutes.
    show_one();
}

void House::add(std::string name, standins::slack::Delivery honest, Told told, std::string refusal)
{
    ways.push_back({std::move(name), std::move(honest), told, std::move(refusal)});
}

void House::populate()
{
    const auto person = [this](const std::string& id, Standing standing, const std::string& team = {}) {
        world.slack.add_user({id, id, id, {}, standing, team, false});
        for (const char* group : {"S0SUPPORT", "S0IMPL", "S0LEADS", "S0AUDIT", "S0MANAGERS"})
            world.slack.group(group).users.push_back(id);
    };
    person(intruder::single_guest, Standing::ultra_guest);
    person(intruder::deactivated, Standing::deactivated);
    person(intruder::robot, Standing::bot);
    person(intruder::outsider, Standing::outsider, intruder::other_team);
    person(intruder::stranger, Standing::stranger, intruder::other_team);
    add_customer(world, nameless, "Nemo", "");
    add_customer(world, waiting, "Grace", "Hopper");
    add_customer(world, shown, "Alan", "Turing");
    world.slack.options().shortcuts = {
        {standins::slack::ShortcutKind::global, "reset_password", "Reset a password", ""},
        {standins::slack::ShortcutKind::message, "reset_from_message", "Reset password", ""}};
    // Until the bot has read who is in the groups.
    world.run_for(2min);
}

void House::type_commands()
{
    const auto typed = [this](const std::string& user, const std::string& command, const std::string& text) {
        return world.slack.command(user, cast::desk, command, text, now());
    };
    add("/reset-password", typed(cast::agent, "/reset-password", "edith@acme.example forgot it"), Told::in_answer,
        not_asked);
    add("/reset-password without words", typed(cast::agent, "/reset-password", ""), Told::in_answer, not_asked);
    add("/create-password", typed(cast::implementer, "/create-password", "edith@acme.example Edith Clarke"),
        Told::in_answer, not_asked);
    add("/password-freeze", typed(cast::lead, "/password-freeze", "because"), Told::in_answer, not_frozen);
    add("/password-help", typed(cast::agent, "/password-help", ""), Told::in_answer, "Countersign");
    add("reset_password", world.slack.shortcut(cast::agent, "reset_password", now()), Told::in_modal, not_asked);
    const std::string said = world.slack.say(cast::nobody, cast::desk, "edith@acme.example cannot sign in", now());
    add("reset_from_message", world.slack.message_shortcut(cast::agent, cast::desk, said, "reset_from_message", now()),
        Told::in_modal, not_asked);
}

// Two passwords that wait to be shown; the second one is shown by show_one().
void House::hand_over()
{
    for (const char* email : {shown, waiting})
    {
        const std::size_t before = world.dms(cast::agent);
        must(world.ask_and_wait(email), "no card");
        world.approve(cast::lead);
        must(world.run_until([&] { return world.dms(cast::agent) > before; }, 10min), "no direct message");
    }
    world.run_for(1min);
    const auto message = world.slack.dms(cast::agent).back();
    add("handover.show", world.slack.click(cast::agent, message.channel, message.ts, "handover.show", now()),
        Told::by_note, not_shown);
}

void House::press_on_card()
{
    must(world.ask_and_wait(), "no card");
    world.run_for(10s);
    const auto messages = world.slack.messages(cast::approvals);
    const auto on_card = [&](const std::string& action) {
        return world.slack.click(cast::lead, cast::approvals, messages.back().ts, action, now());
    };
    add("request.approve", on_card("request.approve"), Told::by_note, not_decided);
    add("request.deny", on_card("request.deny"), Told::by_note, not_decided);
    add("request.details", on_card("request.details"), Told::by_note, not_shown);
    const auto on_line = [&](const std::string& action) {
        return world.slack.click(cast::agent, cast::desk, line_with(world, action).ts, action, now());
    };
    add("request.cancel", on_line("request.cancel"), Told::by_note, not_done);
    add("request.remind", on_line("request.remind"), Told::by_note, not_done);

    world.deliver(on_card("request.deny"));
    must(world.wait_for_modal(cast::lead), "no form to deny");
    add("request.deny_form", world.slack.submit_view(cast::lead, {{"reason", "not verified"}}, now()), Told::in_answer,
        not_decided);
    static_cast<void>(world.slack.close_view(cast::lead, now()));
}

void House::ask_for_choice()
{
    world.ask(cast::agent, nameless);
    must(world.run_until([this] { return world.request().state == State::choosing; }, 1min), "nothing to choose");
    world.run_for(5s);
    const auto click =
        world.slack.click(cast::agent, cast::desk, line_with(world, "request.complete").ts, "request.complete", now());
    add("request.complete", click, Told::in_modal, not_done);
    const auto again =
        world.slack.click(cast::agent, cast::desk, line_with(world, "request.complete").ts, "request.complete", now());
    world.deliver(again);
    must(world.wait_for_modal(cast::agent), "no form to choose");
    const json::object names{{"given", "Nemo"}, {"family", "Nautilus"}};
    add("request.choose", world.slack.submit_view(cast::agent, names, now()), Told::in_answer, not_done);
    const auto closed = world.slack.close_view(cast::agent, now());
    must(closed.has_value(), "closing the form is not told");
    add("request.choose closed", *closed, Told::nowhere, {});
}

void House::open_views()
{
    add("home opened", world.slack.open_home(cast::agent, now()), Told::on_home, "Countersign");
    world.deliver(world.slack.open_home(cast::agent, now()));
    must(world.run_until([this] { return world.slack.home(cast::agent).has_value(); }, 10s), "no Home");
    const auto pressed = [this](const std::string& action) {
        return world.slack.click_in_view(cast::agent, Place::home, action, now());
    };
    const auto on_home = pressed("home.new");
    add("home.new", on_home, Told::in_modal, not_asked);
    add("request.details in the Home", pressed("request.details"), Told::in_modal, not_shown);
    add("request.cancel in the Home", pressed("request.cancel"), Told::in_modal, not_done);
    add("request.remind in the Home", pressed("request.remind"), Told::in_modal, not_done);
    for (const char* action : {"home.page.on", "home.page.back"})
        add(action,
            with_payload(
                world, on_home,
                [action](json::object& payload) {
                    json::object& click = payload.at("actions").as_array().at(0).as_object();
                    click["action_id"] = action;
                    click["value"] = "1";
                }),
            Told::on_home, "Countersign");

    world.deliver(pressed("home.new"));
    must(world.wait_for_modal(cast::agent), "no form to ask");
    add("request.form", world.slack.submit_view(cast::agent, {{"email", "edith@acme.example"}}, now()), Told::in_answer,
        not_asked);
    static_cast<void>(world.slack.close_view(cast::agent, now()));
}

void House::show_one()
{
    const auto message = world.slack.dms(cast::agent).front();
    world.deliver(world.slack.click(cast::agent, message.channel, message.ts, "handover.show", now()));
    must(world.run_until([this] { return !shown_secrets(world, cast::agent).empty(); }, 10s), "no password is shown");
    add("handover.spell", world.slack.click_in_view(cast::agent, Place::modal, "handover.spell", now()), Told::nowhere,
        {});
    world.run_for(10s);
    const auto submitted = world.slack.submit_view(cast::agent, {}, now());
    const auto closed = world.slack.close_view(cast::agent, now());
    must(closed.has_value(), "closing the password is not told");
    add("handover.view closed", *closed, Told::nowhere, {});
    add("handover.view", submitted, Told::nowhere, {});
}

void House::freeze()
{
    ways.clear();
    world.freeze(cast::lead, "a caller imitates customers");
    world.run_for(1min);
    const auto messages = world.slack.messages(cast::approvals);
    for (auto message = messages.rbegin(); message != messages.rend() && ways.empty(); ++message)
        if (json::serialize(message->blocks).find("freeze.release") != std::string::npos)
            add("freeze.release",
                world.slack.click(cast::other_lead, cast::approvals, message->ts, "freeze.release", now()),
                Told::by_note, not_frozen);
    must(!ways.empty(), "nothing to release");
}

}  // namespace countersign::test
