#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/rules/freeze.hpp"

#include <cstdint>
#include <optional>
#include <set>

namespace countersign::effects {

// A release that was pressed and would be the last one.
struct LastRelease
{
    LastRelease(Note by_, std::int64_t pressed_) : by{std::move(by_)}, pressed{pressed_} {}

    Note by;                                // who pressed, and where they are told; without text
    std::int64_t pressed;                   // the version on the button
    std::optional<MessageTs> announcement;  // whose button it was; it is edited in place
};

NewJob release_job(const LastRelease& release, TimePoint due);

// Records a release, with its audit row and all that follows from it.
rules::FreezeNotice add_release(
    Transaction& change, const FreezeSwitch& held, const SlackUserId& who, const std::set<SlackUserId>& lapsed,
    const std::optional<MessageTs>& announcement);

// Whether a release that counts may be of the same person.
bool has_released(const Services& services, const Freeze& freeze, const SlackUserId& who);

// Ends the freeze, if everybody who released it may do so by what Slack says now: P3. The release of somebody who lost
// the right lapses, and the freeze goes on. Tried for an hour while Slack cannot be asked.
boost::asio::awaitable<JobResult> finish_release(const Services& services, Job job);

}  // namespace countersign::effects
