#pragma once

#include "handlers/model/request.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/slack/message.hpp"

#include <boost/system/error_code.hpp>

#include <string>
#include <string_view>

// What Countersign says to one person in private. Every refusal says what did not happen and what to do.
namespace countersign::views {

// Words for a denial that does not depend on what was asked for; empty for others.
std::string standing_words(rules::Denial denial);

// Answers to a command.
slack::Message looking_up(const Request& request);
slack::Message how_to_ask(const boost::system::error_code& fault, Purpose purpose);
std::string not_allowed_to_ask(rules::Denial denial);
// At the field of a form, in plain text.
std::string email_fault(const boost::system::error_code& fault);
// For a form or button whose request no longer waits for it.
// Which open request is in the way, and whose it is.
std::string open_request(const Request& other);

std::string answered_before(const Request& request);
slack::Message unknown_command();
// For a button, shortcut or form of another version of this program.
std::string unknown_button();
std::string unknown_form();

// Notes about a click; mrkdwn, escaped.
std::string not_allowed_to_decide(rules::Denial denial);
std::string decided_already(const Request& request);
std::string expired_before_decision();
std::string expired_before_press();  // of the requester
std::string card_unknown();
std::string approved_before();
std::string approval_being_checked();                        // to who presses again meanwhile
std::string too_many_approvals();                            // are being checked at the same moment
std::string approval_not_checked(rules::Denial unanswered);  // Slack did not say: rights_unknown or channel_unknown
std::string nothing_while_frozen(std::string_view why);      // `why`: views::frozen
std::string not_allowed_to_act(rules::Denial denial);        // because of who the person is, not of their roles
std::string not_yours();  // for cancelling, or reminding of, another person's request
std::string cannot_be_cancelled(const Request& request);
std::string cancelled();
std::string cannot_be_reminded(const Request& request);
std::string reminded_lately(TimePoint again_at);
std::string reminded();
std::string nothing_to_see(rules::Denial denial);
std::string not_allowed_to_freeze(rules::Denial denial);
std::string window_not_opened(bool is_certain);

}  // namespace countersign::views
