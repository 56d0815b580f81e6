#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/payloads.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/wire.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr const char* json_type = "application/json";

bool says_yes(const json::object& object, const char* name)
{
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::int64_t number_or(const json::object& object, const char* name, std::int64_t fallback)
{
    const auto* value = object.if_contains(name);
    return value == nullptr || !value->is_int64() ? fallback : value->get_int64();
}

// What Slack's client checks before it lets a form go.
void demand_complete(const View& view)
{
    for (const auto& each : view.content.at("blocks").as_array())
    {
        const auto& block = each.as_object();
        if (block.at("type") != "input") continue;
        const auto& element = block.at("element").as_object();
        const auto id = to_text(block.at("block_id"));
        const auto& value = view.values.at(id).as_object().at(element.at("action_id").as_string()).as_object();
        if (!is_filled(value))
        {
            if (!says_yes(block, "optional")) throw CannotAct{"the field " + id + " is required"};
            continue;
        }
        const auto* text = value.if_contains("value");
        if (text == nullptr) continue;
        const auto length = static_cast<std::int64_t>(utf16_length(to_text(*text)));
        if (length < number_or(element, "min_length", 0) || length > number_or(element, "max_length", 3'000))
            throw CannotAct{"the field " + id + " is too short or too long"};
    }
}

}  // namespace

View& Workspace::visible_modal(const std::string& user)
{
    auto& stack = state_.modals[user];
    if (stack.empty()) throw CannotAct{user + " sees no modal"};
    return stack.back();
}

void Workspace::enter(const std::string& user, const std::string& block_id, const json::value& input)
{
    actor(user);
    auto& view = visible_modal(user);
    for (const auto& each : view.content.at("blocks").as_array())
    {
        const auto& block = each.as_object();
        if (block.at("type") != "input" || to_text(block.at("block_id")) != block_id) continue;
        const auto& element = block.at("element").as_object();
        try
        {
            view.values[block_id].as_object()[element.at("action_id").as_string()] = value_for(element, input);
        }
        catch (const std::invalid_argument& problem)
        {
            throw CannotAct{problem.what()};
        }
        ++state_.revision;
        return;
    }
    throw CannotAct{"the modal has no input block " + block_id};
}

Delivery Workspace::submit_view(
    const std::string& user, const json::object& entries, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    for (const auto& entry : entries) enter(user, std::string{entry.key().data(), entry.key().size()}, entry.value());
    auto& view = visible_modal(user);
    demand_complete(view);
    view.errors.clear();

    Delivery delivery;
    delivery.kind = DeliveryKind::view_submission;
    delivery.user = user;
    delivery.view_id = view.id;
    delivery.trigger_id = state_.new_trigger(user, now, view.root_view_id);
    auto payload = interaction(state_, "view_submission", person, variant);
    payload["trigger_id"] = delivery.trigger_id;
    payload["view"] = view_in_payload(state_, view, person);
    payload["response_urls"] = json::array{};
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

std::optional<Delivery> Workspace::close_view(
    const std::string& user, TimeMs now, bool whole_stack, const Variant& variant)
{
    const auto& person = actor(user);
    visible_modal(user);
    const auto& stack = state_.modals[user];
    const View closed = whole_stack ? stack.front() : stack.back();
    if (whole_stack || says_yes(closed.content, "clear_on_close"))
        close_all(state_, user);
    else
        close_top(state_, user);
    if (!says_yes(closed.content, "notify_on_close")) return std::nullopt;

    Delivery delivery;
    delivery.kind = DeliveryKind::view_closed;
    delivery.user = user;
    delivery.view_id = closed.id;
    auto payload = interaction(state_, "view_closed", person, variant);
    payload["view"] = view_in_payload(state_, closed, person);
    payload["is_cleared"] = whole_stack;
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

Delivery Workspace::open_home(const std::string& user, TimeMs now, const Variant& variant)
{
    const auto& options = state_.options;
    const auto& person = actor(user);
    const auto conversation = state_.direct_channel(user).id;
    const auto team = variant.team_id.value_or(options.team_id);
    json::object event{
        {"type", "app_home_opened"},
        {"user", person.id},
        {"channel", conversation},
        {"tab", "home"},
        {"event_ts", state_.next_ts(now)}};
    if (const auto view = home(user)) event["view"] = view_in_payload(state_, *view, person);
    json::object authorization{
        {"enterprise_id", nullptr},
        {"team_id", team},
        {"user_id", options.bot_user_id},
        {"is_bot", true},
        {"is_enterprise_install", variant.org_install}};
    json::array authorizations;
    authorizations.push_back(std::move(authorization));
    const json::object body{
        {"token", "nOtUsEdAnYmOrE"},
        {"team_id", team},
        {"api_app_id", variant.app_id.value_or(options.app_id)},
        {"event", std::move(event)},
        {"type", "event_callback"},
        {"event_id", state_.new_id("Ev")},
        {"event_time", now / 1'000},
        {"authorizations", std::move(authorizations)},
        {"is_ext_shared_channel", false},
        {"context_team_id", team},
        {"context_enterprise_id", nullptr}};
    auto delivery =
        raw(DeliveryKind::event, options.events_path, json_type, json::serialize(body), now, variant.forgery);
    delivery.user = user;
    return delivery;
}

Delivery Workspace::url_verification(TimeMs now, Forgery forgery)
{
    const auto challenge = state_.random_text(52, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    const json::object body{{"token", "nOtUsEdAnYmOrE"}, {"challenge", challenge}, {"type", "url_verification"}};
    auto delivery =
        raw(DeliveryKind::url_verification, state_.options.events_path, json_type, json::serialize(body), now, forgery);
    delivery.challenge = challenge;
    return delivery;
}

Delivery Workspace::ssl_check(TimeMs now)
{
    return raw(
        DeliveryKind::ssl_check, state_.options.commands_path, "application/x-www-form-urlencoded",
        print_form({{"ssl_check", "1"}, {"token", "nOtUsEdAnYmOrE"}}), now, Forgery::both_missing);
}

Delivery Workspace::raw(
    DeliveryKind kind, const std::string& path, const std::string& content_type, std::string body, TimeMs now,
    Forgery forgery)
{
    Delivery delivery;
    delivery.kind = kind;
    delivery.sent_at = now;
    delivery.request = signed_request(state_.options, path, content_type, std::move(body), now, forgery);
    return delivery;
}

}  // namespace standins::slack
