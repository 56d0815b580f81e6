#pragma once

#include <string_view>

// The names by which Slack tells us what was used. They stand in messages that live for years: never change one.
namespace countersign {

// Buttons whose value is a request's id and nothing else.
inline constexpr std::string_view approve_action = "request.approve";    // card
inline constexpr std::string_view deny_action = "request.deny";          // card: opens the form that asks why
inline constexpr std::string_view details_action = "request.details";    // card, Home
inline constexpr std::string_view cancel_action = "request.cancel";      // private line, Home
inline constexpr std::string_view remind_action = "request.remind";      // private line, Home
inline constexpr std::string_view complete_action = "request.complete";  // private line: opens the form to go on with
inline constexpr std::string_view correct_action = "request.correct";    // private line, modal: the form, filled in
inline constexpr std::string_view show_action = "handover.show";         // direct message
inline constexpr std::string_view link_action = "handover.link";    // where no password came: a new request, for a link
inline constexpr std::string_view spell_action = "handover.spell";  // in the modal with the password

// Other buttons.
inline constexpr std::string_view release_action = "freeze.release";  // announcement, Home; value: the switch's version
inline constexpr std::string_view new_action = "home.new";            // opens the request form
inline constexpr std::string_view page_back_action = "home.page.back";  // value: number of the page
inline constexpr std::string_view page_on_action = "home.page.on";      // likewise

// Modals, by callback_id.
inline constexpr std::string_view request_form = "request.form";  // a new request
inline constexpr std::string_view choose_form =
    "request.choose";  // account, names, what is missing; external_id: request
inline constexpr std::string_view deny_form = "request.deny_form";   // private_metadata: request
inline constexpr std::string_view waiting_view = "request.waiting";  // nothing to enter; external_id: request
inline constexpr std::string_view details_view = "request.details_view";
inline constexpr std::string_view handover_view = "handover.view";  // external_id: see handover_view_id()
inline constexpr std::string_view explanation_view = "explanation";

// Shortcuts of deploy/slack-manifest.yaml, by callback_id.
inline constexpr std::string_view global_shortcut = "reset_password";
inline constexpr std::string_view message_shortcut = "reset_from_message";

}  // namespace countersign
