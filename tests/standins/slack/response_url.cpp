#include "tests/standins/slack/response_url.hpp"

#include "tests/standins/slack/content.hpp"
#include "tests/standins/slack/web_api.hpp"

#include <boost/json/parse.hpp>

namespace json = boost::json;

namespace standins::slack {
namespace {

Response spent(const State& state, const char* error)
{
    const int status = state.options.spent_style == SpentStyle::not_found ? 404 : 200;
    return json_response(status, {{"ok", false}, {"error", error}});
}

json::object read_body(const Request& request)
{
    if (!has_media_type(request, "application/json")) throw Refusal{"invalid_payload", {}, {}};
    json::error_code problem;
    auto body = json::parse(request.body, problem);
    if (problem || !body.is_object()) throw Refusal{"invalid_payload", {}, {}};
    return std::move(body.get_object());
}

bool is_public(const Arguments& args)
{
    const auto type = args.text("response_type").value_or("ephemeral");
    if (type != "ephemeral" && type != "in_channel") throw Refusal{"invalid_payload", {}, {}};
    return type == "in_channel";
}

void replace(State& state, Message& message, Content content, TimeMs now)
{
    message.text = content.text.value_or("");
    message.blocks = content.blocks ? std::move(*content.blocks) : json::array{};
    message.attachments = content.attachments ? std::move(*content.attachments) : json::array{};
    if (!message.is_ephemeral()) message.edited_ts = state.next_ts(now);
    ++state.revision;
}

void post(State& state, ResponseUrl& url, const Arguments& args, Content content, TimeMs now)
{
    Message message;
    message.channel = url.channel;
    message.user = state.options.bot_user_id;
    message.by_app = true;
    message.text = content.text.value_or("");
    if (content.blocks) message.blocks = std::move(*content.blocks);
    if (content.attachments) message.attachments = std::move(*content.attachments);
    message.thread_ts = args.text("thread_ts").value_or("");
    if (!is_public(args)) message.visible_to = url.user;
    if (is_public(args) && content.metadata && !content.metadata->empty())
        message.metadata = std::move(content.metadata);
    const auto ts = state.add_message(std::move(message), now);
    if (url.source_ts.empty()) url.source_ts = ts;
}

}  // namespace

ResponseUrl* find_response_url(State& state, const std::string& address)
{
    const auto& base = state.options.api_base_url;
    const auto found = state.response_urls.find(address.starts_with(base) ? address.substr(base.size()) : address);
    return found == state.response_urls.end() ? nullptr : &found->second;
}

void apply_answer(State& state, ResponseUrl& url, const Arguments& args, TimeMs now)
{
    is_public(args);  // refuses an unknown response_type before anything changes
    auto content = read_content(state, args);
    const bool deletes = args.flag("delete_original");
    if (!content.says_something() && !deletes) throw Refusal{"no_text", {}, {}};

    if (deletes)
    {
        state.remove_message(url.channel, url.source_ts);
        url.source_ts.clear();
        if (!content.says_something()) return;
    }
    auto* source = url.source_ts.empty() ? nullptr : state.find_message(url.channel, url.source_ts);
    if (args.flag("replace_original") && source != nullptr)
        replace(state, *source, std::move(content), now);
    else
        post(state, url, args, std::move(content), now);
}

Response respond(State& state, const Request& request, TimeMs now)
{
    ApiCall record{now, "response_url", {}, {}};
    Response response;
    auto* url = find_response_url(state, std::string{request.path()});
    try
    {
        if (url == nullptr || request.method != "POST") throw spent(state, "invalid_url");
        if (now > url->expires) throw spent(state, "Expired url");
        if (url->uses_left <= 0) throw spent(state, "used_url");
        const Arguments args{read_body(request)};
        record.args = args.values();
        if (const auto wait = state.rates.message("response_url:" + url->channel, now)) throw RateLimited{*wait};
        apply_answer(state, *url, args, now);
        --url->uses_left;
        response = state.options.response_url_answers_json
            ? json_response(200, {{"ok", true}})
            : Response{200, {{"content-type", "text/plain; charset=utf-8"}}, "ok"};
    }
    catch (const Response& refused)
    {
        record.error = "spent";
        response = refused;
    }
    catch (const Refusal& refusal)
    {
        record.error = refusal.error;
        response = json_response(400, {{"ok", false}, {"error", refusal.error}});
    }
    catch (const RateLimited& limited)
    {
        record.error = "ratelimited";
        response = too_many_calls();
        response.headers.emplace_back("retry-after", std::to_string(limited.retry_after_s));
    }
    state.calls.push_back(std::move(record));
    return response;
}

}  // namespace standins::slack
