#pragma once

#include "tests/standins/slack/model.hpp"
#include "tests/standins/slack/options.hpp"
#include "tests/standins/slack/rate_limits.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace standins::slack {

// The workspace's memory. It keeps no rules of visibility or permission: those are the methods' and the people's.
class State
{
public:
    // Throws std::invalid_argument without a token or a signing secret.
    explicit State(WorkspaceOptions options);

    User* find_user(std::string_view id);
    const User* find_user(std::string_view id) const;
    Channel* find_channel(std::string_view id);
    const Channel* find_channel(std::string_view id) const;
    // Ephemerals are found too. Nothing when there is no such message or it was deleted.
    Message* find_message(std::string_view channel, std::string_view ts);
    // An open modal or a home by its id or, when that is empty, by external_id.
    View* find_view(std::string_view id, std::string_view external_id);

    // Is the person in the channel?
    bool is_member(const Channel& channel, std::string_view user) const;
    bool bot_is_in(const Channel& channel) const { return is_member(channel, options.bot_user_id); }
    // The conversation of the app with a person; made when there is none.
    Channel& direct_channel(const std::string& user);
    const Channel* find_direct_channel(std::string_view user) const;
    // The workspace the person belongs to.
    const std::string& team_of(const User& user) const;

    // Stores a message under a new ts and says which.
    std::string add_message(Message message, TimeMs now);
    void remove_message(std::string_view channel, std::string_view ts);
    bool was_deleted(const std::string& channel, const std::string& ts) const;
    void tell(TimeMs now, std::string user, std::string channel, std::string text);

    std::string new_trigger(const std::string& user, TimeMs now, std::string root_view_id = {});
    // `kind` is "commands", "actions" or "app-actions"; `owner` the team's or organisation's id.
    std::string new_response_url(const std::string& kind, const std::string& owner, ResponseUrl url, TimeMs now);
    std::string new_hash(TimeMs now);

    // Message time stamps: strictly growing, whatever the clock does.
    std::string next_ts(TimeMs now);
    std::string new_id(std::string_view prefix);  // prefix and ten capitals or digits
    std::string random_text(std::size_t length, std::string_view alphabet);
    std::string new_block_id();

    WorkspaceOptions options;
    RateLimits rates;
    std::map<std::string, User, std::less<>> users;
    std::map<std::string, Group, std::less<>> groups;
    std::map<std::string, Channel, std::less<>> channels;
    std::map<std::string, std::vector<Message>, std::less<>> messages;  // by channel, oldest first
    std::set<std::pair<std::string, std::string>> deleted;              // channel and ts
    std::map<std::string, std::vector<View>, std::less<>> modals;       // by user, the visible one last
    std::map<MessageSeen, boost::json::object> entries;                 // what a person chose in a message
    std::map<std::string, View, std::less<>> homes;                     // by user
    std::map<std::string, Trigger, std::less<>> triggers;
    std::map<std::string, ResponseUrl, std::less<>> response_urls;  // by path
    std::vector<Notice> notices;
    std::vector<ApiCall> calls;
    std::string token_error;  // e.g. token_revoked: what every call is then refused with
    bool url_verified = false;
    std::uint64_t revision = 0;

private:
    std::mt19937_64 random_;
    std::int64_t last_ts_us_ = 0;
};

// Microseconds of a message ts ("1763800000.000100"); -1 when it is none.
std::int64_t ts_to_us(std::string_view ts);
std::string us_to_ts(std::int64_t us);

}  // namespace standins::slack
