#include "handlers/decisions/approve_request.hpp"

#include "handlers/decisions/guards.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/requests/signals.hpp"
#include "handlers/requests/steps.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

#include <algorithm>

namespace countersign {

namespace asio = boost::asio;

namespace {

std::optional<Rebuff> approval_fault(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request,
    const std::optional<Post>& card, const FreezeSwitch& held)
{
    if (!request || !is_the_card(click, card, services.settings)) return Rebuff{"card_unknown", views::card_unknown()};
    if (auto fault = decider_fault(services, click.actor, click.origin, request, Event::approve)) return fault;
    const auto& approvals = request->approvals;
    const bool before = std::any_of(approvals.begin(), approvals.end(), [&](const Decision& approval) {
        return may_be_one(services.directory, approval.by, click.actor.id);
    });
    if (before) return Rebuff{"approved_before", views::approved_before()};
    if (held.freeze) return Rebuff{"frozen", views::nothing_while_frozen(views::frozen(*held.freeze))};
    return std::nullopt;
}

// What the click does to a pending request that this person may approve.
Change approved(const slack::BlockAction& click, Request request, TimePoint now)
{
    Change change{now};
    const Decision approval{click.actor.id, now};
    request.approvals.push_back(approval);
    const auto needed = static_cast<std::size_t>(std::max(request.approvals_needed, 1));
    const bool is_complete = request.approvals.size() >= needed;
    if (is_complete)
    {
        request.decision = approval;
        if (request.cooling > std::chrono::seconds{0})
        {
            request.change_from = now + request.cooling;
            change.jobs.push_back(request_job(job_kind::begin_change, request.id, *request.change_from));
            // The private line says until when it can be cancelled.
            if (request.reply) change.jobs.push_back(request_job(job_kind::answer, request.id, now));
        }
        else
        {
            change.jobs.push_back(request_job(job_kind::change, request.id, now));
            change.jobs.push_back(still_waiting_job(request.id, now));
        }
    }
    const Event event = is_complete ? Event::approve : Event::endorse;
    static_cast<void>(step(change, std::move(request), event, click.actor.id.str()));
    return change;
}

}  // namespace

asio::awaitable<Handled> approve_request(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{click.value};
        const auto request = co_await services.store.find_request(id);
        const auto card = co_await services.store.find_post(id, PostKind::card);
        const auto held = co_await services.store.find_freeze();
        const auto fault = approval_fault(services, click, request, card, held);
        const TimePoint now = services.clock.now();
        Change change{now};
        if (fault)
        {
            change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
            add_note(change, services, click, fault->words);
        }
        else if (has_expired(*request, now))
        {
            add_note(change, services, click, views::expired_before_decision());
            add_expiry(change, *request, click.actor.id);
        }
        else
        {
            Request decided = *request;
            const auto who = services.directory.recall(click.actor.id);
            note_unchecked(decided, who, services.settings.approval.own_account_check);
            change = approved(click, std::move(decided), now);
            change.unless_frozen = true;
        }
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
        // Again: somebody else acted between our reading and our commit. Read, and decide anew.
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    co_return slack::Acknowledged{};
}

}  // namespace countersign
