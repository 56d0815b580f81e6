#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/block_kit.hpp"

#include <string>
#include <string_view>

// The fields that the forms for requests share, and the names under which what was entered arrives.
namespace countersign::views {

inline constexpr std::string_view field_action = "value";     // of every element
inline constexpr std::string_view email_field = "email";      // block ids
inline constexpr std::string_view purpose_field = "purpose";  // its values: the names of purposes
inline constexpr std::string_view reason_field = "reason";
inline constexpr std::string_view case_number_field = "ticket";
inline constexpr std::string_view method_field = "method";
inline constexpr std::string_view note_field = "note";
inline constexpr std::string_view given_field = "given";
inline constexpr std::string_view family_field = "family";
inline constexpr std::string_view account_field = "account";
inline constexpr std::string_view person_field = "person";

// The value of method_field for "not verified", where that is allowed: ids of methods have letters.
inline constexpr std::string_view not_verified_value = "-";

// The only value of person_field.
inline constexpr std::string_view is_person_value = "yes";

// "email/value": how ViewSubmission::values names it.
std::string entered_at(std::string_view field);

slack::Block reason_input(const std::string& typed, const FieldSettings& settings);
slack::Block case_number_input(const std::string& typed, const FieldSettings& settings);
// How the caller was verified; that they were not is offered unless it is required. Only when there are methods.
slack::Block method_input(
    const std::optional<Verification>& chosen, const VerificationSettings& settings, bool required);
// Whether the account that was found is that of the caller.
slack::Block person_input();
slack::Block note_input(const std::optional<Verification>& typed);
slack::Block given_name_input(const std::string& typed, bool required);
slack::Block family_name_input(const std::string& typed, bool required);

}  // namespace countersign::views
