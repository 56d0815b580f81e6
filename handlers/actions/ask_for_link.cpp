#include "handlers/actions/ask_for_link.hpp"

#include "handlers/actions/intake.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/handover_view.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/waiting_view.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

std::optional<Refusal> refusal_of(const Press& press, const Snapshot& seen, const Settings& settings)
{
    // Wherever it stands, the message is the requester's own.
    if (!seen.request || !rules::is_same(seen.people, press.by, seen.request->requester))
        return Refusal{"message_unknown", views::handover_unknown()};
    if (!views::offers_link(*seen.request)) return Refusal{"no_link_offered", views::no_link_offered()};
    // The profile may say another address than at the time of the first request.
    return refusal_to_ask(press, seen.request->purpose, seen.request->email, seen, settings);
}

Request again_for_link(const Request& before, const RequestId& id, const SlackUserId& requester, TimePoint now)
{
    Draft draft;
    draft.purpose = before.purpose;
    draft.reason = before.reason;
    draft.case_number = before.case_number;
    draft.verification = before.verification;
    Request request = request_of(id, requester, before.email, draft, now);
    request.choice = Choice{before.account->id, before.connection};
    request.wants_link = true;
    request.person_confirmed = before.person_confirmed;
    request.in_modal = true;
    return request;
}

void cancel_question(Transaction& transaction, Request left, const SlackUserId& by)
{
    left.decision = Decision{by, transaction.at};
    left.in_modal = false;
    rules::advance(transaction, std::move(left), Event::cancel, by.str());
}

}  // namespace

Verdict ask_again_for_link(const Press& press, const RequestId& id, const Snapshot& seen, const Settings& settings)
{
    if (const auto refusal = refusal_of(press, seen, settings))
    {
        Verdict verdict = turned_away(press, *refusal, seen.now);
        verdict.window = Modal{views::explanation("Nothing was asked", refusal->words)};
        return verdict;
    }
    const Request& before = *seen.request;
    Request request = again_for_link(before, id, press.by, seen.now);
    Window waiting = window_at(press, views::waiting_view(request), /*is_missed=*/false);
    Verdict verdict = accepted(press, std::move(request), seen);
    verdict.window = std::move(waiting);
    // What waited for names has its place taken.
    if (before.state == State::choosing) cancel_question(*verdict.transaction, before, press.by);
    return verdict;
}

asio::awaitable<HandlerResult> ask_for_link(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    Press press = press_of(services.vault, click);
    Performance performance{press.by, std::move(replay)};
    performance.about.emplace(press.value);
    performance.may_begin = true;
    performance.key.emplace(window_key(click));
    Decide decide = [press = std::move(press), id = rules::new_request_id(services.random), &services](
                        const Snapshot& seen) { return ask_again_for_link(press, id, seen, services.settings); };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace countersign::actions
