#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace countersign::auth0 {

inline constexpr std::size_t log_page_size = 100;  // the most that the search gives at once

// What one page of the log search, newest first, says of a change.
struct LogPage
{
    bool holds_change = false;
    std::size_t records = 0;
    std::optional<TimePoint> oldest;  // of its last record with a readable date
};

// "api/v2/logs?q=type:"sapi"...": successful changes through the Management API, newest first; `page` counts from 0.
// The correlation id is not searchable, so the pages are filtered here (contract/auth0.md section 14).
std::string log_search_target(std::size_t page);

// Looks for a PATCH of this user with this correlation id that succeeded. Records that cannot be read are no
// evidence. Errc::malformed when the page is no list.
Result<LogPage> read_log_page(const boost::json::value& page, const Auth0UserId& id, const RequestId& request);

}  // namespace countersign::auth0
