#include "tests/standins/slack/content.hpp"
#include "tests/standins/slack/methods.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/wire.hpp"

namespace json = boost::json;

namespace standins::slack::methods {
namespace {

constexpr TimeMs trigger_lifetime_ms = 3'000;

Refusal bad_trigger(const State& state, const char* error, const char* sentence)
{
    if (!state.options.old_trigger_errors) return Refusal{error, {}, {}};
    return invalid_arguments(std::string{"`trigger_id` "} + sentence + " [json-pointer:/trigger_id]");
}

// Valid for 3 s, once. Not yet spent here: a view that is refused leaves the trigger usable.
Trigger& usable_trigger(State& state, const Call& call)
{
    const auto found = state.triggers.find(call.args.required("trigger_id"));
    if (found == state.triggers.end()) throw bad_trigger(state, "invalid_trigger_id", "invalid");
    if (found->second.used) throw bad_trigger(state, "exchanged_trigger_id", "exchanged");
    if (call.now - found->second.issued > trigger_lifetime_ms)
        throw bad_trigger(state, "expired_trigger_id", "expired");
    return found->second;
}

json::value given_view(const Call& call)
{
    auto view = call.args.structure("view", "invalid_arguments");
    if (!view) throw invalid_arguments("missing required field: view");
    return *std::move(view);
}

void demand_type(const json::object& content, const std::string& type)
{
    if (to_text(content.at("type")) != type) throw invalid_arguments("must be " + type + " [json-pointer:/view/type]");
}

void demand_hash(const Call& call, const View& view)
{
    const auto hash = call.args.text("hash");
    if (hash && !hash->empty() && *hash != view.hash) throw Refusal{"hash_conflict", {}, {}};
}

}  // namespace

json::object views_open(State& state, Call& call)
{
    auto& trigger = usable_trigger(state, call);
    auto content = read_view(state, given_view(call));
    demand_type(content, "modal");
    trigger.used = true;
    return {{"view", to_json(state, open_modal(state, trigger.user, std::move(content), call.now))}};
}

json::object views_push(State& state, Call& call)
{
    auto& trigger = usable_trigger(state, call);
    auto content = read_view(state, given_view(call));
    demand_type(content, "modal");
    // The trigger must come from within the modals that are open now.
    if (trigger.root_view_id.empty()) throw bad_trigger(state, "invalid_trigger_id", "invalid");
    const auto& stack = state.modals[trigger.user];
    if (stack.empty() || stack.front().id != trigger.root_view_id) throw Refusal{"not_found", {}, {}};
    const auto& view = push_modal(state, trigger.user, std::move(content), call.now);
    trigger.used = true;
    return {{"view", to_json(state, view)}};
}

json::object views_update(State& state, Call& call)
{
    const auto id = call.args.text("view_id").value_or("");
    const auto external_id = call.args.text("external_id").value_or("");
    if (id.empty() && external_id.empty()) throw invalid_arguments("missing required field: view_id");
    auto* view = state.find_view(id, external_id);
    if (view == nullptr) throw Refusal{"not_found", {}, {}};
    auto content = read_view(state, given_view(call), view->id);
    demand_type(content, view->type);
    demand_hash(call, *view);
    replace_content(state, *view, std::move(content), call.now);
    return {{"view", to_json(state, *view)}};
}

json::object views_publish(State& state, Call& call)
{
    const auto user = call.args.required("user_id");
    if (state.find_user(user) == nullptr) throw Refusal{"invalid_arguments", {"invalid `user_id`"}, {}};
    if (!state.options.home_tab_enabled) throw Refusal{"not_enabled", {}, {}};
    const auto home = state.homes.find(user);
    const bool exists = home != state.homes.end();
    auto content = read_view(state, given_view(call), exists ? home->second.id : std::string{});
    demand_type(content, "home");
    if (exists) demand_hash(call, home->second);
    return {{"view", to_json(state, publish_home(state, user, std::move(content), call.now))}};
}

}  // namespace standins::slack::methods
