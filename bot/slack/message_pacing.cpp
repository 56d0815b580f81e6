#include "bot/slack/message_pacing.hpp"

#include <algorithm>
#include <utility>

namespace countersign::slack {

namespace {

// Names that are free again are forgotten when there are this many: their number is that of the channels.
constexpr std::size_t names_kept = 1000;

}  // namespace

std::optional<std::chrono::seconds> Pacing::wait_for(std::string_view name, SteadyTime now) const
{
    const auto found = until_.find(std::string{name});
    if (found == until_.end() || found->second <= now) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(found->second - now);
}

void Pacing::hold(std::string name, SteadyTime until, SteadyTime now)
{
    if (until_.size() >= names_kept) std::erase_if(until_, [now](const auto& entry) { return entry.second <= now; });
    SteadyTime& kept = until_.try_emplace(std::move(name), until).first->second;
    kept = std::max(kept, until);
}

}  // namespace countersign::slack
