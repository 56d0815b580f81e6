#include "tests/standins/slack/view_stack.hpp"

#include "tests/standins/slack/call.hpp"

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr std::size_t stack_max = 3;

View new_view(State& state, const std::string& user, const char* type, json::object content, TimeMs now)
{
    View view;
    view.id = state.new_id("V");
    view.user = user;
    view.type = type;
    view.values = initial_values(content.at("blocks").as_array());
    view.content = std::move(content);
    view.hash = state.new_hash(now);
    view.root_view_id = view.id;
    ++state.revision;
    return view;
}

}  // namespace

View& open_modal(State& state, const std::string& user, json::object content, TimeMs now)
{
    auto& stack = state.modals[user];
    stack.clear();
    return stack.emplace_back(new_view(state, user, "modal", std::move(content), now));
}

View& push_modal(State& state, const std::string& user, json::object content, TimeMs now)
{
    auto& stack = state.modals[user];
    if (stack.size() >= stack_max) throw Refusal{"push_limit_reached", {}, {}};
    auto view = new_view(state, user, "modal", std::move(content), now);
    if (!stack.empty())
    {
        view.root_view_id = stack.front().id;
        view.previous_view_id = stack.back().id;
    }
    return stack.emplace_back(std::move(view));
}

void replace_content(State& state, View& view, json::object content, TimeMs now)
{
    view.values = kept_values(content.at("blocks").as_array(), view.values);
    view.content = std::move(content);
    view.errors.clear();
    view.hash = state.new_hash(now);
    ++state.revision;
}

View& publish_home(State& state, const std::string& user, json::object content, TimeMs now)
{
    const auto found = state.homes.find(user);
    if (found == state.homes.end()) return state.homes[user] = new_view(state, user, "home", std::move(content), now);
    replace_content(state, found->second, std::move(content), now);
    return found->second;
}

void close_top(State& state, const std::string& user)
{
    auto& stack = state.modals[user];
    if (!stack.empty()) stack.pop_back();
    ++state.revision;
}

void close_all(State& state, const std::string& user)
{
    state.modals[user].clear();
    ++state.revision;
}

}  // namespace standins::slack
