#include "tests/standins/slack/methods.hpp"
#include "tests/standins/slack/web_api.hpp"
#include "tests/standins/slack/wire.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cctype>

namespace json = boost::json;

namespace standins::slack::methods {
namespace {

bool same_address(std::string_view a, std::string_view b)
{
    const auto same = [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool sees_addresses(const State& state) { return state.options.scopes.count("users:read.email") > 0; }

// A token of one workspace has no other (on an org-wide install team_id would be demanded).
void demand_own_team(const State& state, const Arguments& args)
{
    const auto team = args.text("team_id");
    if (team && !team->empty() && *team != state.options.team_id) throw Refusal{"team_access_not_granted", {}, {}};
}

json::array ids(const std::vector<std::string>& users)
{
    json::array out;
    for (const auto& id : users) out.emplace_back(id);
    return out;
}

}  // namespace

json::object auth_test(State& state, Call&)
{
    const auto& options = state.options;
    json::object answer{
        {"url", "https://" + options.team_domain + ".slack.com/"},
        {"team", options.team_domain},
        {"user", options.bot_name},
        {"team_id", options.team_id},
        {"user_id", options.bot_user_id},
        {"bot_id", options.bot_id},
        {"app_id", options.app_id},
        {"is_enterprise_install", false}};
    if (!options.enterprise_id.empty()) answer["enterprise_id"] = options.enterprise_id;
    return answer;
}

json::object usergroups_list(State& state, Call& call)
{
    demand_own_team(state, call.args);
    json::array listed;
    for (const auto& [id, group] : state.groups)
    {
        if (group.disabled && !call.args.flag("include_disabled")) continue;
        auto described = to_json(state, group);
        if (call.args.flag("include_users")) described["users"] = ids(group.users);
        if (!call.args.flag("include_count")) described.erase("user_count");
        listed.push_back(std::move(described));
    }
    return {{"usergroups", std::move(listed)}};
}

json::object usergroups_users_list(State& state, Call& call)
{
    demand_own_team(state, call.args);
    const auto found = state.groups.find(call.args.required("usergroup"));
    const bool is_listed =
        found != state.groups.end() && (!found->second.disabled || call.args.flag("include_disabled"));
    if (!is_listed) throw Refusal{"no_such_subteam", {}, {}};
    return {{"users", ids(found->second.users)}};
}

json::object users_info(State& state, Call& call)
{
    const auto* user = state.find_user(call.args.required("user"));
    if (user == nullptr) throw Refusal{"user_not_found", {}, {}};
    return {{"user", to_json(state, *user, sees_addresses(state))}};
}

// Deactivated people are found too: whether Slack does is not confirmed, and this is the case to be ready for.
json::object users_lookup_by_email(State& state, Call& call)
{
    const auto wanted = call.args.required("email");
    for (const auto& [id, user] : state.users)
        if (user.team_id.empty() && !user.email.empty() && same_address(user.email, wanted))
            return {{"user", to_json(state, user, sees_addresses(state))}};
    throw Refusal{"users_not_found", {}, {}};
}

}  // namespace standins::slack::methods
