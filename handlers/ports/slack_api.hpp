#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/slack/message.hpp"
#include "handlers/slack/secret_view.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace countersign {

// Of conversations.info.
struct ChannelFacts
{
    bool is_private = false;
    bool is_shared_outside = false;  // by Slack Connect, or about to be
    bool is_archived = false;
};

// The calls that the effects make, over Slack's Web API (handlers/slack/CONTRACT.md, "Web API"). Every call ends within
// 15 s. Problems: rate_limited (with retry_after; also when our own pacing of one message a second a channel says
// wait), unreachable, answer_lost (posts only), forbidden (token or scope), refused (reason = Slack's error code),
// unavailable (Slack did nothing, or doing it again does no harm: try later), too_large (of what is read: the answer is
// over our limit, and would be again).
class SlackApi
{
public:
    virtual ~SlackApi() = default;

    // chat.postMessage. `uuid` travels in the message's metadata so that find_message can find it after a lost answer.
    virtual boost::asio::awaitable<Outcome<MessageTs>> post_message(
        ChannelId channel, slack::Message message, std::string uuid) = 0;
    // The same as a reply in the thread of `parent`, which find_reply finds. not_found (parent_gone): there is no such
    // message any more, and nothing of ours stands in the channel in its place, as far as that can be helped.
    virtual boost::asio::awaitable<Outcome<MessageTs>> post_reply(
        ChannelId channel, MessageTs parent, slack::Message message, std::string uuid) = 0;
    // chat.update
    virtual boost::asio::awaitable<Outcome<void>> update_message(
        ChannelId channel, MessageTs ts, slack::Message message) = 0;
    // chat.postEphemeral: seen by `user` alone, not stored by Slack, not guaranteed.
    virtual boost::asio::awaitable<Outcome<void>> post_ephemeral(
        ChannelId channel, SlackUserId user, slack::Message message) = 0;
    // POST to a response_url: private; with `replace` it replaces the message that it answers.
    // refused: spent, expired, or a host that is not allowed.
    virtual boost::asio::awaitable<Outcome<void>> respond(
        Secret response_url, slack::Message message, bool replace) = 0;
    // conversations.open
    virtual boost::asio::awaitable<Outcome<ChannelId>> open_dm(SlackUserId user) = 0;
    // conversations.history since `oldest`: our message with this uuid in its metadata, if it is there.
    virtual boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_message(
        ChannelId channel, std::string uuid, TimePoint oldest) = 0;
    // conversations.replies: the same of the replies to `parent`. Nothing is found under a message that is gone.
    virtual boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_reply(
        ChannelId channel, MessageTs parent, std::string uuid, TimePoint oldest) = 0;

    // views.open: within 3 s of the interaction that gave the trigger. Ends within 3 s, as nobody sees it later.
    // refused: expired_trigger_id and the like: not shown. answer_lost: it may have been shown. The view's id.
    virtual boost::asio::awaitable<Outcome<std::string>> open_view(Secret trigger_id, boost::json::object view) = 0;
    // views.update of a modal that was opened with this external_id. not_found: it was closed, or is not open yet.
    virtual boost::asio::awaitable<Outcome<void>> update_view(std::string external_id, boost::json::object view) = 0;
    // The same two for a modal that shows secrets: what they say exists in wiped, locked memory only. `refused` with
    // secret_view_broken: the view has not one place for each secret; nothing was sent.
    virtual boost::asio::awaitable<Outcome<void>> open_secret_view(Secret trigger_id, slack::SecretView view) = 0;
    virtual boost::asio::awaitable<Outcome<void>> update_secret_view(
        std::string external_id, slack::SecretView view) = 0;
    // views.publish
    virtual boost::asio::awaitable<Outcome<void>> publish_home(SlackUserId user, boost::json::object view) = 0;
    // conversations.info. not_found: there is no such channel, or the bot cannot see it.
    virtual boost::asio::awaitable<Outcome<ChannelFacts>> channel_facts(ChannelId channel) = 0;
};

}  // namespace countersign
