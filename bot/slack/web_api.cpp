#include "bot/slack/web_api.hpp"

#include "bot/slack/answer_outline.hpp"
#include "bot/slack/response_url.hpp"
#include "handlers/core/log.hpp"
#include "handlers/slack/payload.hpp"
#include "handlers/slack/refusal.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace countersign::slack {

namespace json = boost::json;
using boost::asio::awaitable;

namespace {

constexpr Milliseconds call_deadline{10'000};
constexpr Milliseconds search_deadline{15'000};  // of all pages of find_message
constexpr Milliseconds channel_interval{1'000};  // between messages to one channel
constexpr int search_pages_max = 10;
constexpr std::string_view search_page_size = "200";
constexpr std::string_view metadata_type = "countersign_post";
constexpr std::size_t cursor_units_max = 1000;
constexpr std::size_t marker_units_max = 255;

std::string to_text(const json::value& value) { return json::serialize(value); }

json::string_view view_of(std::string_view text) { return {text.data(), text.size()}; }

std::string metadata_of(std::string_view uuid)
{
    json::object payload;
    payload["id"] = view_of(uuid);
    json::object metadata;
    metadata["event_type"] = view_of(metadata_type);
    metadata["event_payload"] = std::move(payload);
    return to_text(metadata);
}

void add_blocks(Fields& fields, const Message& message)
{
    if (!message.blocks.empty()) fields.emplace_back("blocks", to_text(message.blocks));
}

// "1763800000.000000": how Slack writes a moment.
std::string slack_time(TimePoint at)
{
    const auto ms = to_unix_ms(std::max(at, TimePoint{}));
    std::array<char, 40> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%lld.%06lld", static_cast<long long>(ms / 1000),
        static_cast<long long>(ms % 1000 * 1000));
    return {text.data(), static_cast<std::size_t>(size)};
}

bool is_marked(const json::value& message, std::string_view uuid)
{
    const PayloadReader reader{message};
    return reader.text("/metadata/event_type", marker_units_max) == metadata_type &&
        reader.text("/metadata/event_payload/id", marker_units_max) == uuid;
}

// Methods whose refusals are remembered: see note().
bool is_delivery(std::string_view method)
{
    return method == "chat.postMessage" || method == "chat.update" || method == "conversations.open" ||
        method == "views.publish";
}

bool is_mendable(const Problem& problem)
{
    const bool is_no = problem.code == Errc::refused || problem.code == Errc::forbidden;
    return is_no && kind_of(problem.reason) == Refusal::mendable;
}

void log_refusal(std::string_view method, const Problem& problem)
{
    if (is_delivery(method) && is_mendable(problem)) return;
    if (problem.code == Errc::forbidden)
        log::error("slack_call_forbidden", {{"method", method}, {"reason", problem.reason}});
    else
        log::warn(
            "slack_call_failed", {{"method", method}, {"code", name_of(problem.code)}, {"reason", problem.reason}});
}

}  // namespace

WebApi::WebApi(http::Client& client, http::Origin api, Secret bot_token, const Clock& clock)
    : client_{client},
      api_{std::move(api)},
      bot_token_{std::move(bot_token)},
      clock_{clock}
{}

awaitable<Outcome<json::value>> WebApi::call(
    std::string method, Fields fields, Idempotency idempotency, Milliseconds deadline)
{
    std::string form = http::encode_form(fields);
    co_return co_await call_with(
        std::move(method), Secret::take(form), idempotency, deadline, Answers::whole, json_bytes_max);
}

awaitable<Outcome<json::value>> WebApi::call_with(
    std::string method, Secret form, Idempotency idempotency, Milliseconds deadline, Answers answers,
    std::size_t bytes_max)
{
    if (const auto wait = pacing_.wait_for(method, clock_.steady()))
        co_return Problem{Errc::rate_limited, "paced", *wait};

    http::ClientRequest request{http::Method::post, api_, method, deadline};
    request.bearer.emplace(bot_token_.duplicate());
    request.content_type = "application/x-www-form-urlencoded";
    request.body.emplace(std::move(form));
    if (bytes_max > json_bytes_max) request.answer_bytes_max = bytes_max;
    auto response = co_await client_.send(std::move(request));
    if (response && answers == Answers::outlined)
    {
        std::string outline = outline_of(response->body);
        wipe(response->body);
        response->body = std::move(outline);
    }

    Outcome<json::value> answer = response ? judge(*response, idempotency, clock_.now(), bytes_max)
                                           : Outcome<json::value>{judge_failure(response.error(), idempotency)};
    note_token(answer);
    if (answer) co_return answer;
    const Problem& problem = answer.error();
    if (problem.code == Errc::rate_limited && problem.retry_after) hold(method, *problem.retry_after);
    log_refusal(method, problem);
    co_return answer;
}

void WebApi::hold(const std::string& name, Milliseconds time)
{
    const SteadyTime now = clock_.steady();
    pacing_.hold(name, now + time, now);
}

// An answer that is no success, and not about the token, says nothing of it.
void WebApi::note_token(const Outcome<json::value>& answer)
{
    const bool was_refused = token_refused_;
    if (answer)
        token_refused_ = false;
    else if (is_about_token(answer.error().reason))
        token_refused_ = true;
    if (token_refused_ && !was_refused) log::error("slack_token_refused", {{"reason", answer.error().reason}});
    if (was_refused && !token_refused_) log::info("slack_token_accepted");
}

void WebApi::note(const std::string& whom, const Outcome<json::value>& answer)
{
    if (answer)
        refusals_.served(whom, clock_.steady());
    else if (const Problem problem = answer.error(); is_mendable(problem))
        refusals_.refused(whom, problem.reason, clock_.steady());
}

awaitable<Outcome<WebApi::Place>> WebApi::post(ChannelId channel, Fields fields, Message message, std::string uuid)
{
    const std::string method = "chat.postMessage", slot = method + ' ' + channel.str();
    const SteadyTime now = clock_.steady();
    const auto wait = std::max(pacing_.wait_for(method, now), pacing_.wait_for(slot, now));
    if (wait) co_return Problem{Errc::rate_limited, "paced", *wait};
    hold(slot, channel_interval);

    add(fields, {{"channel", channel.str()}, {"text", message.text}});
    add_blocks(fields, message);
    add(fields,
        {{"metadata", metadata_of(uuid)}, {"parse", "none"}, {"unfurl_links", "false"}, {"unfurl_media", "false"}});
    const auto answer = co_await call(method, std::move(fields), Idempotency::once, call_deadline);
    note(channel.str(), answer);
    if (!answer) co_return answer.error();
    const PayloadReader reader{*answer};
    auto ts = reader.ts("/ts");
    if (!ts) co_return lost(Idempotency::once, "no_ts");
    const bool in_channel = reader.find("/message") != nullptr && reader.find("/message/thread_ts") == nullptr;
    Place place{std::move(*ts), in_channel};
    co_return place;
}

awaitable<Outcome<MessageTs>> WebApi::post_message(ChannelId channel, Message message, std::string uuid)
{
    Fields nothing_more;
    auto posted = co_await post(std::move(channel), std::move(nothing_more), std::move(message), std::move(uuid));
    if (!posted) co_return posted.error();
    co_return std::move(posted->ts);
}

awaitable<Outcome<MessageTs>> WebApi::post_reply(ChannelId channel, MessageTs parent, Message message, std::string uuid)
{
    Fields fields = form({{"thread_ts", parent.str()}});
    auto posted = co_await post(channel, std::move(fields), std::move(message), std::move(uuid));
    if (!posted && is_gone(posted.error())) co_return Problem{Errc::not_found, "parent_gone"};
    if (!posted) co_return posted.error();
    if (!posted->in_channel) co_return std::move(posted->ts);
    co_await take_back(std::move(channel), std::move(posted->ts));
    co_return Problem{Errc::not_found, "parent_gone"};
}

// A line that was meant for a thread tells those who read the channel nothing.
awaitable<void> WebApi::take_back(ChannelId channel, MessageTs ts)
{
    Fields fields = form({{"channel", channel.str()}, {"ts", ts.str()}});
    const auto answer = co_await call("chat.delete", std::move(fields), Idempotency::idempotent, call_deadline);
    if (!answer) log::warn("stray_line_not_deleted", {{"channel", channel}, {"reason", answer.error().reason}});
}

awaitable<Outcome<void>> WebApi::update_message(ChannelId channel, MessageTs ts, Message message)
{
    // Blocks are sent even when there are none: [] takes the old ones away, and their buttons with them.
    Fields fields = form(
        {{"channel", channel.str()},
         {"ts", ts.str()},
         {"text", message.text},
         {"blocks", to_text(message.blocks)},
         {"parse", "none"}});
    const auto answer = co_await call("chat.update", std::move(fields), Idempotency::idempotent, call_deadline);
    note(std::string{edits_prefix} + channel.str(), answer);
    co_return done(answer);
}

awaitable<Outcome<void>> WebApi::post_ephemeral(ChannelId channel, SlackUserId user, Message message)
{
    Fields fields = form({{"channel", channel.str()}, {"user", user.str()}, {"text", message.text}});
    add_blocks(fields, message);
    add(fields, {{"parse", "none"}});
    const auto answer = co_await call("chat.postEphemeral", std::move(fields), Idempotency::once, call_deadline);
    co_return done(answer);
}

awaitable<Outcome<void>> WebApi::respond(Secret response_url, Message message, bool replace)
{
    const std::string method = "response_url";
    if (const auto wait = pacing_.wait_for(method, clock_.steady()))
        co_return Problem{Errc::rate_limited, "paced", *wait};
    auto target = response_target(response_url, api_);
    if (!target) co_return target.error();

    json::object body;
    body["response_type"] = "ephemeral";
    body["replace_original"] = replace;
    body["text"] = view_of(message.text);
    if (!message.blocks.empty()) body["blocks"] = std::move(message.blocks);
    std::string text = to_text(body);
    http::ClientRequest request{http::Method::post, std::move(target->first), "", call_deadline};
    request.secret_target.emplace(std::move(target->second));
    request.content_type = "application/json";
    request.body.emplace(Secret::take(text));
    const auto response = co_await client_.send(std::move(request));

    const Outcome<void> answer = response ? judge_response_url(*response, clock_.now())
                                          : Outcome<void>{judge_failure(response.error(), Idempotency::once)};
    if (answer) co_return answer;
    if (answer.error().code == Errc::rate_limited && answer.error().retry_after)
        hold(method, *answer.error().retry_after);
    log_refusal(method, answer.error());
    co_return answer;
}

awaitable<Outcome<ChannelId>> WebApi::open_dm(SlackUserId user)
{
    Fields fields = form({{"users", user.str()}});
    const auto answer = co_await call("conversations.open", std::move(fields), Idempotency::idempotent, call_deadline);
    note(user.str(), answer);
    if (!answer) co_return answer.error();
    auto channel = PayloadReader{*answer}.id<ChannelId>("/channel/id");
    if (!channel) co_return lost(Idempotency::idempotent, "no_channel");
    co_return std::move(*channel);
}

// Metadata can be copied by any app of the workspace: what says that it is another's is not ours.
bool WebApi::is_ours(const json::value& message) const
{
    if (!identity_) return true;
    const PayloadReader reader{message};
    const auto bot = reader.id_text("/bot_id");
    const auto user = reader.id<SlackUserId>("/user");
    if (bot && !identity_->bot_id.empty() && *bot != identity_->bot_id) return false;
    return bot || !user || *user == identity_->user;
}

awaitable<Outcome<std::optional<MessageTs>>> WebApi::find_message(ChannelId channel, std::string uuid, TimePoint oldest)
{
    Fields where = form({{"channel", channel.str()}});
    co_return co_await search("conversations.history", std::move(where), std::move(uuid), oldest);
}

awaitable<Outcome<std::optional<MessageTs>>> WebApi::find_reply(
    ChannelId channel, MessageTs parent, std::string uuid, TimePoint oldest)
{
    Fields where = form({{"channel", channel.str()}, {"ts", parent.str()}});
    auto found = co_await search("conversations.replies", std::move(where), std::move(uuid), oldest);
    if (!found && is_gone(found.error())) co_return std::optional<MessageTs>{};
    co_return found;
}

awaitable<Outcome<std::optional<MessageTs>>> WebApi::search(
    std::string method, Fields where, std::string uuid, TimePoint oldest)
{
    using Found = std::optional<MessageTs>;
    const SteadyTime end = clock_.steady() + search_deadline;
    add(where,
        {{"oldest", slack_time(oldest)},
         {"inclusive", "true"},
         {"include_all_metadata", "true"},
         {"limit", search_page_size}});
    std::string cursor;
    for (int page = 0; page < search_pages_max; ++page)
    {
        const Milliseconds left = end - clock_.steady();
        if (left <= Milliseconds{0}) break;
        Fields fields = where;
        if (!cursor.empty()) fields.emplace_back("cursor", cursor);
        const auto answer =
            co_await call(method, std::move(fields), Idempotency::idempotent, std::min(left, call_deadline));
        if (!answer) co_return answer.error();

        const PayloadReader reader{*answer};
        const json::value* messages = reader.find("/messages");
        if (messages == nullptr || !messages->is_array()) co_return lost(Idempotency::idempotent, "no_messages");
        for (const json::value& message : messages->get_array())
        {
            if (!is_marked(message, uuid) || !is_ours(message)) continue;
            auto ts = PayloadReader{message}.ts("/ts");
            if (ts) co_return Found{std::move(ts)};
        }
        cursor = reader.text("/response_metadata/next_cursor", cursor_units_max);
        if (!reader.is_sound()) co_return lost(Idempotency::idempotent, "bad_cursor");
        if (cursor.empty()) co_return Found{};
    }
    co_return Problem{Errc::unavailable, "history_too_long"};
}

}  // namespace countersign::slack
