#include "tests/standins/slack/state.hpp"

#include <algorithm>
#include <cstdio>

namespace standins::slack {
namespace {

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view decimal_digits = "0123456789";
constexpr TimeMs response_url_lifetime_ms = 30 * 60'000;

template <class Map>
auto* find_in(Map& map, std::string_view key)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

bool has_id(const View& view, std::string_view id, std::string_view external_id)
{
    if (!id.empty()) return view.id == id;
    const auto* own = view.content.if_contains("external_id");
    return !external_id.empty() && own != nullptr && own->is_string() && own->get_string() == external_id;
}

}  // namespace

State::State(WorkspaceOptions options_) : options{std::move(options_)}, rates{options.rates}, random_{options.seed}
{
    if (options.bot_token.empty() || options.signing_secret.empty())
        throw std::invalid_argument{"a workspace needs a bot token and a signing secret"};
    users[options.bot_user_id] =
        User{options.bot_user_id, options.bot_name, options.bot_name, "", Standing::bot, "", false};
}

User* State::find_user(std::string_view id) { return find_in(users, id); }
const User* State::find_user(std::string_view id) const { return find_in(users, id); }
Channel* State::find_channel(std::string_view id) { return find_in(channels, id); }
const Channel* State::find_channel(std::string_view id) const { return find_in(channels, id); }

Message* State::find_message(std::string_view channel, std::string_view ts)
{
    auto* list = find_in(messages, channel);
    if (list == nullptr) return nullptr;
    const auto found = std::find_if(list->begin(), list->end(), [&](const Message& each) { return each.ts == ts; });
    return found == list->end() ? nullptr : &*found;
}

View* State::find_view(std::string_view id, std::string_view external_id)
{
    for (auto& [user, stack] : modals)
        for (auto& view : stack)
            if (has_id(view, id, external_id)) return &view;
    for (auto& [user, view] : homes)
        if (has_id(view, id, external_id)) return &view;
    return nullptr;
}

bool State::is_member(const Channel& channel, std::string_view user) const
{
    return std::find(channel.members.begin(), channel.members.end(), user) != channel.members.end();
}

Channel& State::direct_channel(const std::string& user)
{
    if (const auto* existing = find_direct_channel(user)) return channels.at(existing->id);
    Channel channel;
    channel.id = new_id("D");
    channel.kind = ChannelKind::im;
    channel.members = {user, options.bot_user_id};
    ++revision;
    return channels[channel.id] = std::move(channel);
}

const Channel* State::find_direct_channel(std::string_view user) const
{
    for (const auto& [id, channel] : channels)
        if (channel.kind == ChannelKind::im && is_member(channel, user) && bot_is_in(channel)) return &channel;
    return nullptr;
}

const std::string& State::team_of(const User& user) const
{
    return user.team_id.empty() ? options.team_id : user.team_id;
}

std::string State::add_message(Message message, TimeMs now)
{
    message.ts = next_ts(now);
    ++revision;
    return messages[message.channel].emplace_back(std::move(message)).ts;
}

void State::remove_message(std::string_view channel, std::string_view ts)
{
    auto* list = find_in(messages, channel);
    if (list == nullptr || std::erase_if(*list, [&](const Message& each) { return each.ts == ts; }) == 0) return;
    deleted.emplace(channel, ts);
    ++revision;
}

bool State::was_deleted(const std::string& channel, const std::string& ts) const
{
    return deleted.contains({channel, ts});
}

void State::tell(TimeMs now, std::string user, std::string channel, std::string text)
{
    notices.push_back(Notice{now, std::move(user), std::move(channel), std::move(text)});
    ++revision;
}

std::string State::new_trigger(const std::string& user, TimeMs now, std::string root_view_id)
{
    auto id =
        random_text(12, decimal_digits) + '.' + random_text(10, decimal_digits) + '.' + random_text(32, hex_digits);
    triggers[id] = Trigger{user, now, false, std::move(root_view_id)};
    return id;
}

std::string State::new_response_url(const std::string& kind, const std::string& owner, ResponseUrl url, TimeMs now)
{
    const auto path =
        "/response/" + kind + '/' + owner + '/' + random_text(13, decimal_digits) + '/' + random_text(24, mixed);
    url.expires = now + response_url_lifetime_ms;
    response_urls[path] = std::move(url);
    return options.api_base_url + path;
}

std::string State::new_hash(TimeMs now) { return std::to_string(now / 1'000) + '.' + random_text(8, mixed); }

std::string State::next_ts(TimeMs now)
{
    last_ts_us_ = std::max(last_ts_us_ + 1, now * 1'000);
    return us_to_ts(last_ts_us_);
}

std::string State::new_id(std::string_view prefix) { return std::string{prefix} + random_text(10, capitals); }

std::string State::random_text(std::size_t length, std::string_view alphabet)
{
    // Not std::uniform_int_distribution: its results differ between standard libraries, and a seed is a bug report.
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += alphabet[random_() % alphabet.size()];
    return text;
}

std::string State::new_block_id() { return random_text(5, mixed); }

std::int64_t ts_to_us(std::string_view ts)
{
    const auto dot = ts.find('.');
    const auto seconds = ts.substr(0, dot);
    const auto fraction = dot == std::string_view::npos ? std::string_view{} : ts.substr(dot + 1);
    const auto digits = [](std::string_view text) {
        return text.find_first_not_of(decimal_digits) == std::string_view::npos;
    };
    if (seconds.empty() || seconds.size() > 12 || fraction.size() > 6 || !digits(seconds) || !digits(fraction))
        return -1;
    std::int64_t us = 0;
    for (const char c : seconds) us = us * 10 + (c - '0');
    for (std::size_t i = 0; i < 6; ++i) us = us * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return us;
}

std::string us_to_ts(std::int64_t us)
{
    char text[40];
    std::snprintf(
        text, sizeof text, "%lld.%06lld", static_cast<long long>(us / 1'000'000),
        static_cast<long long>(us % 1'000'000));
    return text;
}

}  // namespace standins::slack
