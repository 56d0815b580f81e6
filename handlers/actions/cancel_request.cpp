#include "handlers/actions/guards.hpp"
#include "handlers/actions/request_presses.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace {

// A modal whose private_metadata names the request shows what becomes of it: nothing else has to say it.
std::string_view title_of(const Press& press) { return press.private_metadata == press.value ? "" : "Cancel"; }

void add_cancelling(Transaction& transaction, const Press& press, const Snapshot& seen)
{
    Request request = *seen.request;
    request.decision = Decision{press.by, seen.now};
    follow_line(request, press, seen.people, seen.now);
    // The private line loses its buttons; once approvers were asked it follows each end.
    if (!request.asked) transaction.jobs.push_back(rules::request_job(job_kind::answer, request.id, seen.now));
    rules::advance(transaction, std::move(request), Event::cancel, press.by.str());
}

}  // namespace

Verdict cancel(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (const auto refusal = requester_refusal(press, seen, settings))
        return refuse(press, seen, *refusal, title_of(press));
    Verdict verdict{seen.now};
    const Request& request = *seen.request;
    if (!next(request.state, Event::cancel))
    {
        redraw_line(*verdict.transaction, press, request, seen.people);
        tell(verdict, press, title_of(press), views::cannot_be_cancelled(request));
    }
    else if (has_expired(request, seen.now))
    {
        add_expiry(*verdict.transaction, request, press.by);
        tell(verdict, press, title_of(press), views::expired_before_press());
    }
    else
    {
        add_cancelling(*verdict.transaction, press, seen);
        // The private line says it by itself.
        if (!is_in_line(press, request, seen.people)) tell(verdict, press, title_of(press), views::cancelled());
    }
    return verdict;
}

}  // namespace countersign::actions
