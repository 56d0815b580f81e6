#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/ports/directory.hpp"

#include <boost/json/fwd.hpp>

#include <optional>
#include <set>

namespace countersign::slack {

// A person as users.info tells.
struct PersonFacts
{
    Standing standing = Standing::outsider;
    std::optional<Email> email;  // absent without the scope users:read.email, or when it is no plain address
};

// What a users.info answer says of `user`, seen from our workspaces (contract/slack.md section 10). Errc::malformed
// when the answer is of somebody else, or a field has the wrong type: then nothing is known.
Result<PersonFacts> person_of(
    const boost::json::value& answer, const SlackUserId& user, const std::set<SlackTeamId>& our_teams);

}  // namespace countersign::slack
