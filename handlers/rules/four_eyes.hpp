#pragma once

#include "handlers/model/request.hpp"
#include "handlers/rules/permissions.hpp"

#include <optional>
#include <set>
#include <utility>
#include <vector>

// Whether the approvals of a request still count when it is carried out.
namespace countersign::rules {

// Somebody who asked or approved, and the address of their Slack profile.
struct Involved
{
    Involved(SlackUserId id_, std::optional<Email> email_) : id{std::move(id_)}, email{std::move(email_)} {}

    SlackUserId id;
    std::optional<Email> email;
};

// Everybody who approved.
std::set<SlackUserId> approvers_of(const Request& request);

// Why the approval of this person, or the request of who made it, does not count any more. None: it does.
StoredEnding approver_fault(
    const Result<Member>& who, const SlackUserId& id, const Request& request, OwnAccountCheck check);
StoredEnding requester_fault(const Result<Member>& who, const Request& request, OwnAccountCheck check);

// Four eyes: two ids, or two profiles with one address, may be one person's.
bool are_fewer_people(const Directory& directory, const std::vector<Involved>& involved);

}  // namespace countersign::rules
