#include "handlers/actions/reception.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/text.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/one_moment.hpp"
#include "handlers/views/operation_words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

namespace countersign::actions {

namespace {

// Whose answer is a window, for whoever may do it.
constexpr std::array window_actions = {details_action, deny_action, complete_action,
                                       new_action,     link_action, correct_action};

bool is_click_on(const slack::Interaction& interaction, std::string_view action)
{
    const auto* click = std::get_if<slack::BlockAction>(&interaction);
    return click != nullptr && click->action_id == action;
}

// The first field of a form that stays as it is.
std::string field_of(const slack::ViewSubmission& form)
{
    if (form.callback_id == deny_form) return std::string{views::denial_block};
    if (form.callback_id == request_form) return std::string{views::email_field};
    const std::string first = form.values.empty() ? std::string{} : form.values.begin()->first;
    return first.substr(0, first.find('/'));
}

}  // namespace

slack::Actor* actor_of(slack::Interaction& interaction)
{
    return std::visit(
        [](auto& value) -> slack::Actor* {
            if constexpr (requires { value.actor; })
                return &value.actor;
            else
                return nullptr;
        },
        interaction);
}

const slack::Source* source_of(const slack::Interaction& interaction)
{
    return std::visit(
        [](const auto& value) -> const slack::Source* {
            if constexpr (requires { value.source; })
                return &value.source;
            else
                return nullptr;
        },
        interaction);
}

const Secret* window_trigger(const slack::Interaction& interaction)
{
    if (const auto* shortcut = std::get_if<slack::Shortcut>(&interaction)) return &shortcut->trigger_id;
    if (const auto* shortcut = std::get_if<slack::MessageAction>(&interaction)) return &shortcut->trigger_id;
    if (const auto* click = std::get_if<slack::BlockAction>(&interaction))
    {
        const bool opens =
            std::find(window_actions.begin(), window_actions.end(), click->action_id) != window_actions.end();
        return opens ? &click->trigger_id : nullptr;
    }
    const auto* command = std::get_if<slack::SlashCommand>(&interaction);
    const bool opens_form =
        command != nullptr && clean_line(command->text).empty() && views::purpose_of_command(command->command);
    return opens_form ? &command->trigger_id : nullptr;
}

Reception reception_of(const slack::Interaction& interaction, const Settings& settings)
{
    Reception reception;
    const bool has_author = !std::holds_alternative<slack::AppEvent>(interaction) &&
        !std::holds_alternative<slack::UrlVerification>(interaction);
    const slack::Source* source = source_of(interaction);
    // What asks Slack by itself, and what may not be done wherever its author belongs, does not wait.
    reception.asks =
        has_author && source != nullptr && is_served(*source, settings) && !is_click_on(interaction, show_action);
    reception.opens_window = window_trigger(interaction) != nullptr;
    reception.is_stored = is_click_on(interaction, approve_action);
    if (!reception.opens_window && !reception.is_stored) reception.patience = asked_before_answer;
    return reception;
}

FallbackTarget answer_target(const slack::Interaction& interaction)
{
    FallbackTarget target;
    if (const auto* click = std::get_if<slack::BlockAction>(&interaction))
    {
        target.channel = click->channel;
        if (click->response_url) target.response_url = click->response_url->duplicate();
    }
    if (const auto* command = std::get_if<slack::SlashCommand>(&interaction))
    {
        target.channel = command->channel;
        target.response_url = command->response_url.duplicate();
    }
    if (const auto* shortcut = std::get_if<slack::MessageAction>(&interaction))
    {
        target.channel = shortcut->channel;
        target.response_url = shortcut->response_url.duplicate();
    }
    return target;
}

HandlerResult form_stays(const slack::ViewSubmission& form)
{
    const std::string field = field_of(form);
    // A form without a field has lost nothing that was typed.
    if (field.empty()) return slack::ViewReplaced{views::nothing_done(views::never_told())};
    std::map<std::string, std::string> errors;
    errors.emplace(field, views::form_waits());
    return slack::FieldErrors{std::move(errors)};
}

Delivery delivery_of(const HandlerResult& handled, bool has_window)
{
    if (const auto* rejected = std::get_if<slack::Rejected>(&handled.answer))
        return rejected->why == Errc::replayed ? Delivery::none : Delivery::not_stored;
    if (std::holds_alternative<slack::PrivateReply>(handled.answer)) return Delivery::reply;
    if (std::holds_alternative<slack::ViewReplaced>(handled.answer) && has_window) return Delivery::replaced_view;
    if (handled.then && std::holds_alternative<ReplaceView>(*handled.then)) return Delivery::follow_up;
    if (handled.then && std::holds_alternative<OpenView>(*handled.then))
        return has_window ? Delivery::opened_view : Delivery::drop;
    return has_window ? Delivery::said_in_note : Delivery::none;
}

}  // namespace countersign::actions
