#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/member.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <set>
#include <vector>

namespace countersign::views {

inline constexpr int home_page_size = 10;  // requests of each list on a page

// What one person's Home is made of. Lists that are not for them are empty; each holds one more than a page when there
// is another page.
struct HomeContent
{
    HomeContent(SlackUserId user_, Result<Member> who_) : user{std::move(user_)}, who{std::move(who_)} {}

    SlackUserId user;
    Result<Member> who;
    FreezeSwitch freeze;
    std::vector<Request> waiting;    // for an approver: what is to be decided; for the second group: what was passed on
    std::vector<Request> own;        // what this person asked for
    std::set<RequestId> shown_here;  // of these, whose password is shown by a button here: no message could be sent
    std::vector<Request> ended;      // for an auditor
    std::int64_t page = 0;
};

// The App Home: what waits for this person, their own requests, the freeze, what they may do and how.
boost::json::object home(const HomeContent& content, const Settings& settings);

}  // namespace countersign::views
