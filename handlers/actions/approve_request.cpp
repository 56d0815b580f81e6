#include "handlers/actions/guards.hpp"
#include "handlers/actions/request_presses.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace {

// What is known against it at once. What only Slack can say is asked after the answer: handlers/effects/claim.
std::optional<Refusal> approval_refusal(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (!came_from_card_on_file(press, seen.card, settings)) return Refusal{"card_unknown", views::card_unknown()};
    if (auto refusal = decider_refusal(press, seen, settings, Event::approve)) return refusal;
    if (rules::may_be_among(seen.people, seen.request->approvals, press.by))
        return Refusal{"approved_before", views::approved_before()};
    if (seen.held.freeze) return Refusal{"frozen", views::nothing_while_frozen(views::frozen(*seen.held.freeze))};
    const auto claims = rules::open_claims(*seen.request, seen.now);
    if (rules::may_be_among(seen.people, claims, press.by))
        return Refusal{"claimed_before", views::approval_being_checked()};
    if (claims.size() >= rules::claims_max) return Refusal{"too_many_claims", views::too_many_approvals()};
    return std::nullopt;
}

bool is_late(const Request& request, TimePoint now) { return request.expires_at && now >= *request.expires_at; }

// Stores the press. The card says that it is being checked.
void add_claim(Transaction& transaction, const Press& press, const Snapshot& seen)
{
    Request request = *seen.request;
    transaction.unless_frozen = true;
    transaction.audit.emplace_back("approval_claimed", press.by.str(), request.id);
    transaction.jobs.push_back(rules::request_job(job_kind::card, request.id, seen.now));
    transaction.jobs.push_back(rules::claim_job(request.id, note_to(press, {}), seen.now));
    request.claims = rules::open_claims(request, seen.now);
    request.claims.push_back(Decision{press.by, seen.now});
    transaction.update.emplace(std::move(request));
}

}  // namespace

Verdict approve(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (const auto refusal = approval_refusal(press, seen, settings)) return refuse(press, seen, *refusal, {});
    Verdict verdict{seen.now};
    if (!is_late(*seen.request, seen.now))
    {
        add_claim(*verdict.transaction, press, seen);
        return verdict;
    }
    add_note(*verdict.transaction, press, views::expired_before_decision());
    // Others may have pressed in time: what becomes of that is awaited.
    if (has_expired(*seen.request, seen.now)) add_expiry(*verdict.transaction, *seen.request, press.by);
    return verdict;
}

}  // namespace countersign::actions
