#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/ports/directory.hpp"

#include <boost/json/fwd.hpp>

#include <set>

namespace countersign::slack {

// What a users.info answer says of `user`, seen from our workspaces (contract/slack.md section 10). Errc::malformed
// when the answer is of somebody else, or a field has the wrong type: then nothing is known.
Result<Standing> standing_of(
    const boost::json::value& answer, const SlackUserId& user, const std::set<SlackTeamId>& our_teams);

}  // namespace countersign::slack
