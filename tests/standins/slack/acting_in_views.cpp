#include "tests/standins/slack/actions.hpp"
#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/form_checks.hpp"
#include "tests/standins/slack/payloads.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>

namespace json = boost::json;

namespace standins::slack {
namespace {

bool says_yes(const json::object& object, const char* name)
{
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

const json::array& blocks_of(const View& view) { return view.content.at("blocks").as_array(); }

}  // namespace

View& Workspace::visible_modal(const std::string& user)
{
    auto& stack = state_.modals[user];
    if (stack.empty()) throw CannotAct{"no modal is open"};
    return stack.back();
}

View& Workspace::seen_view(const std::string& user, Place place)
{
    if (place == Place::modal) return visible_modal(user);
    const auto modals = state_.modals.find(user);
    if (modals != state_.modals.end() && !modals->second.empty()) throw CannotAct{"a modal lies over the Home tab"};
    const auto home = state_.homes.find(user);
    if (home == state_.homes.end()) throw CannotAct{"the app has published nothing on the Home tab"};
    return home->second;
}

void Workspace::enter(const std::string& user, const std::string& block_id, const json::value& input)
{
    actor(user);
    auto& view = visible_modal(user);
    for (const auto& each : blocks_of(view))
    {
        const auto& block = each.as_object();
        if (block.at("type") != "input" || to_text(block.at("block_id")) != block_id) continue;
        const Found found{&block, &block.at("element").as_object()};
        remember(view.values, found, entered(state_, found, input));
        ++state_.revision;
        return;
    }
    throw CannotAct{"the modal has no input block " + block_id};
}

Delivery Workspace::act_on_view(
    const User& user, const View& view, json::object action, TimeMs now, const Variant& variant)
{
    Delivery delivery;
    delivery.kind = DeliveryKind::block_actions;
    delivery.user = user.id;
    delivery.view_id = view.id;
    delivery.trigger_id = state_.new_trigger(user.id, now, view.type == "modal" ? view.root_view_id : std::string{});
    auto payload = interaction(state_, "block_actions", user, variant);
    payload["container"] = json::object{{"type", "view"}, {"view_id", view.id}};
    payload["view"] = view_in_payload(state_, view, user);
    payload["trigger_id"] = delivery.trigger_id;
    json::array actions;
    actions.push_back(std::move(action));
    payload["actions"] = std::move(actions);
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

Delivery Workspace::click_in_view(
    const std::string& user, Place place, const std::string& action_id, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    const auto& view = seen_view(user, place);
    auto action = pressed(find_action(blocks_of(view), action_id), state_.next_ts(now));
    return act_on_view(person, view, std::move(action), now, variant);
}

std::optional<Delivery> Workspace::choose_in_view(
    const std::string& user, Place place, const std::string& block_id, const std::string& action_id,
    const json::value& input, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    auto& view = seen_view(user, place);
    const auto found = find_action(blocks_of(view), block_id, action_id);
    auto value = entered(state_, found, input);
    remember(view.values, found, value);
    ++state_.revision;
    if (!dispatches(found)) return std::nullopt;
    return act_on_view(person, view, chosen(found, std::move(value), state_.next_ts(now)), now, variant);
}

Delivery Workspace::submit_view(
    const std::string& user, const json::object& entries, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    for (const auto& entry : entries) enter(user, std::string{entry.key().data(), entry.key().size()}, entry.value());
    auto& view = visible_modal(user);
    if (!view.content.contains("submit")) throw CannotAct{"the modal has no button to submit it"};
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

}  // namespace standins::slack
