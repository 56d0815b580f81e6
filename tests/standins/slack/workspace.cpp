#include "tests/standins/slack/workspace.hpp"

#include "tests/standins/http_date.hpp"
#include "tests/standins/slack/response_url.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/web_api.hpp"
#include "tests/standins/slack/wire.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr std::string_view api_prefix = "/api/";
constexpr std::string_view response_prefix = "/response/";

const char* kind_name(ChannelKind kind)
{
    switch (kind)
    {
    case ChannelKind::open: return "public";
    case ChannelKind::closed: return "private";
    case ChannelKind::im: return "im";
    case ChannelKind::mpim: return "mpim";
    }
    return "";
}

json::object shown(const State& state, const Message& message, const std::string& viewer)
{
    auto out = to_json(state, message, MetadataDetail::type_only);
    out.erase("metadata");
    const auto* author = state.find_user(message.user);
    out["user_name"] = author == nullptr ? message.user : author->name;
    out["is_ephemeral"] = message.is_ephemeral();
    if (auto values = values_in(state, message, viewer); !values.empty())
        out["state"] = json::object{{"values", std::move(values)}};
    return out;
}

json::object shown(const State& state, const View& view)
{
    auto out = to_json(state, view);
    out["errors"] = view.errors;
    return out;
}

}  // namespace

bool Workspace::serves(const Request& request)
{
    return request.path().starts_with(api_prefix) || request.path().starts_with(response_prefix);
}

Exchange Workspace::exchange(const Request& request, TimeMs now)
{
    const auto path = request.path();
    const bool is_api = path.starts_with(api_prefix);
    if (!serves(request)) return {Response{404, {{"content-type", "text/plain"}}, "not found"}, Fault::none, 0};
    const auto name = is_api ? path.substr(api_prefix.size()) : std::string_view{"response_url"};
    Exchange served = carry_out(faults_.take(name), too_many_calls(), [&] {
        return is_api ? web_api(state_, request, now) : respond(state_, request, now);
    });
    put_date(served.response, now);
    return served;
}

void Workspace::add_user(User user)
{
    const auto id = user.id;
    state_.users[id] = std::move(user);
    ++state_.revision;
}

void Workspace::add_group(Group group)
{
    const auto id = group.id;
    state_.groups[id] = std::move(group);
}

void Workspace::add_channel(Channel channel)
{
    const auto id = channel.id;
    state_.channels[id] = std::move(channel);
    ++state_.revision;
}

User& Workspace::user(const std::string& id) { return state_.users.at(id); }
Group& Workspace::group(const std::string& id) { return state_.groups.at(id); }
Channel& Workspace::channel(const std::string& id) { return state_.channels.at(id); }

// A channel's people see it; so does everybody of the workspace who is no guest, when it is public.
bool Workspace::sees(const User& user, const Channel& channel) const
{
    return state_.is_member(channel, user.id) ||
        (channel.kind == ChannelKind::open && user.standing == Standing::member);
}

std::vector<Message> Workspace::messages(const std::string& channel) const
{
    std::vector<Message> out;
    const auto found = state_.messages.find(channel);
    if (found == state_.messages.end()) return out;
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(out), [](const Message& message) {
        return !message.is_ephemeral();
    });
    return out;
}

std::vector<Message> Workspace::visible_to(const std::string& user, const std::string& channel) const
{
    std::vector<Message> out;
    const auto* person = state_.find_user(user);
    const auto* place = state_.find_channel(channel);
    const auto found = state_.messages.find(channel);
    if (person == nullptr || place == nullptr || found == state_.messages.end() || !sees(*person, *place)) return out;
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(out), [&](const Message& message) {
        return !message.is_ephemeral() || message.visible_to == user;
    });
    return out;
}

std::vector<Message> Workspace::dms(const std::string& user) const
{
    const auto* channel = state_.find_direct_channel(user);
    return channel == nullptr ? std::vector<Message>{} : visible_to(user, channel->id);
}

std::vector<View> Workspace::modals(const std::string& user) const
{
    const auto found = state_.modals.find(user);
    return found == state_.modals.end() ? std::vector<View>{} : found->second;
}

std::optional<View> Workspace::home(const std::string& user) const
{
    const auto found = state_.homes.find(user);
    if (found == state_.homes.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string> Workspace::notices(const std::string& user) const
{
    std::vector<std::string> out;
    for (const auto& notice : state_.notices)
        if (notice.user == user) out.push_back(notice.text);
    return out;
}

json::object Workspace::snapshot(const std::string& user) const
{
    const auto& person = state_.users.at(user);
    json::array channels;
    for (const auto& [id, channel] : state_.channels)
    {
        if (!sees(person, channel)) continue;
        json::array shown_messages;
        for (const auto& message : visible_to(user, id)) shown_messages.push_back(shown(state_, message, user));
        json::object entry{
            {"id", id},
            {"name", channel.name},
            {"kind", kind_name(channel.kind)},
            {"is_member", state_.is_member(channel, user)},
            {"is_archived", channel.is_archived},
            {"is_ext_shared", channel.is_ext_shared},
            {"messages", std::move(shown_messages)}};
        if (channel.kind == ChannelKind::im)
            for (const auto& member : channel.members)
                if (member != user) entry["with"] = member;
        channels.push_back(std::move(entry));
    }
    json::array stack;
    for (const auto& view : modals(user)) stack.push_back(shown(state_, view));
    json::array told;
    for (const auto& notice : state_.notices)
        if (notice.user == user)
            told.push_back(json::object{{"at", notice.at}, {"channel", notice.channel}, {"text", notice.text}});
    json::object out{{"revision", state_.revision},     {"user", to_json(state_, person, true)},
                     {"channels", std::move(channels)}, {"modals", std::move(stack)},
                     {"notices", std::move(told)},      {"home", nullptr}};
    if (const auto view = home(user)) out["home"] = shown(state_, *view);
    return out;
}

}  // namespace standins::slack
