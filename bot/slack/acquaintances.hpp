#pragma once

#include "bot/slack/member_status.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace countersign::slack {

inline constexpr std::chrono::minutes standing_age_max{20};  // older answers about a person are not believed

// What Slack has told of people, and when; and which ids are one person's. Asks nobody: pure memory.
class Acquaintances
{
public:
    // What users.info said of this id, asked at `at`. An answer that was asked for earlier says nothing against a later
    // one.
    void meet(const SlackUserId& id, PersonFacts facts, SteadyTime at);

    // The id in the organization, where Slack has told it; else the id itself.
    SlackUserId identity(const SlackUserId& id) const;
    // Slack has told whose id it is, ever. That does not change.
    bool is_identified(const SlackUserId& id) const { return identities_.contains(id); }
    // There is somebody here with more than one id.
    bool has_seen_two_ids() const noexcept { return two_ids_; }
    std::size_t identified() const noexcept { return identities_.size(); }
    // Somebody here belongs to an Enterprise organization.
    bool has_seen_organization() const noexcept { return organization_; }
    // All ids of the person with this one, as far as is known.
    std::set<SlackUserId> ids_of(const SlackUserId& id) const;

    // What is believed of the person with this id. Under two ids it is the worse of the two standings, and the later of
    // the two addresses.
    std::optional<PersonFacts> cached(const SlackUserId& id, SteadyTime now) const;
    // When this very id was asked for last.
    std::optional<SteadyTime> read_at(const SlackUserId& id) const;

    // Forgets what was said of these people, but not whose ids theirs are, as long as those are not too many.
    void forget_if(const std::function<bool(const SlackUserId&)>& is_unneeded);

private:
    struct Person
    {
        PersonFacts facts;
        SteadyTime read_at;
    };

    std::map<SlackUserId, Person> people_;
    std::map<SlackUserId, SlackUserId> identities_;
    std::map<SlackUserId, std::set<SlackUserId>> ids_;  // by identity
    bool two_ids_ = false;
    bool organization_ = false;
};

}  // namespace countersign::slack
