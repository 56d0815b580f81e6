#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <string>
#include <vector>

namespace demo {

// Who is who in the demo company.
namespace people {

inline const std::string agent = "U0SUPPORT1";
inline const std::string implementer = "U0IMPLEM01";
inline const std::string lead = "U0TEAMLEAD";
inline const std::string second_lead = "U0TEAMLED2";
inline const std::string auditor = "U0AUDITOR1";
inline const std::string colleague = "U0COLLEAGU";  // in no group
inline const std::string guest = "U0GUEST001";      // sees the approvals channel: may try to press there
inline const std::string outsider = "U0OUTSIDER";   // of a partner's workspace, here through a shared channel

}  // namespace people

namespace channels {

inline const std::string approvals = "C0APPROVAL";
inline const std::string audit = "C0AUDITLOG";
inline const std::string helpdesk = "C0HELPDESK";
inline const std::string shared = "C0SHAREDPA";  // with the partner

}  // namespace channels

namespace groups {

inline const std::string support = "S0SUPPORT1";
inline const std::string implementation = "S0IMPLEM01";
inline const std::string approvers = "S0APPROVER";
inline const std::string auditors = "S0AUDITORS";

}  // namespace groups

// Somebody whom one can be on the demo page.
struct Role
{
    std::string user;
    std::string title;  // "Support agent"
};

// In the order in which the page offers them.
const std::vector<Role>& roles();

// The people, groups and channels of the company, in a workspace that has only the app.
void populate(slack::Workspace& slack);

}  // namespace demo
