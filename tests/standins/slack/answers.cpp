#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/content.hpp"
#include "tests/standins/slack/response_url.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr TimeMs ack_limit_ms = 3'000;

bool answers_json(const Response& response)
{
    return std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
        return header.first == "content-type" && header.second.starts_with("application/json");
    });
}

std::optional<json::object> body_object(const Response& response)
{
    json::error_code problem;
    auto value = json::parse(response.body, problem);
    if (problem || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

bool echoes(const Response& response, const std::string& challenge)
{
    if (response.body == challenge) return true;
    if (const auto object = body_object(response))
        return object->contains("challenge") && to_text(object->at("challenge")) == challenge;
    const auto form = parse_form(response.body);
    return form && form_value(*form, "challenge") == challenge;
}

// What the person reads when the app failed.
std::string failure(const Delivery& delivery, const std::string& error)
{
    const auto name = delivery.typed.substr(0, delivery.typed.find(' '));
    return (name.empty() ? "The app" : name) + " failed with the error \"" + error + "\"";
}

bool is_input_block(const View& view, std::string_view block_id)
{
    const auto& blocks = view.content.at("blocks").as_array();
    return std::any_of(blocks.begin(), blocks.end(), [&](const json::value& each) {
        const auto& block = each.as_object();
        return block.at("type") == "input" && to_text(block.at("block_id")) == block_id;
    });
}

void show_errors(View& view, const json::object& answer)
{
    const auto* errors = answer.if_contains("errors");
    if (errors == nullptr || !errors->is_object() || errors->get_object().empty())
        throw invalid_arguments("missing required field: errors");
    for (const auto& error : errors->get_object())
        if (!is_input_block(view, std::string_view{error.key().data(), error.key().size()}) ||
            to_text(error.value()).empty())
            throw invalid_arguments("errors must be keyed by the block_id of an input block");
    view.errors = errors->get_object();
}

void follow(State& state, View& view, const json::object& answer, TimeMs now)
{
    const auto* named = answer.if_contains("response_action");
    const auto action = named == nullptr ? std::string{} : to_text(*named);
    const auto* given = answer.if_contains("view");
    const auto user = view.user;
    if (action == "errors")
        show_errors(view, answer);
    else if (action == "update" && given != nullptr)
        replace_content(state, view, read_view(state, *given, view.id), now);
    else if (action == "push" && given != nullptr)
        push_modal(state, user, read_view(state, *given), now);
    else if (action == "clear")
        close_all(state, user);
    else
        throw invalid_arguments("unknown response_action");
    ++state.revision;
}

}  // namespace

void Workspace::answered(const Delivery& delivery, const Response& response, TimeMs now)
{
    const bool too_late = now - delivery.sent_at > ack_limit_ms;
    const bool is_event = delivery.kind == DeliveryKind::event;
    const bool accepted = is_event ? response.status / 100 == 2 : response.status == 200;
    if (too_late || !accepted)
    {
        const char* error = too_late ? "operation_timeout" : "dispatch_failed";
        if (!delivery.user.empty() && !is_event)
            state_.tell(now, delivery.user, delivery.channel, failure(delivery, error));
        return;
    }
    switch (delivery.kind)
    {
    case DeliveryKind::command: return take_command_answer(delivery, response, now);
    case DeliveryKind::view_submission: return take_submission_answer(delivery, response, now);
    case DeliveryKind::url_verification: state_.url_verified = echoes(response, delivery.challenge); return;
    case DeliveryKind::block_actions:
    case DeliveryKind::view_closed:
    case DeliveryKind::shortcut:
    case DeliveryKind::message_action:
    case DeliveryKind::event:
    case DeliveryKind::ssl_check: return;
    }
}

void Workspace::unanswered(const Delivery& delivery, TimeMs now)
{
    const bool is_seen = !delivery.user.empty() && delivery.kind != DeliveryKind::event;
    const char* error = now - delivery.sent_at > ack_limit_ms ? "operation_timeout" : "dispatch_failed";
    if (is_seen) state_.tell(now, delivery.user, delivery.channel, failure(delivery, error));
}

void Workspace::take_command_answer(const Delivery& delivery, const Response& response, TimeMs now)
{
    if (response.body.empty()) return;
    auto* url = find_response_url(state_, delivery.response_url);
    if (url == nullptr) return;
    json::object answer{{"text", response.body}};
    if (answers_json(response))
    {
        const auto body = body_object(response);
        if (!body)
            return state_.tell(now, delivery.user, delivery.channel, failure(delivery, "invalid_command_response"));
        answer = *body;
    }
    try
    {
        if (const auto* type = answer.if_contains("response_type"); type != nullptr && *type == "in_channel")
        {
            Message echo;
            echo.channel = delivery.channel;
            echo.user = delivery.user;
            echo.text = escape_entities(delivery.typed);
            state_.add_message(std::move(echo), now);
            if (answer.size() == 1) return;
        }
        apply_answer(state_, *url, Arguments{std::move(answer)}, now);
    }
    catch (const Refusal& refusal)
    {
        state_.tell(now, delivery.user, delivery.channel, failure(delivery, refusal.error));
    }
}

void Workspace::take_submission_answer(const Delivery& delivery, const Response& response, TimeMs now)
{
    auto& stack = state_.modals[delivery.user];
    // Only the visible view can be answered; the person may have closed it meanwhile.
    if (stack.empty() || stack.back().id != delivery.view_id) return;
    if (response.body.empty()) return close_top(state_, delivery.user);
    const auto answer = answers_json(response) ? body_object(response) : std::nullopt;
    try
    {
        if (!answer) throw invalid_arguments("the body is no response_action");
        follow(state_, stack.back(), *answer, now);
    }
    catch (const Refusal& refusal)
    {
        state_.tell(now, delivery.user, {}, failure(delivery, refusal.error));
    }
}

}  // namespace standins::slack
