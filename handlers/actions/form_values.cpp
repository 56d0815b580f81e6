#include "handlers/actions/form_values.hpp"

#include "handlers/core/text.hpp"
#include "handlers/rules/case_number.hpp"
#include "handlers/views/form_fields.hpp"

namespace countersign::actions {

namespace {

std::string entered(const slack::ViewSubmission& form, std::string_view field)
{
    std::string text = clean_line(form.value(views::entered_at(field)));
    // That somebody was not verified is no way of verifying them.
    return field == views::method_field && text == views::not_verified_value ? std::string{} : text;
}

void say(FieldFaults& faults, std::string_view field, std::string words)
{
    faults.emplace(std::string{field}, std::move(words));
}

void check_length(FieldFaults& faults, std::string_view field, const std::string& text, std::size_t units_max)
{
    if (utf16_units(text) > units_max)
        say(faults, field, "That is too long: at most " + std::to_string(units_max) + " characters.");
}

void check_name(FieldFaults& faults, std::string_view field, const std::string& text)
{
    if (!text.empty() && !has_letter(text)) say(faults, field, "That is no name: it has no letter.");
}

}  // namespace

Draft draft_of(const slack::ViewSubmission& form)
{
    Draft draft;
    std::string purpose = entered(form, views::purpose_field);
    if (purpose.empty()) purpose = form.private_metadata;
    draft.purpose = purpose_named(purpose).value_or(Purpose::reset);
    // As typed: the parser refuses what cleaning would join to another address.
    draft.email = std::string{form.value(views::entered_at(views::email_field))};
    draft.reason = entered(form, views::reason_field);
    draft.case_number = entered(form, views::case_number_field);
    const std::string method = entered(form, views::method_field), note = entered(form, views::note_field);
    // A note without a method is kept, so that faults_of can ask for the method.
    if (!method.empty() || !note.empty()) draft.verification = Verification{method, note};
    draft.given_name = entered(form, views::given_field);
    draft.family_name = entered(form, views::family_field);
    return draft;
}

FieldFaults faults_of(const Draft& draft, const Settings& settings, bool verification_required)
{
    FieldFaults faults;
    check_length(faults, views::reason_field, draft.reason, reason_units_max);
    check_length(faults, views::case_number_field, draft.case_number, case_number_units_max);
    check_length(faults, views::given_field, draft.given_name, name_units_max);
    check_length(faults, views::family_field, draft.family_name, name_units_max);
    check_name(faults, views::given_field, draft.given_name);
    check_name(faults, views::family_field, draft.family_name);
    if (settings.fields.reason_required && draft.reason.empty())
        say(faults, views::reason_field, "Say why: the team lead decides on it.");
    if (settings.fields.case_number_required && draft.case_number.empty())
        say(faults, views::case_number_field, "The ticket number is needed.");
    if (!draft.case_number.empty() && !rules::is_case_number(settings.fields.case_number_pattern, draft.case_number))
        say(faults, views::case_number_field,
            "That is no ticket number" +
                (settings.fields.ticket_example.empty() ? std::string{"."}
                                                        : ", such as " + settings.fields.ticket_example + "."));
    const bool has_method = draft.verification && settings.verification.method(draft.verification->method) != nullptr;
    if (draft.verification && draft.verification->method.empty())
        say(faults, views::method_field, "Say which way the note is about, or clear the note.");
    if (draft.verification && !has_method)
        say(faults, views::method_field, "This way is not offered any more: choose another.");
    if (verification_required && !draft.verification)
        say(faults, views::method_field, "Say how the caller was verified.");
    if (draft.verification) check_length(faults, views::note_field, draft.verification->note, note_units_max);
    if (draft.given_name.empty() != draft.family_name.empty())
        say(faults, draft.given_name.empty() ? views::given_field : views::family_field, "Both names, or none.");
    return faults;
}

}  // namespace countersign::actions
