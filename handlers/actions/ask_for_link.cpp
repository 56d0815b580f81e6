#include "handlers/actions/ask_for_link.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/actions/intake.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/handover_view.hpp"
#include "handlers/views/outcome.hpp"
#include "handlers/views/waiting_view.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// Why this button asks for nothing.
std::optional<Refusal> fault_of(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request)
{
    // Wherever it stands, the message is the requester's own.
    if (!request || !rules::is_same(services.directory, click.actor.id, request->requester))
        return Refusal{"message_unknown", views::handover_unknown()};
    if (!views::offers_link(*request)) return Refusal{"no_link_offered", views::no_link_offered()};
    return std::nullopt;
}

Request again_for_link(const Services& services, const Request& before, const SlackUserId& requester)
{
    Draft draft;
    draft.purpose = before.purpose;
    draft.reason = before.reason;
    draft.case_number = before.case_number;
    draft.verification = before.verification;
    Request request = request_of(services, requester, before.email, draft);
    request.choice = Choice{before.account->id, before.connection};
    request.wants_link = true;
    request.person_confirmed = before.person_confirmed;
    request.in_modal = true;
    return request;
}

// In the window in which it was pressed, or in a new one.
FollowUp shown(
    slack::BlockAction click, const Request& before, boost::json::object view, std::optional<FallbackTarget> back)
{
    if (click.private_metadata == before.id.str()) return ReplaceView{click.actor.id, before.id.str(), std::move(view)};
    return OpenView{click.actor.id, std::move(click.trigger_id), std::move(view), std::move(back)};
}

}  // namespace

asio::awaitable<HandlerResult> ask_for_link(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const RequestId id{click.value};
    const auto before = co_await services.store.find_request(id);
    const Asking asking{click.actor, click.origin, click.action_id};
    auto no = fault_of(services, click, before);
    if (!no) no = co_await turned_away(services, asking, before->purpose);
    // The profile may say another address than at the time of the first request.
    if (!no) no = no_right(services, asking, before->purpose, before->email);
    if (no)
    {
        Transaction refusal = refusal_of(asking, *no, services.clock.now());
        const Attempt kept = co_await keep(services, std::move(refusal), std::move(replay));
        if (kept != Attempt::done) co_return rejection(kept);
        FallbackTarget back = fallback(click);
        OpenView why{
            click.actor.id, std::move(click.trigger_id), views::explanation("Nothing was asked", no->words),
            std::move(back)};
        co_return HandlerResult{slack::Acknowledged{}, FollowUp{std::move(why)}};
    }
    Request request = again_for_link(services, *before, click.actor.id);
    boost::json::object waiting = views::waiting_view(request);
    Transaction change = acceptance_of(services, asking, std::move(request));
    // What waited for names has its place taken.
    if (before->state == State::choosing)
    {
        Request left = *before;
        left.decision = Decision{click.actor.id, change.at};
        left.in_modal = false;
        rules::advance(change, std::move(left), Event::cancel, click.actor.id.str());
    }
    const Attempt kept = co_await keep(services, std::move(change), std::move(replay));
    if (kept != Attempt::done) co_return rejection(kept);
    co_return HandlerResult{slack::Acknowledged{}, shown(std::move(click), *before, std::move(waiting), std::nullopt)};
}

}  // namespace countersign::actions
