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

// Remembers what Slack said of people and when, and which ids belong to one person. Makes no calls.
class Acquaintances
{
public:
    // What users.info said of this id, asked at `at`. An answer to an earlier question never replaces one to a
    // later.
    void meet(const SlackUserId& id, PersonFacts facts, SteadyTime at);

    // The id in the organization, where Slack has told it; else the id itself.
    SlackUserId identity(const SlackUserId& id) const;
    // Whether Slack ever said whose id it is. That does not change.
    bool is_identified(const SlackUserId& id) const { return identities_.contains(id); }
    // Whether any person here has more than one id.
    bool has_seen_two_ids() const noexcept { return two_ids_; }
    std::size_t identified() const noexcept { return identities_.size(); }
    // Whether any person here belongs to an Enterprise organization.
    bool has_seen_organization() const noexcept { return organization_; }
    // All ids of the person with this one, as far as is known.
    std::set<SlackUserId> ids_of(const SlackUserId& id) const;

    // What is remembered of the person with this id. Of two ids: the worse of the two standings, the later of the two
    // addresses.
    std::optional<PersonFacts> cached(const SlackUserId& id, SteadyTime now) const;
    // When this very id was asked for last.
    std::optional<SteadyTime> read_at(const SlackUserId& id) const;

    // Forgets what Slack said of these people, but keeps whose ids theirs are, while those are not too many.
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
