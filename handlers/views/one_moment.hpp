#pragma once

#include "handlers/slack/message.hpp"

#include <boost/json/object.hpp>

#include <string>

// What a person reads while Slack has not yet said who they are.
namespace countersign::views {

// The window that opens at once, under this external_id. The window that was asked for replaces it.
boost::json::object one_moment(const std::string& external_id);
// Replaces it when the answer is no window: the words are in a private note.
boost::json::object said_in_note();
// Replaces it when Slack never said, or nothing could be done.
boost::json::object nothing_done(const std::string& words);

slack::Message command_waits();  // the answer to a command that is gone on with later
std::string form_waits();        // at a field of a form that stays as it is; plain text
std::string never_told();        // mrkdwn: Slack has not, for as long as that is waited for
std::string restarting();        // mrkdwn: the bot ends before Slack has told
std::string too_many_wait();     // mrkdwn
std::string not_stored();        // mrkdwn: what was pressed or typed could not be made durable

}  // namespace countersign::views
