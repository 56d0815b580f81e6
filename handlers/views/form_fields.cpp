#include "handlers/views/form_fields.hpp"

#include "handlers/core/text.hpp"

#include <algorithm>

namespace countersign::views {

namespace {

slack::Element text_element(const std::string& typed, std::size_t length_max, bool multiline = false)
{
    slack::TextInput input{std::string{field_action}};
    input.initial_value = truncate_to_units(typed, length_max);
    input.multiline = multiline;
    input.max_length = length_max;
    return slack::plain_text_input(input);
}

}  // namespace

std::string entered_at(std::string_view field) { return std::string{field} + '/' + std::string{field_action}; }

slack::Block reason_input(const std::string& typed, const FieldSettings& settings)
{
    slack::Input input{std::string{reason_field}, "Why", text_element(typed, reason_units_max, true)};
    input.hint = "Shown to the team lead, and kept. No password, no personal data.";
    input.optional = !settings.reason_required;
    return slack::input(input);
}

slack::Block case_number_input(const std::string& typed, const FieldSettings& settings)
{
    slack::Input input{std::string{case_number_field}, "Ticket number", text_element(typed, case_number_units_max)};
    if (!settings.ticket_example.empty()) input.hint = "For example " + settings.ticket_example;
    input.optional = !settings.case_number_required;
    return slack::input(input);
}

slack::Block method_input(
    const std::optional<Verification>& chosen, const VerificationSettings& settings, bool required)
{
    slack::Choice choice{std::string{field_action}, {}};
    choice.placeholder = "Choose how";
    if (!required) choice.options.push_back({"Not verified", std::string{not_verified_value}});
    for (const VerificationMethod& method : settings.methods)
    {
        choice.options.push_back({method.label, method.id});
        if (chosen && chosen->method == method.id) choice.chosen = {method.id};
    }
    slack::Input input{std::string{method_field}, "How the caller was verified", slack::static_select(choice)};
    input.hint = "Shown to the team lead, and kept as evidence. What anybody can know about a person is no proof.";
    input.optional = !required;
    return slack::input(input);
}

slack::Block person_input()
{
    slack::Choice choice{std::string{field_action}, {{"Yes, this is the caller", std::string{is_person_value}, ""}}};
    slack::Input input{std::string{person_field}, "Is this the person?", slack::radio_buttons(choice)};
    input.hint = "Ask for something that only they can know. If in doubt, cancel the request.";
    return slack::input(input);
}

slack::Block note_input(const std::optional<Verification>& typed)
{
    slack::Input input{
        std::string{note_field}, "Note on the verification", text_element(typed ? typed->note : "", note_units_max)};
    input.optional = true;
    return slack::input(input);
}

slack::Block given_name_input(const std::string& typed, bool required)
{
    slack::Input input{std::string{given_field}, "First name", text_element(typed, name_units_max)};
    input.hint = "As it goes into the standard format. The team lead sees what you enter.";
    input.optional = !required;
    return slack::input(input);
}

slack::Block family_name_input(const std::string& typed, bool required)
{
    slack::Input input{std::string{family_field}, "Last name", text_element(typed, name_units_max)};
    input.optional = !required;
    return slack::input(input);
}

}  // namespace countersign::views
