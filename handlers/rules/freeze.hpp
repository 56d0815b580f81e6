#pragma once

#include "handlers/model/job_payload.hpp"
#include "handlers/model/people.hpp"
#include "handlers/model/transaction.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace countersign::rules {

inline constexpr std::size_t releases_needed = 2;  // by different people; the person who froze may be one of them

// Why pressing "Release" does nothing.
enum class ReleaseFault
{
    not_frozen,       // released by others, or never frozen
    other_freeze,     // the button belongs to an earlier freeze
    released_before,  // by the same person
};

std::string_view name_of(ReleaseFault fault) noexcept;  // for the audit log: never change one

// `pressed`: the version of the switch that the button carries. A button as old as the freeze itself still counts:
// since then others have pressed theirs, nothing more.
std::optional<ReleaseFault> release_fault(const FreezeSwitch& held, std::int64_t pressed, const SlackUserId& who);

// Whether somebody who may be the same person has released it, by a release that counts still. `lapsed`: whose do not.
std::optional<ReleaseFault> repeated_release(
    const Freeze& freeze, const SlackUserId& who, const std::set<SlackUserId>& lapsed, const People& people);

// The switch as it is to be committed: with the version that was read.
FreezeSwitch frozen_by(const FreezeSwitch& held, Freeze freeze);
// With one more release. `lapsed`: the people whose releases no longer count.
Freeze with_release(Freeze freeze, const SlackUserId& who, TimePoint at, const std::set<SlackUserId>& lapsed);
// Still frozen, unless `freeze` has all the releases that are needed.
FreezeSwitch released_by(const FreezeSwitch& held, const Freeze& freeze);
// Whether one more release would end the freeze.
bool lacks_one_release(const Freeze& freeze);

// `next`: as it was committed over `held`.
FreezeNotice notice_of(const FreezeSwitch& held, const FreezeSwitch& next, const Freeze& freeze);

// The jobs that follow a change of the switch: both channels are told, and the cards that wait are drawn again.
// `clicked`: the announcement in the approvals channel whose button was pressed; it is edited in place.
void add_freeze_jobs(Transaction& change, const FreezeNotice& notice, const std::optional<MessageTs>& clicked);

// Records a release, with its audit row and all that follows from it.
FreezeNotice add_release(
    Transaction& change, const FreezeSwitch& held, const SlackUserId& who, const std::set<SlackUserId>& lapsed,
    const std::optional<MessageTs>& announcement);

}  // namespace countersign::rules
