#pragma once

#include "handlers/core/error.hpp"
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

// The switch as it is to be committed: with the version that was read.
FreezeSwitch frozen_by(const FreezeSwitch& held, Freeze freeze);
// With one more release. `lapsed`: the people whose releases no longer count.
Freeze with_release(Freeze freeze, const SlackUserId& who, TimePoint at, const std::set<SlackUserId>& lapsed);
// Still frozen, unless `freeze` has all the releases that are needed.
FreezeSwitch released_by(const FreezeSwitch& held, const Freeze& freeze);
// Whether one more release would end the freeze.
bool lacks_one_release(const Freeze& freeze);

// What happened to the switch, as the channels are told.
struct FreezeNotice
{
    enum class What
    {
        frozen,
        half_released,
        released,
    };

    FreezeNotice(What what_, Freeze freeze_, std::int64_t version_)
        : what{what_},
          freeze{std::move(freeze_)},
          version{version_}
    {}

    What what;
    Freeze freeze;         // with all releases
    std::int64_t version;  // of the switch from then on
};

// `next`: as it was committed over `held`.
FreezeNotice notice_of(const FreezeSwitch& held, const FreezeSwitch& next, const Freeze& freeze);

std::string to_payload(const FreezeNotice& notice);
Result<FreezeNotice> notice_from(std::string_view payload);  // Errc::corrupt: not one of ours

}  // namespace countersign::rules
