#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/identity_provider.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace countersign::auth0 {

inline constexpr std::size_t log_page_size = 100;  // the most that the search gives at once

// What one page of the log, newest records first, says of a change.
struct LogPage
{
    bool holds_change = false;
    std::size_t records = 0;
    std::optional<TimePoint> newest;  // of its first record with a readable date
    std::optional<TimePoint> oldest;  // of its last one
};

// "api/v2/logs?q=type:"sapi"...": successful changes through the Management API, newest first; `page` counts from 0.
// The correlation id is not searchable, so the pages are filtered here (auth0/CONTRACT.md, "The tenant's log").
std::string log_search_target(std::size_t page);

// Asks for the newest record of any kind: it shows how far the log has come.
std::string newest_record_target();

// Looks for a PATCH of the account, or the POST that made one, with the change's correlation id, that succeeded.
// Records that cannot be read are no evidence. Errc::malformed when the page is no list.
Result<LogPage> read_log_page(const boost::json::value& page, const SentChange& change);

}  // namespace countersign::auth0
