#include "tests/scenario/disguise.hpp"

#include "tests/standins/slack/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace countersign::test {

namespace json = boost::json;
using standins::slack::Delivery;
using standins::slack::DeliveryKind;

namespace {

constexpr const char* some_enterprise = "E0123ABCD";
constexpr const char* form_type = "application/x-www-form-urlencoded";

void set(standins::slack::Form& form, const std::string& name, const std::string& value)
{
    for (auto& field : form)
        if (field.first == name)
        {
            field.second = value;
            return;
        }
    form.emplace_back(name, value);
}

// A command names one workspace, the one in which it was typed.
void edit_command(standins::slack::Form& form, const Disguise& disguise)
{
    if (disguise.person) set(form, "user_id", *disguise.person);
    if (disguise.team) set(form, "team_id", *disguise.team);
    if (disguise.app) set(form, "api_app_id", *disguise.app);
    if (!disguise.org_install) return;
    set(form, "is_enterprise_install", "true");
    set(form, "enterprise_id", some_enterprise);
}

void edit_view(json::object& view, const Disguise& disguise)
{
    if (disguise.home) view["team_id"] = *disguise.home;
    if (disguise.team) view["app_installed_team_id"] = *disguise.team;
}

// Setting a key moves all others (Boost 1.81 makes room first): nothing within the payload is held on to.
void edit_interaction(json::object& payload, const Disguise& disguise)
{
    json::object user = payload.at("user").as_object();
    if (disguise.person) user["id"] = *disguise.person;
    if (disguise.home) user["team_id"] = *disguise.home;
    if (disguise.without_home) user.erase("team_id");
    payload["user"] = std::move(user);
    if (payload.contains("view")) edit_view(payload.at("view").as_object(), disguise);
    // Forms of another company's people name their side; ours stays in app_installed_team_id.
    const bool is_form = payload.at("type").as_string().starts_with("view_");
    if (disguise.home && is_form) payload["team"] = json::object{{"id", *disguise.home}};
    if (disguise.team) payload["team"] = json::object{{"id", *disguise.team}};
    if (disguise.app) payload["api_app_id"] = *disguise.app;
    if (!disguise.org_install) return;
    payload["team"] = nullptr;
    payload["enterprise"] = json::object{{"id", some_enterprise}, {"name", "Acme Group"}};
    payload["is_enterprise_install"] = true;
}

void edit_event(json::object& body, const Disguise& disguise)
{
    if (disguise.team) body["team_id"] = *disguise.team;
    if (disguise.app) body["api_app_id"] = *disguise.app;
    json::object& authorization = body.at("authorizations").as_array().at(0).as_object();
    if (disguise.person) body.at("event").as_object()["user"] = *disguise.person;
    if (disguise.team) authorization["team_id"] = *disguise.team;
    if (disguise.org_install) authorization["is_enterprise_install"] = true;
}

standins::slack::Form form_of(const Delivery& delivery)
{
    return standins::slack::parse_form(delivery.request.body).value();
}

std::string edited_body(const Delivery& honest, const std::function<void(json::object&)>& edit)
{
    standins::slack::Form form = form_of(honest);
    json::object payload = json::parse(form.front().second).as_object();
    edit(payload);
    form.front().second = json::serialize(payload);
    return standins::slack::print_form(form);
}

Delivery signed_anew(
    World& world, Delivery delivery, const std::string& type, std::string body, standins::slack::Forgery forgery)
{
    delivery.sent_at = to_unix_ms(world.time.now());
    delivery.request = standins::slack::signed_request(
        world.slack.options(), delivery.request.target, type, std::move(body), delivery.sent_at, forgery);
    return delivery;
}

}  // namespace

std::optional<Delivery> disguised(World& world, const Delivery& honest, const Disguise& disguise)
{
    const std::string& before = honest.request.body;
    std::string body;
    std::string type = form_type;
    if (honest.kind == DeliveryKind::command)
    {
        standins::slack::Form form = form_of(honest);
        edit_command(form, disguise);
        body = standins::slack::print_form(form);
    }
    else if (honest.kind == DeliveryKind::event)
    {
        json::object event = json::parse(before).as_object();
        edit_event(event, disguise);
        body = json::serialize(event);
        type = "application/json";
    }
    else
        body = edited_body(honest, [&disguise](json::object& payload) { edit_interaction(payload, disguise); });
    if (body == before && disguise.forgery == standins::slack::Forgery::none) return std::nullopt;
    return signed_anew(world, honest, type, std::move(body), disguise.forgery);
}

Delivery with_payload(World& world, Delivery delivery, const std::function<void(json::object&)>& edit)
{
    std::string body = edited_body(delivery, edit);
    return signed_anew(world, std::move(delivery), form_type, std::move(body), standins::slack::Forgery::none);
}

}  // namespace countersign::test
