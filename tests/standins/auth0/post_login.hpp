#pragma once

#include "tests/standins/time.hpp"

#include <boost/json/fwd.hpp>

#include <string_view>

namespace standins::auth0 {

enum class PostLogin
{
    nothing,  // the log-in goes on
    choose,   // the password is still the one that was set for its owner, who has to choose another
    clear,    // the owner has changed it: must_change becomes false, and the log-in goes on
};

// The rule of deploy/auth0-actions/require-password-change.js (auth0/CONTRACT.md, "A password of one's own"), for a
// user as the Management API shows it who signs in at `now` through a connection of this strategy; empty: nobody says
// which. tests/data/auth0/must_change_cases.json holds both to the same cases.
PostLogin post_login(const boost::json::object& user, std::string_view strategy, TimeMs now);

}  // namespace standins::auth0
