#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign {

// Makes the card show the request as it stands: posts it, or edits it in place. Level-triggered: it draws what the
// ledger says now, so late, repeated and swapped runs end in the same card.
boost::asio::awaitable<JobResult> draw_card(const Services& services, Job job);

// One direct message to the requester, once the request has ended; edited in place while the password waits to be
// shown, and when it was.
boost::asio::awaitable<JobResult> tell_requester(const Services& services, Job job);

// One message in the audit channel, once the request has ended.
boost::asio::awaitable<JobResult> announce(const Services& services, Job job);

// What became of the steps after the change: one reply under the card, edited in place. A reply whose answer was lost
// is sent again, because Slack does not let us look for it: there may be two.
boost::asio::awaitable<JobResult> report_after_care(const Services& services, Job job);

}  // namespace countersign
