#include "handlers/views/request_form.hpp"

#include "handlers/core/text.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/operation_words.hpp"

namespace countersign::views {

namespace {

constexpr std::size_t address_units_max = 254;

slack::Block email_block(const Draft& draft)
{
    slack::TextInput element{std::string{field_action}};
    element.initial_value = truncate_to_units(draft.email, address_units_max);
    element.placeholder = "ada@example.com";
    element.focus_on_load = true;
    slack::Input input{std::string{email_field}, "E-mail of the customer", slack::email_input(element)};
    input.hint = "The address of the account in Auth0.";
    return slack::input(input);
}

slack::Block purpose_block(const Draft& draft)
{
    slack::Choice choice{std::string{field_action}, {}};
    choice.options = {
        {"Reset the password", std::string{reset_value}, "of somebody who signed in before"},
        {"Set a first password", std::string{first_value}, "for somebody new"}};
    choice.chosen = {std::string{name_of(draft.purpose)}};
    return slack::input({std::string{purpose_field}, "What is needed", slack::radio_buttons(choice)});
}

}  // namespace

boost::json::object request_form(const Draft& draft, const Settings& settings, bool offers_purpose)
{
    const bool is_first = draft.purpose == Purpose::first_password;
    slack::Modal modal;
    modal.callback_id = std::string{::countersign::request_form};
    modal.title = std::string{words_of(draft.purpose).form_title};
    modal.submit = "Ask for approval";
    modal.close = "Cancel";
    modal.private_metadata = std::string{name_of(draft.purpose)};
    modal.blocks = {slack::section(slack::Mrkdwn{
        "The account is looked up first; then a team lead in <#" + settings.approvals.str() +
        "> decides. Nothing is changed before that."})};
    modal.blocks.push_back(email_block(draft));
    if (offers_purpose) modal.blocks.push_back(purpose_block(draft));
    if (is_first)
    {
        modal.blocks.push_back(given_name_input(draft.given_name, false));
        modal.blocks.push_back(family_name_input(draft.family_name, false));
    }
    modal.blocks.push_back(reason_input(draft.reason, settings.fields));
    modal.blocks.push_back(case_number_input(draft.case_number, settings.fields));
    if (!settings.verification.methods.empty())
    {
        modal.blocks.push_back(method_input(draft.verification, settings.verification, settings.verification.required));
        modal.blocks.push_back(note_input(draft.verification));
    }
    return slack::modal(modal);
}

}  // namespace countersign::views
