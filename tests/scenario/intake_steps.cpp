#include "tests/scenario/intake_steps.hpp"

#include "tests/scenario/truth.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <stdexcept>

namespace countersign::test {

using namespace std::chrono_literals;
namespace json = boost::json;

standins::Response command(World& world, const std::string& user, const std::string& name, const std::string& text)
{
    return world.deliver(world.slack.command(user, cast::desk, name, text, to_unix_ms(world.time.now())));
}

bool open_form(World& world, const std::string& user, const std::string& name)
{
    command(world, user, name, "");
    return world.wait_for_modal(user) && has(world.modal(user), "\"request.form\"");
}

bool wait_for_words(World& world, const std::string& user, const std::string& part)
{
    return world.run_until([&] { return has(world.modal(user), part); }, 1min);
}

standins::Response deliver_forged(
    World& world, const standins::slack::Delivery& sent, const std::string& honest, const std::string& forged)
{
    std::string body = sent.request.body;
    auto at = body.find(honest);
    if (at == std::string::npos) throw std::invalid_argument{"nothing to forge: " + honest};
    for (; at != std::string::npos; at = body.find(honest, at + forged.size())) body.replace(at, honest.size(), forged);
    return world.deliver(world.slack.raw(
        sent.kind, sent.request.target, "application/x-www-form-urlencoded", body, to_unix_ms(world.time.now())));
}

std::string field_errors(const standins::Response& answer)
{
    return has(answer.body, "\"errors\"") ? answer.body : std::string{};
}

void approve_and_settle(World& world)
{
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

std::string add_partner_account(World& world)
{
    standins::auth0::ConnectionSpec partners;
    partners.name = "Partners";
    world.auth0.add_connection(partners);
    standins::auth0::UserSpec other;
    other.connection = partners.name;
    other.email = World::customer_email;
    other.given_name = "Ada";
    other.family_name = "Byron";
    other.password = "another-password-1";
    other.logins_count = 1;
    other.last_login = to_unix_ms(world.time.now()) - 3'600'000;
    return world.auth0.add_user(other, to_unix_ms(world.time.now()) - 1'000'000'000);
}

void close_all_modals(World& world, const std::string& user)
{
    while (!world.slack.modals(user).empty()) world.close_modal(user);
}

std::vector<std::string> try_every_way_in(World& world, const std::string& user)
{
    std::vector<std::string> told;
    const auto now = [&world] { return to_unix_ms(world.time.now()); };
    const auto read_modal = [&] {
        world.wait_for_modal(user);
        told.push_back(world.modal(user));
        close_all_modals(world, user);
    };
    for (const std::string text : {World::customer_email, ""})
    {
        told.push_back(command(world, user, "/reset-password", text).body);
        // A form that opens nevertheless shows in the next way in.
        world.run_for(3s);
    }
    world.deliver(world.slack.shortcut(user, "reset_password", now()));
    read_modal();
    const std::string ts = world.slack.say(user, cast::desk, "please reset ada@acme.example", now());
    world.deliver(world.slack.message_shortcut(user, cast::desk, ts, "reset_from_message", now()));
    read_modal();
    world.deliver(world.slack.open_home(user, now()));
    world.run_for(5s);
    const auto home = world.slack.home(user);
    if (!home || !has(json::serialize(home->content), "\"home.new\"")) return told;
    world.deliver(world.slack.click_in_view(user, standins::slack::Place::home, "home.new", now()));
    read_modal();
    return told;
}

}  // namespace countersign::test
