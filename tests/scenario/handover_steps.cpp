#include "tests/scenario/handover_steps.hpp"

#include "bot/store/database.hpp"
#include "tests/scenario/disguise.hpp"
#include "tests/scenario/planted.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace countersign::test {

namespace json = boost::json;
using standins::slack::Delivery;

std::vector<json::object> rows_of(World& world, std::string_view action)
{
    std::vector<json::object> rows;
    for (const AuditRow& row : world.ledger().reads().audit_after(0, 10'000))
    {
        json::object read = json::parse(row.text).as_object();
        if (read.at("action").as_string() == json::string_view{action.data(), action.size()})
            rows.push_back(std::move(read));
    }
    return rows;
}

std::string text_of(const json::object& row, const char* key)
{
    const json::string* text = row.at(key).if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

std::string detail_of(World& world, std::string_view action, const char* detail)
{
    const auto rows = rows_of(world, action);
    if (rows.empty()) return {};
    const json::value* found = rows.back().at("details").as_object().if_contains(detail);
    return found == nullptr ? std::string{} : std::string{found->as_string()};
}

bool is_sealed(World& world) { return world.ledger().reads().credential(world.request().id).has_value(); }

std::size_t calls_of(const World& world, std::string_view method)
{
    const auto& calls = world.slack.calls();
    return static_cast<std::size_t>(
        std::count_if(calls.begin(), calls.end(), [method](const auto& call) { return call.method == method; }));
}

std::size_t openings_tried(const World& world) { return calls_of(world, "views.open"); }

std::size_t openings(const World& world)
{
    const auto& calls = world.slack.calls();
    return static_cast<std::size_t>(std::count_if(calls.begin(), calls.end(), [](const auto& call) {
        return call.method == "views.open" && call.error.empty();
    }));
}

std::size_t fillings(const World& world)
{
    const auto& calls = world.slack.calls();
    return static_cast<std::size_t>(std::count_if(calls.begin(), calls.end(), [](const auto& call) {
        const std::string args = json::serialize(call.args);
        return call.method == "views.update" && call.error.empty() && has(args, "rich_text_preformatted") &&
            !has(args, "Spelled out");
    }));
}

bool wait_for_password(World& world, const std::string& user, Milliseconds limit)
{
    return world.run_until([&] { return !shown_secrets(world, user).empty(); }, limit);
}

standins::Response close_for_good(World& world, const std::string& user) { return world.submit(user, {}); }

void hold(World& world, std::string_view kind, TimePoint due)
{
    world.ledger().engine().connection().exec(
        "UPDATE job SET due_at = $1 WHERE kind = $2 AND state = 'ready'", to_unix_ms(due), std::string{kind});
}

Delivery press_of(World& world, const std::string& user)
{
    const auto message = world.posted_to(user).back();
    return world.slack.click(user, message.channel, message.ts, "handover.show", to_unix_ms(world.time.now()));
}

Delivery pressed_again(World& world, const Delivery& press)
{
    const auto now = to_unix_ms(world.time.now());
    const std::string trigger = world.slack.shortcut(press.user, "reset_password", now).trigger_id;
    Delivery again = with_payload(world, press, [&trigger](json::object& payload) { payload["trigger_id"] = trigger; });
    again.trigger_id = trigger;
    return again;
}

std::string note_of(World& world, const std::string& user)
{
    return world.private_line(user, world.slack.dms(user).back().channel);
}

}  // namespace countersign::test
