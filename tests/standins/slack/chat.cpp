#include "tests/standins/slack/content.hpp"
#include "tests/standins/slack/methods.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/web_api.hpp"
#include "tests/standins/slack/wire.hpp"

namespace json = boost::json;

namespace standins::slack::methods {
namespace {

constexpr std::size_t post_text_max = 40'000;       // longer texts are cut
constexpr std::size_t update_text_max = 4'000;      // longer texts are refused
constexpr std::size_t ephemeral_bytes_max = 4'000;  // about what Slack takes

// Where the bot may write. A person's id is no conversation: the reference contradicts itself about what it would mean.
Channel& writable_channel(State& state, const Arguments& args)
{
    auto& channel = visible_channel(state, args.required("channel"));
    if (channel.is_archived) throw Refusal{"is_archived", {}, {}};
    if (!channel.refuses_apps.empty()) throw Refusal{channel.refuses_apps, {}, {}};
    const bool may_post_unjoined = state.options.scopes.count("chat:write.public") > 0;
    if (!state.bot_is_in(channel) && !may_post_unjoined) throw Refusal{"not_in_channel", {}, {}};
    if (channel.kind == ChannelKind::im && !state.options.messages_tab_enabled)
        throw Refusal{"messages_tab_disabled", {}, {}};
    return channel;
}

std::string thread_of(State& state, const Arguments& args, const std::string& channel)
{
    const auto thread_ts = args.text("thread_ts");
    if (!thread_ts || thread_ts->empty()) return {};
    const auto* parent = state.find_message(channel, *thread_ts);
    // A reply to what was deleted is taken, and stands in the channel.
    if (parent == nullptr && state.was_deleted(channel, *thread_ts)) return {};
    if (parent == nullptr || parent->is_ephemeral()) throw Refusal{"cannot_reply_to_message", {}, {}};
    return *thread_ts;
}

Message new_message(State& state, const std::string& channel, Content content)
{
    Message message;
    message.channel = channel;
    message.user = state.options.bot_user_id;
    message.by_app = true;
    message.text = content.text.value_or("");
    if (content.blocks) message.blocks = std::move(*content.blocks);
    if (content.attachments) message.attachments = std::move(*content.attachments);
    if (content.metadata && !content.metadata->empty()) message.metadata = std::move(content.metadata);
    return message;
}

// Our own message, or the refusal that fits; `not_ours` differs between update and delete.
Message& own_message(State& state, const Arguments& args, const char* not_ours)
{
    const auto& channel = visible_channel(state, args.required("channel"));
    auto* message = state.find_message(channel.id, args.required("ts"));
    if (message == nullptr || message->is_ephemeral()) throw Refusal{"message_not_found", {}, {}};
    if (!message->by_app) throw Refusal{not_ours, {}, {}};
    return *message;
}

}  // namespace

json::object chat_post_message(State& state, Call& call)
{
    const auto& channel = writable_channel(state, call.args);
    auto content = read_content(state, call.args);
    if (!content.says_something()) throw Refusal{"no_text", {}, {}};
    if (content.text && utf16_length(*content.text) > post_text_max)
    {
        content.text = utf16_prefix(*content.text, post_text_max);
        call.warnings.emplace_back("message_truncated");
    }
    auto message = new_message(state, channel.id, std::move(content));
    message.thread_ts = thread_of(state, call.args, channel.id);
    if (const auto wait = state.rates.message(channel.id, call.now)) throw RateLimited{*wait};

    const auto ts = state.add_message(std::move(message), call.now);
    return {
        {"channel", channel.id},
        {"ts", ts},
        {"message", to_json(state, *state.find_message(channel.id, ts), MetadataDetail::full)}};
}

json::object chat_update(State& state, Call& call)
{
    auto& message = own_message(state, call.args, "cant_update_message");
    auto content = read_content(state, call.args);
    if (!content.text && !content.blocks && !content.attachments && !content.metadata) throw Refusal{"no_text", {}, {}};
    if (content.text && utf16_length(*content.text) > update_text_max) throw Refusal{"msg_too_long", {}, {}};
    const bool leaves_nothing = content.text && content.text->empty() && (!content.blocks || content.blocks->empty());
    if (leaves_nothing) throw Refusal{"no_text", {}, {}};

    // A text alone takes the old blocks away; neither text nor blocks leaves both.
    if (content.blocks)
        message.blocks = std::move(*content.blocks);
    else if (content.text)
        message.blocks.clear();
    if (content.text) message.text = *content.text;
    if (content.attachments) message.attachments = std::move(*content.attachments);
    if (content.metadata)
    {
        if (content.metadata->empty())
            message.metadata.reset();
        else
            message.metadata = std::move(content.metadata);
    }
    message.edited_ts = state.next_ts(call.now);
    ++state.revision;
    return {
        {"channel", message.channel},
        {"ts", message.ts},
        {"text", message.text},
        {"message", to_json(state, message, MetadataDetail::full)}};
}

json::object chat_delete(State& state, Call& call)
{
    const auto& message = own_message(state, call.args, "cant_delete_message");
    const auto channel = message.channel;
    const auto ts = message.ts;
    state.remove_message(channel, ts);
    return {{"channel", channel}, {"ts", ts}};
}

json::object chat_post_ephemeral(State& state, Call& call)
{
    const auto& channel = writable_channel(state, call.args);
    if (!state.bot_is_in(channel)) throw Refusal{"not_in_channel", {}, {}};
    const auto user = call.args.required("user");
    if (!state.is_member(channel, user)) throw Refusal{"user_not_in_channel", {}, {}};
    auto content = read_content(state, call.args);
    if (!content.says_something()) throw Refusal{"no_text", {}, {}};
    if (content.text && content.text->size() > ephemeral_bytes_max) throw Refusal{"msg_too_long", {}, {}};

    auto message = new_message(state, channel.id, std::move(content));
    message.metadata.reset();
    message.thread_ts = thread_of(state, call.args, channel.id);
    message.visible_to = user;
    return {{"message_ts", state.add_message(std::move(message), call.now)}};
}

}  // namespace standins::slack::methods
