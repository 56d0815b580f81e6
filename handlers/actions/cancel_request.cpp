#include "handlers/actions/cancel_request.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

Transaction cancelled(const Services& services, const slack::BlockAction& click, Request request, TimePoint now)
{
    Transaction change{now};
    request.decision = Decision{click.actor.id, now};
    follow_line(request, services, click, now);
    // The private line loses its buttons; once approvers were asked it follows each end.
    if (!request.asked) change.jobs.push_back(rules::request_job(job_kind::answer, request.id, now));
    rules::advance(change, std::move(request), Event::cancel, click.actor.id.str());
    return change;
}

}  // namespace

asio::awaitable<HandlerResult> cancel_request(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    std::string words;
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{click.value};
        const auto request = co_await services.store.find_request(id);
        auto fault = requester_fault(services, click.actor, click.origin, request);
        const bool is_late = !fault && !next(request->state, Event::cancel);

        const TimePoint now = services.clock.now();
        Transaction change{now};
        words = fault ? fault->words : views::cancelled();
        bool is_said = false;  // by the line itself
        if (fault)
            change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
        else if (is_late)
        {
            words = views::cannot_be_cancelled(*request);
            redraw_line(change, services, click, request);
        }
        else if (has_expired(*request, now))
        {
            words = views::expired_before_press();
            add_expiry(change, *request, click.actor.id);
        }
        else
        {
            change = cancelled(services, click, *request, now);
            is_said = is_in_line(services, *request, click);
        }
        if (!is_said) add_note(change, services, click, words);
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    // The window in which it was pressed says it.
    if (click.private_metadata == click.value) co_return slack::Acknowledged{};
    co_return acknowledge(click, "Cancel", words);
}

}  // namespace countersign::actions
