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
    MemberStatus status = MemberStatus::outsider;
    // Of a member of an Enterprise organization: the id there, which may be another than the one asked about.
    std::optional<SlackUserId> identity;
    std::optional<Email> email;  // absent without the scope users:read.email, or when it is no plain address
};

// What a users.info answer says of `user`, seen from our workspaces (handlers/slack/CONTRACT.md, "People").
// Errc::malformed when the answer is of somebody else (neither their id nor that in the organization is the one asked
// about), or a field has the wrong type: then nothing is known.
Result<PersonFacts> person_of(
    const boost::json::value& answer, const SlackUserId& user, const std::set<SlackTeamId>& our_teams);

}  // namespace countersign::slack
