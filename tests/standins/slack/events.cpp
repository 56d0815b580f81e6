#include "tests/standins/slack/payloads.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

// What Slack sends of its own accord: events, and its checks of an address.
namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr const char* json_type = "application/json";

}  // namespace

Delivery Workspace::open_home(const std::string& user, TimeMs now, const Variant& variant)
{
    const auto& options = state_.options;
    const auto& person = actor(user);
    if (!options.home_tab_enabled) throw CannotAct{"this app has no Home tab"};
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
