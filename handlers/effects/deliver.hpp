#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign {

// Makes the card show the request as it stands: posts it, or edits it in place. Level-triggered: it draws what the
// ledger says now, so late, repeated and swapped runs end in the same card.
boost::asio::awaitable<JobResult> draw_card(const Services& services, Job job);

// One direct message to the requester, once the request has ended.
boost::asio::awaitable<JobResult> tell_requester(const Services& services, Job job);

// One message in the audit channel, once the request has ended.
boost::asio::awaitable<JobResult> announce(const Services& services, Job job);

}  // namespace countersign
