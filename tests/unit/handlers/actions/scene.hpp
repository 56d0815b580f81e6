#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/actions/snapshot.hpp"
#include "handlers/actions/verdict.hpp"
#include "handlers/model/settings.hpp"
#include "tests/support/noon.hpp"
#include "tests/unit/handlers/transaction_text.hpp"

#include <set>
#include <string>
#include <string_view>

// Plain data for decisions: no store, no clock, no coroutine.
namespace countersign::test {

// A member of ours with these roles, and an address of their own.
Member member_with(const std::string& user, std::set<Role> roles);

// What is known and configured when somebody acts, at noon. The people: U0AGENT (support), U0IMPL (implementation),
// U0LEAD, U0LEAD2, U0LEAD3 (approvers), U0MANAGER (escalation), U0AUDITOR, U0NOBODY and U0GUEST, a guest with all
// roles.
struct Scene
{
    Scene();
    explicit Scene(Request request);  // that is stored, and has a card and a direct message

    void know(const std::string& user, Result<Member> member) { know_as(user, user, std::move(member)); }
    void know_as(const std::string& user, const std::string& identity, Result<Member> member);
    void freeze(const std::string& by, std::string reason = "incident");  // version 1

    Settings settings;
    actions::Snapshot seen;
};

// "cs-1" of U0AGENT for ada@acme.example, a reset; expires four hours after noon.
Request agents_request(State state);

// On the card; the address for private answers came with it.
actions::Press press(const std::string& user, std::string_view action, std::string value = "cs-1");
// In the requester's private line.
actions::Press press_in_line(const std::string& user, std::string_view action);
// In the App Home: neither message nor address.
actions::Press press_in_home(const std::string& user, std::string_view action);
// In the requester's direct message about the result.
actions::Press press_in_dm(const std::string& user, std::string_view action);
actions::Action action_by(const std::string& user, std::string_view name);

// Of the window that opens, or of the answer that replaces a form, as JSON; empty when there is none.
std::string window_text(const actions::Verdict& verdict);

// Nothing is done: the row says why, the note says it to the person, and nothing else happens.
void check_refused(
    const actions::Verdict& verdict, const std::string& row, const std::string& words, const std::string& jobs = {});

}  // namespace countersign::test
