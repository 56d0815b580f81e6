#pragma once

#include "handlers/model/people.hpp"
#include "handlers/model/request.hpp"
#include "handlers/rules/permissions.hpp"

#include <set>
#include <vector>

// Whether the approvals of a request still count when it is carried out.
namespace countersign::rules {

// Everybody who approved.
std::set<SlackUserId> approvers_of(const Request& request);

// Why the approval of this person, or the request of who made it, does not count any more. None: it does.
StoredEnding approver_fault(
    const Result<Member>& who, const SlackUserId& id, const Request& request, OwnAccountCheck check);
StoredEnding requester_fault(const Result<Member>& who, const Request& request, OwnAccountCheck check);

// Four eyes: two of those who asked and approved may be one person.
bool are_fewer_people(const People& people, const std::vector<SlackUserId>& involved);

}  // namespace countersign::rules
