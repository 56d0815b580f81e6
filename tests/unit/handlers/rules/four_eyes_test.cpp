#include "handlers/rules/four_eyes.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;

namespace {

const SlackUserId asker{"U0ASKER"};
const SlackUserId lead{"U0LEAD"};
const SlackUserId second{"U0SECOND"};

Member with_address(const std::string& email)
{
    Member member;
    member.status = MemberStatus::member;
    if (!email.empty()) member.email = Email{email};
    return member;
}

People three()
{
    People people;
    people.add(asker, asker, with_address("asker@acme.example"));
    people.add(lead, lead, with_address("lead@acme.example"));
    people.add(second, second, with_address(""));
    return people;
}

Request approved_by(const std::vector<SlackUserId>& approvers)
{
    Request request{RequestId{"cs-1"}, asker, Email{"ada@acme.example"}, std::nullopt, TimePoint{}};
    for (const SlackUserId& each : approvers) request.approvals.push_back(Decision{each, TimePoint{}});
    if (!approvers.empty()) request.decision = request.approvals.back();
    return request;
}

}  // namespace

TEST_CASE("three people with ids and addresses of their own are as many as they seem", "[requests][rights]")
{
    CHECK_FALSE(are_fewer_people(three(), {asker, lead, second}));
    CHECK_FALSE(are_fewer_people(three(), {asker}));
}

TEST_CASE("two ids of one person, or two profiles with one address, are one person too few", "[requests][rights]")
{
    CHECK(are_fewer_people(three(), {asker, lead, asker}));
    People one_id = three();
    one_id.add(SlackUserId{"W0LEAD"}, lead, with_address(""));
    CHECK(are_fewer_people(one_id, {asker, lead, SlackUserId{"W0LEAD"}}));
    People one_address = three();
    one_address.add(SlackUserId{"U0OTHER"}, SlackUserId{"U0OTHER"}, with_address("asker@acme.example"));
    CHECK(are_fewer_people(one_address, {SlackUserId{"U0OTHER"}, lead, asker}));
}

TEST_CASE("who approved is who gave an approval, each once, the deciding one too", "[requests][rights]")
{
    CHECK(approvers_of(approved_by({})).empty());
    CHECK(approvers_of(approved_by({lead, second, lead})) == std::set<SlackUserId>{lead, second});
    Request old = approved_by({});
    old.decision = Decision{lead, TimePoint{}};  // as versions wrote it that knew one approval only
    CHECK(approvers_of(old) == std::set<SlackUserId>{lead});
}

TEST_CASE("a right that was lost meanwhile ends the request by the name of who lost it", "[requests][rights]")
{
    const auto check = OwnAccountCheck::refuse;
    Member no_role = with_address("lead@acme.example");
    CHECK(approver_fault(no_role, lead, approved_by({lead}), check) == StoredEnding{Ending::approver_lost_right});
    CHECK(requester_fault(no_role, approved_by({lead}), check) == StoredEnding{Ending::requester_lost_right});
    Member approver = no_role;
    approver.roles = {Role::approver};
    CHECK(approver_fault(approver, lead, approved_by({lead}), check).is_none());
    Member support = with_address("asker@acme.example");
    support.roles = {Role::support};
    CHECK(requester_fault(support, approved_by({lead}), check).is_none());
    approver.email = Email{"ada@acme.example"};
    CHECK(approver_fault(approver, lead, approved_by({lead}), check) == StoredEnding{Ending::own_account});
}
