#include "auth0/policy_cache.hpp"

#include <algorithm>
#include <utility>

namespace countersign::auth0 {

std::optional<ConnectionPolicy> PolicyCache::find(const std::string& connection) const
{
    const auto entry = entries_.find(connection);
    if (entry == entries_.end()) return std::nullopt;
    if (clock_.steady() - entry->second.read_at >= good_for) return std::nullopt;
    return entry->second.policy;
}

void PolicyCache::keep(ConnectionPolicy policy)
{
    if (!entries_.contains(policy.name) && entries_.size() >= connections_max)
        entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& left, const auto& right) {
            return left.second.read_at < right.second.read_at;
        }));
    std::string name = policy.name;
    entries_.insert_or_assign(std::move(name), Entry{std::move(policy), clock_.steady()});
}

}  // namespace countersign::auth0
