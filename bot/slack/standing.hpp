#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/ports/directory.hpp"

#include <boost/json/fwd.hpp>

namespace countersign::slack {

// What a users.info answer says of `user`, seen from our workspace (contract/slack.md section 10). Errc::malformed when
// the answer is of somebody else, or a field has the wrong type: then nothing is known.
Result<Standing> standing_of(const boost::json::value& answer, const SlackUserId& user, const SlackTeamId& our_team);

}  // namespace countersign::slack
