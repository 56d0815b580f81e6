#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::slack {

// A channel or person to whom Slack does not deliver, for a reason that an operator can mend.
struct Refused
{
    std::string whom;    // the id of a channel, a conversation or a person
    std::string reason;  // Slack's error code, the last one
    SteadyTime since;
    SteadyTime last;    // of the tries
    bool told = false;  // people were told
};

// What Slack refuses at the moment, so that it is said once: in the log at its begin and its end, in /readyz, and to
// people. Kept in memory: after a start the next try finds out again. Call from one executor.
class Refusals
{
public:
    void refused(const std::string& whom, const std::string& reason, SteadyTime now);
    void served(const std::string& whom, SteadyTime now);
    // Leaves out what was not tried for `lapsed_after`: it may be delivered by now.
    std::vector<Refused> lasting(SteadyTime now) const;
    void mark_told(const std::string& whom);
    void forget_lapsed(SteadyTime now);

    // Longer than the longest wait between two tries of a message.
    static constexpr std::chrono::minutes lapsed_after{30};

private:
    std::map<std::string, Refused> entries_;
};

// Before a person's id in Refused::whom: their Home. It raises no alarm, since an operator may have switched it off.
inline constexpr std::string_view home_prefix = "home ";

// Before a channel's id there: the messages that stand in it already. They may be edited where nothing can be posted.
inline constexpr std::string_view edits_prefix = "edits of ";

// The names of what is refused, in /readyz and in messages to people.
namespace refused_name {

inline constexpr std::string_view token = "token";
inline constexpr std::string_view approvals_channel = "approvals_channel";
inline constexpr std::string_view audit_channel = "audit_channel";
inline constexpr std::string_view direct_messages = "direct_messages";

}  // namespace refused_name

// The name of what this entry is about; empty where it is one conversation's trouble and not the bot's.
std::string_view name_of(const Refused& entry, const ChannelId& approvals, const ChannelId& audit) noexcept;

}  // namespace countersign::slack
