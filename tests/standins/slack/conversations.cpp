#include "tests/standins/slack/methods.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/web_api.hpp"
#include "tests/standins/slack/wire.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>

namespace json = boost::json;

namespace standins::slack::methods {
namespace {

constexpr std::size_t group_conversation_max = 8;
constexpr std::string_view history_cursor = "next_ts:";
constexpr std::string_view members_cursor = "user_offset:";

// The scope family for this kind of channel: channels:read, groups:read, im:read, mpim:read, or the same with :history.
void demand_kind_scope(const State& state, const Channel& channel, const std::string& action)
{
    switch (channel.kind)
    {
    case ChannelKind::open: return demand_scope(state, {"channels:" + action});
    case ChannelKind::closed: return demand_scope(state, {"groups:" + action});
    case ChannelKind::im: return demand_scope(state, {"im:" + action});
    case ChannelKind::mpim: return demand_scope(state, {"mpim:" + action});
    }
}

// The number in a cursor; nothing without a cursor. Throws invalid_cursor.
std::optional<std::int64_t> read_cursor(const Arguments& args, std::string_view kind)
{
    const auto cursor = args.text("cursor");
    if (!cursor || cursor->empty()) return std::nullopt;
    const auto text = unbase64(*cursor);
    if (!text || !text->starts_with(kind)) throw Refusal{"invalid_cursor", {}, {}};
    std::int64_t number = 0;
    const auto* end = text->data() + text->size();
    const auto result = std::from_chars(text->data() + kind.size(), end, number);
    if (result.ec != std::errc{} || result.ptr != end || number < 0) throw Refusal{"invalid_cursor", {}, {}};
    return number;
}

std::string write_cursor(std::string_view kind, std::int64_t number)
{
    return base64(std::string{kind} + std::to_string(number));
}

std::int64_t read_ts(const Arguments& args, const char* name, std::int64_t fallback, const char* error)
{
    const auto ts = args.text(name);
    if (!ts || ts->empty()) return fallback;
    const auto us = ts_to_us(*ts);
    if (us < 0) throw Refusal{error, {}, {}};
    return us;
}

json::object open_group(State& state, const std::vector<std::string>& people)
{
    demand_scope(state, {"mpim:write"});
    if (people.size() > group_conversation_max) throw Refusal{"too_many_users", {}, {}};
    Channel channel;
    channel.id = state.new_id("G");
    channel.name = "mpdm-" + channel.id;
    channel.kind = ChannelKind::mpim;
    channel.members = people;
    channel.members.push_back(state.options.bot_user_id);
    ++state.revision;
    const auto id = channel.id;
    state.channels[id] = std::move(channel);
    return {{"channel", json::object{{"id", id}}}};
}

void demand_reachable(const State& state, const std::string& id)
{
    const auto* user = state.find_user(id);
    if (user == nullptr) throw Refusal{"user_not_found", {}, {}};
    if (user->standing == Standing::stranger) throw Refusal{"user_not_visible", {}, {}};
    if (user->standing == Standing::deactivated) throw Refusal{"user_disabled", {}, {}};
    if (id == state.options.bot_user_id) throw Refusal{"invalid_user_combination", {}, {}};
}

const Channel& readable_channel(State& state, const Arguments& args)
{
    const auto& channel = visible_channel(state, args.required("channel"));
    demand_kind_scope(state, channel, "history");
    if (!state.bot_is_in(channel)) throw Refusal{"not_in_channel", {}, {}};
    return channel;
}

enum class Order
{
    newest_first,
    oldest_first,
};

// A page of these, which come in that order, as far as the arguments ask for them.
json::object page_of(
    const State& state, const Arguments& args, const std::vector<const Message*>& messages, Order order)
{
    const auto oldest = read_ts(args, "oldest", 0, "invalid_ts_oldest");
    const auto latest = read_ts(args, "latest", INT64_MAX, "invalid_ts_latest");
    const auto limit = static_cast<std::size_t>(args.count("limit", 100, 999, "invalid_limit"));
    const auto cursor = read_cursor(args, history_cursor);
    const bool inclusive = args.flag("inclusive");
    const auto detail = args.flag("include_all_metadata") ? MetadataDetail::full : MetadataDetail::type_only;
    const auto is_before_page = [&](std::int64_t at) {
        return cursor && (order == Order::newest_first ? at > *cursor : at < *cursor);
    };
    json::array page;
    std::optional<std::int64_t> next;
    for (const auto* message : messages)
    {
        const auto at = ts_to_us(message->ts);
        const bool in_range = inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
        if (message->is_ephemeral() || !in_range || is_before_page(at)) continue;
        if (page.size() == limit)
        {
            next = at;
            break;
        }
        page.push_back(to_json(state, *message, detail));
    }
    json::object answer{{"messages", std::move(page)}, {"has_more", next.has_value()}};
    if (next) answer["response_metadata"] = json::object{{"next_cursor", write_cursor(history_cursor, *next)}};
    return answer;
}

}  // namespace

json::object conversations_open(State& state, Call& call)
{
    const auto existing = call.args.text("channel").value_or("");
    const auto people = split_list(call.args.text("users").value_or(""));
    if (existing.empty() && people.empty()) throw Refusal{"users_list_not_supplied", {}, {}};
    for (const auto& id : people) demand_reachable(state, id);
    if (people.size() > 1) return open_group(state, people);

    demand_scope(state, {"im:write"});
    const Channel* channel = nullptr;
    bool already_open = true;
    if (!existing.empty())
    {
        channel = &visible_channel(state, existing);
        if (channel->kind != ChannelKind::im) throw Refusal{"method_not_supported_for_channel_type", {}, {}};
    }
    else
    {
        channel = state.find_direct_channel(people.front());
        already_open = channel != nullptr;
        if (!already_open && call.args.flag("prevent_creation")) throw Refusal{"channel_not_found", {}, {}};
        channel = &state.direct_channel(people.front());
    }
    json::object answer;
    if (already_open)
    {
        answer["no_op"] = true;
        answer["already_open"] = true;
    }
    answer["channel"] = call.args.flag("return_im") ? to_json(state, *channel) : json::object{{"id", channel->id}};
    return answer;
}

json::object conversations_info(State& state, Call& call)
{
    const auto& channel = visible_channel(state, call.args.required("channel"));
    demand_kind_scope(state, channel, "read");
    auto described = to_json(state, channel);
    if (call.args.flag("include_num_members")) described["num_members"] = channel.members.size();
    return {{"channel", std::move(described)}};
}

json::object conversations_join(State& state, Call& call)
{
    auto& channel = visible_channel(state, call.args.required("channel"));
    if (channel.kind != ChannelKind::open) throw Refusal{"method_not_supported_for_channel_type", {}, {}};
    if (channel.is_archived) throw Refusal{"is_archived", {}, {}};
    if (state.bot_is_in(channel))
        call.warnings.emplace_back("already_in_channel");
    else
    {
        channel.members.push_back(state.options.bot_user_id);
        ++state.revision;
    }
    return {{"channel", to_json(state, channel)}};
}

json::object conversations_history(State& state, Call& call)
{
    const auto& channel = readable_channel(state, call.args);
    std::vector<const Message*> messages;
    for (const auto& message : state.messages[channel.id])
        if (message.thread_ts.empty() || message.thread_ts == message.ts) messages.push_back(&message);
    std::reverse(messages.begin(), messages.end());
    auto answer = page_of(state, call.args, messages, Order::newest_first);
    answer["pin_count"] = 0;
    return answer;
}

// The parent and what hangs below it, the oldest first. One that was deleted has no thread any more.
json::object conversations_replies(State& state, Call& call)
{
    const auto& channel = readable_channel(state, call.args);
    const auto parent_ts = call.args.required("ts");
    const auto* parent = state.find_message(channel.id, parent_ts);
    if (parent == nullptr || parent->is_ephemeral()) throw Refusal{"thread_not_found", {}, {}};
    std::vector<const Message*> messages;
    for (const auto& message : state.messages[channel.id])
        if (message.ts == parent_ts || message.thread_ts == parent_ts) messages.push_back(&message);
    return page_of(state, call.args, messages, Order::oldest_first);
}

json::object conversations_members(State& state, Call& call)
{
    const auto& channel = visible_channel(state, call.args.required("channel"));
    demand_kind_scope(state, channel, "read");
    const auto limit = static_cast<std::size_t>(call.args.count("limit", 100, 1'000, "invalid_limit"));
    const auto begin = static_cast<std::size_t>(read_cursor(call.args, members_cursor).value_or(0));
    const auto end = std::min(begin + limit, channel.members.size());
    json::array page;
    for (auto i = begin; i < end; ++i) page.emplace_back(channel.members[i]);
    const bool has_more = end < channel.members.size();
    const auto cursor = has_more ? write_cursor(members_cursor, static_cast<std::int64_t>(end)) : std::string{};
    return {{"members", std::move(page)}, {"response_metadata", json::object{{"next_cursor", cursor}}}};
}

}  // namespace standins::slack::methods
