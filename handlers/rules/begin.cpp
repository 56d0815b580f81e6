#include "handlers/rules/begin.hpp"

#include <algorithm>

namespace countersign::rules {

Beginning beginning_of(const Request& request, bool is_frozen, TimePoint now)
{
    using Kind = Beginning::Kind;
    const TimePoint decided = request.decision->at;
    const TimePoint from = std::max(decided, request.change_from.value_or(decided));
    if (now < from) return {Kind::later, std::chrono::ceil<std::chrono::seconds>(from - now), "cooling"};
    if (now - from > approval_age_max)
        return {Kind::never, {}, {}, is_frozen ? Ending::frozen_too_long : Ending::approval_too_old};
    if (is_frozen) return {Kind::later, frozen_every, "frozen"};
    return {};
}

}  // namespace countersign::rules
