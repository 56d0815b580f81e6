#include "tests/standins/slack/web_api.hpp"

#include "tests/standins/slack/methods.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace json = boost::json;

namespace standins::slack {
namespace {

using List = std::vector<std::string>;

struct MethodRule
{
    std::string_view name;
    json::object (*run)(State&, Call&);
    Tier tier;
    bool json_allowed;
    bool get_allowed;
    List scopes;  // one of them is enough here; a method may ask for more by the kind of channel
};

// What Slack's reference says of each method: its scope, encodings, verbs.
const std::vector<MethodRule>& method_rules()
{
    static const List none;
    static const List write{"chat:write"};
    static const List read{"channels:read", "groups:read", "im:read", "mpim:read"};
    static const List history{"channels:history", "groups:history", "im:history", "mpim:history"};
    static const List open{"channels:manage", "groups:write", "im:write", "mpim:write"};
    static const std::vector<MethodRule> rules{
        {"auth.test", methods::auth_test, Tier::special, true, true, none},
        {"chat.delete", methods::chat_delete, Tier::three, true, false, write},
        {"chat.postEphemeral", methods::chat_post_ephemeral, Tier::four, true, false, write},
        {"chat.postMessage", methods::chat_post_message, Tier::special, true, false, write},
        {"chat.update", methods::chat_update, Tier::three, true, false, write},
        {"conversations.history", methods::conversations_history, Tier::three, true, true, history},
        {"conversations.info", methods::conversations_info, Tier::three, false, true, read},
        {"conversations.join", methods::conversations_join, Tier::three, true, false, {"channels:join"}},
        {"conversations.members", methods::conversations_members, Tier::four, false, true, read},
        {"conversations.open", methods::conversations_open, Tier::three, true, false, open},
        {"conversations.replies", methods::conversations_replies, Tier::three, true, true, history},
        {"usergroups.list", methods::usergroups_list, Tier::two, false, true, {"usergroups:read"}},
        {"usergroups.users.list", methods::usergroups_users_list, Tier::two, false, true, {"usergroups:read"}},
        {"users.info", methods::users_info, Tier::four, false, true, {"users:read"}},
        {"users.lookupByEmail", methods::users_lookup_by_email, Tier::three, false, true, {"users:read.email"}},
        {"views.open", methods::views_open, Tier::four, true, false, none},
        {"views.publish", methods::views_publish, Tier::four, true, false, none},
        {"views.push", methods::views_push, Tier::four, true, false, none},
        {"views.update", methods::views_update, Tier::four, true, false, none},
    };
    return rules;
}

template <class Strings>
std::string join(const Strings& parts)
{
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ",") + part;
    return out;
}

json::array strings(const std::vector<std::string>& values)
{
    json::array out;
    for (const auto& value : values) out.emplace_back(value);
    return out;
}

json::object refused(const Refusal& refusal)
{
    json::object body{{"ok", false}, {"error", refusal.error}};
    for (const auto& member : refusal.extra) body[member.key()] = member.value();
    if (!refusal.messages.empty()) body["response_metadata"] = json::object{{"messages", strings(refusal.messages)}};
    return body;
}

json::object accepted(json::object answer, const std::vector<std::string>& warnings)
{
    json::object body{{"ok", true}};
    for (auto& member : answer) body[member.key()] = std::move(member.value());
    if (warnings.empty()) return body;
    body["warning"] = join(warnings);
    auto& metadata = body["response_metadata"];
    if (!metadata.is_object()) metadata = json::object{};
    metadata.get_object()["warnings"] = strings(warnings);
    return body;
}

void demand_token(const State& state, const Request& request)
{
    const auto token = token_of(request);
    if (token.empty()) throw Refusal{"not_authed", {}, {}};
    if (token != state.options.bot_token) throw Refusal{"invalid_auth", {}, {}};
    if (!state.token_error.empty()) throw Refusal{state.token_error, {}, {}};
}

json::object run(State& state, const Request& request, const MethodRule& rule, ApiCall& record, TimeMs now)
{
    demand_token(state, request);
    const std::string name{rule.name};
    if (const auto wait = state.rates.call(name, rule.tier, now)) throw RateLimited{*wait};
    demand_scope(state, rule.scopes);
    auto call = read_call(request, name, rule.json_allowed, rule.get_allowed, now);
    record.args = call.args.values();
    auto answer = rule.run(state, call);
    return accepted(std::move(answer), call.warnings);
}

}  // namespace

Response json_response(int status, const json::object& body)
{
    return Response{status, {{"content-type", "application/json; charset=utf-8"}}, json::serialize(body)};
}

Response too_many_calls() { return json_response(429, {{"ok", false}, {"error", "ratelimited"}}); }

void demand_scope(const State& state, const std::vector<std::string>& scopes)
{
    const auto granted = [&](const std::string& scope) { return state.options.scopes.count(scope) > 0; };
    if (scopes.empty() || std::any_of(scopes.begin(), scopes.end(), granted)) return;
    throw Refusal{
        "missing_scope", {}, json::object{{"needed", join(scopes)}, {"provided", join(state.options.scopes)}}};
}

Channel& visible_channel(State& state, const std::string& id)
{
    auto* channel = state.find_channel(id);
    if (channel == nullptr || (channel->kind != ChannelKind::open && !state.bot_is_in(*channel)))
        throw Refusal{"channel_not_found", {}, {}};
    return *channel;
}

Response web_api(State& state, const Request& request, TimeMs now)
{
    const std::string name{request.path().substr(std::string_view{"/api/"}.size())};
    ApiCall record{now, name, {}, {}};
    Response response;
    const auto& rules = method_rules();
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const MethodRule& each) { return each.name == name; });
    try
    {
        if (rule == rules.end()) throw Refusal{"unknown_method", {}, json::object{{"req_method", name}}};
        response = json_response(200, run(state, request, *rule, record, now));
    }
    catch (const Refusal& refusal)
    {
        record.error = refusal.error;
        response = json_response(200, refused(refusal));
    }
    catch (const RateLimited& limited)
    {
        record.error = "ratelimited";
        response = too_many_calls();
        response.headers.emplace_back("retry-after", std::to_string(limited.retry_after_s));
    }
    response.headers.emplace_back("x-oauth-scopes", join(state.options.scopes));
    if (rule != rules.end()) response.headers.emplace_back("x-accepted-oauth-scopes", join(rule->scopes));
    state.calls.push_back(std::move(record));
    return response;
}

}  // namespace standins::slack
