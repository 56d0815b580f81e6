#include "bot/slack/acquaintances.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace countersign::slack {

namespace {

constexpr std::size_t identities_max = 20'000;  // above it those of people without a role are forgotten

}  // namespace

void Acquaintances::meet(const SlackUserId& id, PersonFacts facts, SteadyTime at)
{
    const auto known = people_.find(id);
    if (known != people_.end() && known->second.read_at > at) return;
    const SlackUserId identity = facts.identity.value_or(id);
    if (const auto before = identities_.find(id); before != identities_.end() && before->second != identity)
        ids_[before->second].erase(id);
    identities_.insert_or_assign(id, identity);
    identities_.insert_or_assign(identity, identity);
    ids_[identity].insert({id, identity});
    two_ids_ = two_ids_ || id != identity;
    organization_ = organization_ || facts.identity.has_value();
    people_.insert_or_assign(id, Person{std::move(facts), at});
}

SlackUserId Acquaintances::identity(const SlackUserId& id) const
{
    const auto known = identities_.find(id);
    return known == identities_.end() ? id : known->second;
}

std::set<SlackUserId> Acquaintances::ids_of(const SlackUserId& id) const
{
    const SlackUserId one = identity(id);
    std::set<SlackUserId> all{id, one};
    if (const auto others = ids_.find(one); others != ids_.end())
        all.insert(others->second.begin(), others->second.end());
    return all;
}

std::optional<PersonFacts> Acquaintances::cached(const SlackUserId& id, SteadyTime now) const
{
    std::optional<PersonFacts> believed;
    SteadyTime latest = SteadyTime::min();
    for (const SlackUserId& each : ids_of(id))
    {
        const auto known = people_.find(each);
        if (known == people_.end() || now - known->second.read_at > standing_age_max) continue;
        const PersonFacts& facts = known->second.facts;
        const bool is_later = known->second.read_at >= latest;
        latest = std::max(latest, known->second.read_at);
        if (!believed)
        {
            believed = facts;
            continue;
        }
        if (believed->status == MemberStatus::member) believed->status = facts.status;
        if (facts.email && (is_later || !believed->email)) believed->email = facts.email;
    }
    return believed;
}

std::optional<SteadyTime> Acquaintances::read_at(const SlackUserId& id) const
{
    const auto known = people_.find(id);
    if (known == people_.end()) return std::nullopt;
    return known->second.read_at;
}

void Acquaintances::forget_if(const std::function<bool(const SlackUserId&)>& is_unneeded)
{
    std::erase_if(people_, [&is_unneeded](const auto& entry) { return is_unneeded(entry.first); });
    if (identities_.size() <= identities_max) return;
    std::vector<SlackUserId> gone;
    for (const auto& [id, identity] : identities_)
        if (!people_.contains(id) && is_unneeded(id)) gone.push_back(id);
    for (const SlackUserId& id : gone)
    {
        const SlackUserId one = identity(id);
        ids_[one].erase(id);
        if (ids_[one].empty()) ids_.erase(one);
        identities_.erase(id);
    }
}

}  // namespace countersign::slack
