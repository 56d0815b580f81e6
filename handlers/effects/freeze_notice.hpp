#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/rules/freeze.hpp"

#include <optional>

namespace countersign::effects {

// The jobs that follow a change of the switch: both channels are told, and the cards that wait are drawn again.
// `clicked`: the announcement in the approvals channel whose button was pressed; it is edited in place.
void add_freeze_jobs(Transaction& change, const rules::FreezeNotice& notice, const std::optional<MessageTs>& clicked);

// Announces a freeze or a release in one channel. After a lost answer it is sent again: twice is better than never.
boost::asio::awaitable<JobResult> announce_freeze(const Services& services, Job job);

// Has every card that waits drawn again: whether anything is frozen stands on it.
boost::asio::awaitable<JobResult> redraw_cards(const Services& services, Job job);

}  // namespace countersign::effects
