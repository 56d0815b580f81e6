#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/member.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <set>

namespace countersign {

// Slack's events by which something that is remembered is out of date.
enum class DirectoryNews
{
    groups_changed,
    person_changed,
    access_lost,  // the app was removed, or its token revoked
};

// Who is in which group, and who they are. When Slack cannot be asked the answer is Errc::unavailable: that means no.
class Directory
{
public:
    virtual ~Directory() = default;

    // From memory, without waiting: as of at most 60 s ago normally, and never more than 10 minutes ago.
    // A person in no configured group is a Member without roles.
    virtual Result<Member> cached(SlackUserId user) const = 0;

    // From memory: as of at most 20 minutes ago.
    virtual ChannelSafety approvals_channel() const = 0;

    // The id by which a person is known: in an Enterprise organization one person may come under two, a local one and
    // that of the organization. From memory: the organization's, once Slack has told it; until then `user` itself.
    virtual SlackUserId identity(SlackUserId user) const = 0;

    // Makes sure that cached() can answer for this person, and identity() for one of an Enterprise organization:
    // returns at once when they can, else asks Slack until it answers, for at most `patience`. A call that is under way
    // then goes on, and its answer is kept. Problems: those of the calls; unavailable when Slack was only slow.
    virtual boost::asio::awaitable<Outcome<void>> learn(
        SlackUserId user, bool in_organization, Milliseconds patience) = 0;

    // Asks Slack (before an effect that cannot be taken back): who the person is, and which of `roles` they hold. All
    // who ask within three seconds share one answer. identity() knows the person from then on.
    virtual boost::asio::awaitable<Outcome<Member>> fetch(SlackUserId user, std::set<Role> roles) = 0;

    // Asks Slack whether the approvals channel is fit to decide in. Answers are shared as those of fetch().
    virtual boost::asio::awaitable<Outcome<ChannelSafety>> fetch_approvals_channel() = 0;

    // Reads what the news is about again, soon, and once for many news. Returns at once; nothing relies on it.
    virtual void heed(DirectoryNews news, std::optional<SlackUserId> about) = 0;
};

}  // namespace countersign
