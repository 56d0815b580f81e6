#include "handlers/actions/approve_request.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/effects/claim.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

#include <algorithm>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// Each of those who press at the same moment may have to read again after each claim that was stored before theirs.
constexpr int approval_tries_max = decision_tries_max + static_cast<int>(rules::claims_max);

bool is_among(const Services& services, const std::vector<Decision>& decisions, const SlackUserId& who)
{
    return std::any_of(decisions.begin(), decisions.end(), [&](const Decision& each) {
        return rules::may_be_one(services.directory, each.by, who);
    });
}

// What is known against it at once. What only Slack can say is asked after the answer: handlers/effects/claim.
std::optional<Rebuff> approval_fault(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request,
    const std::optional<Post>& card, const FreezeSwitch& held, TimePoint now)
{
    if (!request || !came_from_card_on_file(click, card, services.settings))
        return Rebuff{"card_unknown", views::card_unknown()};
    if (auto fault = decider_fault(services, click.actor, click.origin, request, Event::approve)) return fault;
    if (is_among(services, request->approvals, click.actor.id))
        return Rebuff{"approved_before", views::approved_before()};
    if (held.freeze) return Rebuff{"frozen", views::nothing_while_frozen(views::frozen(*held.freeze))};
    const auto claims = rules::open_claims(*request, now);
    if (is_among(services, claims, click.actor.id)) return Rebuff{"claimed_before", views::approval_being_checked()};
    if (claims.size() >= rules::claims_max) return Rebuff{"too_many_claims", views::too_many_approvals()};
    return std::nullopt;
}

bool is_late(const Request& request, TimePoint now) { return request.expires_at && now >= *request.expires_at; }

// Stores the press. The card says that it is being checked.
Transaction claimed(const Services& services, const slack::BlockAction& click, Request request, TimePoint now)
{
    Transaction change{now};
    change.unless_frozen = true;
    change.audit.emplace_back("approval_claimed", click.actor.id.str(), request.id);
    change.jobs.push_back(rules::request_job(job_kind::card, request.id, now));
    change.jobs.push_back(effects::claim_job(request.id, note_to(services, click, {}), now));
    request.claims = rules::open_claims(request, now);
    request.claims.push_back(Decision{click.actor.id, now});
    change.update.emplace(std::move(request));
    return change;
}

}  // namespace

asio::awaitable<HandlerResult> approve_request(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < approval_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{click.value};
        const auto request = co_await services.store.find_request(id);
        const auto card = co_await services.store.find_post(id, PostKind::card);
        const auto held = co_await services.store.find_freeze();
        const TimePoint now = services.clock.now();
        const auto fault = approval_fault(services, click, request, card, held, now);
        Transaction change{now};
        if (fault)
        {
            change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
            add_note(change, services, click, fault->words);
        }
        else if (is_late(*request, now))
        {
            add_note(change, services, click, views::expired_before_decision());
            // Others may have pressed in time: what becomes of that is awaited.
            if (has_expired(*request, now)) add_expiry(change, *request, click.actor.id);
        }
        else
            change = claimed(services, click, *request, now);
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
        // Again: somebody else acted between our reading and our commit. Read, and decide anew.
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    co_return slack::Acknowledged{};
}

}  // namespace countersign::actions
