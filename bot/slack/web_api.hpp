#pragma once

#include "bot/slack/api_answer.hpp"
#include "bot/slack/api_form.hpp"
#include "bot/slack/member_status.hpp"
#include "bot/slack/message_pacing.hpp"
#include "bot/slack/refusals.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/directory.hpp"
#include "handlers/ports/http_client.hpp"
#include "handlers/ports/slack_api.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace countersign::slack {

// Who we are, says auth.test.
struct Identity
{
    SlackTeamId team;
    SlackUserId user;
    std::string bot_id;  // may be empty
};

// A user group as usergroups.list tells of it.
struct GroupList
{
    std::optional<std::vector<SlackUserId>> members;  // absent: it does not say
    bool is_external = false;                         // kept by another company
};

// Slack's Web API (handlers/slack/CONTRACT.md, "Web API"): every call is a form with the token in its header. Calls
// that Slack, or its limits as far as we know them, would refuse for their rate are not sent: rate_limited says when
// they may be. What Slack refuses to deliver is said once in the log, and once when that is over. Each call ends within
// 15 s. Call from one executor; the client and the clock outlive it.
class WebApi final : public SlackApi
{
public:
    // `api` is the base URL ("https://slack.com/api/").
    WebApi(http::Client& client, http::Origin api, Secret bot_token, const Clock& clock);

    boost::asio::awaitable<Outcome<MessageTs>> post_message(
        ChannelId channel, Message message, std::string uuid) override;
    // Slack posts a reply to a message that is gone into the channel: such a line is deleted.
    boost::asio::awaitable<Outcome<MessageTs>> post_reply(
        ChannelId channel, MessageTs parent, Message message, std::string uuid) override;
    boost::asio::awaitable<Outcome<void>> update_message(ChannelId channel, MessageTs ts, Message message) override;
    boost::asio::awaitable<Outcome<void>> post_ephemeral(ChannelId channel, SlackUserId user, Message message) override;
    boost::asio::awaitable<Outcome<void>> respond(Secret response_url, Message message, bool replace) override;
    boost::asio::awaitable<Outcome<ChannelId>> open_dm(SlackUserId user) override;
    // At most 10 pages; unavailable (history_too_long) when the message may be beyond them.
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_message(
        ChannelId channel, std::string uuid, TimePoint oldest) override;
    // The same within a thread.
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_reply(
        ChannelId channel, MessageTs parent, std::string uuid, TimePoint oldest) override;

    boost::asio::awaitable<Outcome<std::string>> open_view(Secret trigger_id, boost::json::object view) override;
    boost::asio::awaitable<Outcome<void>> update_view(std::string external_id, boost::json::object view) override;
    boost::asio::awaitable<Outcome<void>> open_secret_view(Secret trigger_id, SecretView view) override;
    boost::asio::awaitable<Outcome<void>> update_secret_view(std::string external_id, SecretView view) override;
    boost::asio::awaitable<Outcome<void>> publish_home(SlackUserId user, boost::json::object view) override;
    boost::asio::awaitable<Outcome<ChannelFacts>> channel_facts(ChannelId channel) override;

    // What Slack refuses to deliver at the moment, that somebody can mend.
    Refusals& refusals() noexcept { return refusals_; }
    const Refusals& refusals() const noexcept { return refusals_; }

    // Slack has refused the token at the last call that it was judged by: until a call succeeds.
    bool is_token_refused() const noexcept { return token_refused_; }

    // auth.test; remembers the answer, so that find_message knows our own messages.
    boost::asio::awaitable<Outcome<Identity>> auth_test();
    // usergroups.list: every group of the workspace that is not disabled, with its members, in one call (of 20 a
    // minute). At most 10 pages of 16 MiB each; unavailable (response_too_large) when it is more.
    boost::asio::awaitable<Outcome<std::map<SlackGroupId, GroupList>>> group_lists();
    // usergroups.users.list: of one group.
    boost::asio::awaitable<Outcome<std::vector<SlackUserId>>> group_members(SlackGroupId group);
    // users.info, judged as seen from our workspaces (member_status.hpp).
    boost::asio::awaitable<Outcome<PersonFacts>> user_info(SlackUserId user, std::set<SlackTeamId> our_teams);

private:
    // What is kept of an answer: all of it, or nothing but whether it was a success.
    enum class Answers
    {
        whole,
        outlined,
    };

    // Where a message came to stand.
    struct Place
    {
        MessageTs ts;
        bool in_channel;  // and in no thread, as far as the answer says
    };

    boost::asio::awaitable<Outcome<Place>> post(ChannelId channel, Fields fields, Message message, std::string uuid);
    boost::asio::awaitable<void> take_back(ChannelId channel, MessageTs ts);
    boost::asio::awaitable<Outcome<std::optional<MessageTs>>> search(
        std::string method, Fields where, std::string uuid, TimePoint oldest);
    // Nothing more under this name for so long.
    void hold(const std::string& name, Milliseconds time);
    void note_token(const Outcome<boost::json::value>& answer);
    // What became of a delivery to this channel or person.
    void note(const std::string& whom, const Outcome<boost::json::value>& answer);
    boost::asio::awaitable<Outcome<boost::json::value>> call(
        std::string method, Fields fields, Idempotency idempotency, Milliseconds deadline);
    // `bytes_max`: of the answer.
    boost::asio::awaitable<Outcome<boost::json::value>> call_with(
        std::string method, Secret form, Idempotency idempotency, Milliseconds deadline, Answers answers,
        std::size_t bytes_max);
    boost::asio::awaitable<Outcome<void>> show_secrets(
        std::string method, std::string key, std::string value, SecretView view, Idempotency idempotency,
        Milliseconds deadline);
    bool is_ours(const boost::json::value& message) const;

    http::Client& client_;
    http::Origin api_;
    Secret bot_token_;
    const Clock& clock_;
    Pacing pacing_;
    Refusals refusals_;
    std::optional<Identity> identity_;
    bool token_refused_ = false;
};

}  // namespace countersign::slack
