#pragma once

#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/state.hpp"

#include <boost/json/object.hpp>

// The Web API's methods: arguments in, answer out (without `ok`), Refusal thrown. Called once token, general scope and
// rate are checked.
namespace standins::slack::methods {

boost::json::object auth_test(State&, Call&);
boost::json::object chat_delete(State&, Call&);
boost::json::object chat_post_ephemeral(State&, Call&);
boost::json::object chat_post_message(State&, Call&);
boost::json::object chat_update(State&, Call&);
boost::json::object conversations_history(State&, Call&);
boost::json::object conversations_info(State&, Call&);
boost::json::object conversations_join(State&, Call&);
boost::json::object conversations_members(State&, Call&);
boost::json::object conversations_open(State&, Call&);
boost::json::object conversations_replies(State&, Call&);
boost::json::object usergroups_list(State&, Call&);
boost::json::object usergroups_users_list(State&, Call&);
boost::json::object users_info(State&, Call&);
boost::json::object users_lookup_by_email(State&, Call&);
boost::json::object views_open(State&, Call&);
boost::json::object views_publish(State&, Call&);
boost::json::object views_push(State&, Call&);
boost::json::object views_update(State&, Call&);

}  // namespace standins::slack::methods
