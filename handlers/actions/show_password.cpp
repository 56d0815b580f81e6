#include "handlers/actions/handover_presses.hpp"
#include "handlers/rules/handover_transitions.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/checks/admission.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/handover_view.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr int tries_max = 6;  // against the steps after the change, which write the same row

std::optional<Rebuff> fault_of(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request,
    const std::optional<Post>& message, const std::optional<Refusal>& freeze, TimePoint now)
{
    if (!request || !request->handover || !is_the_message(click, message))
        return Rebuff{"message_unknown", views::handover_unknown()};
    if (!is_served(click.origin, services.settings))
        return Rebuff{name_of(rules::Denial::other_workspace), views::not_for_you()};
    if (!rules::is_same(services.directory, click.actor.id, request->requester))
        return Rebuff{"not_the_requester", views::not_for_you()};
    // What is not known yet is no reason: Slack is asked once the window is open, before it shows anything.
    const auto who = services.directory.cached(click.actor.id);
    const auto denial = rules::may_ask(who, *request, services.settings.approval.own_account_check);
    if (denial && *denial != rules::Denial::rights_unknown && *denial != rules::Denial::own_account_unknown)
        return Rebuff{name_of(*denial), views::not_allowed_to_see(*denial)};
    const Handover& handover = *request->handover;
    if (handover.state != HandoverState::ready && !rules::may_open_again(handover, now))
        return Rebuff{"not_ready", views::not_ready(*request)};
    if (now >= handover.until) return Rebuff{"expired", views::not_ready(*request)};
    if (freeze) return Rebuff{freeze->code, views::frozen_handover(freeze->words)};
    return std::nullopt;
}

Transaction rebuffed(
    const Services& services, const slack::BlockAction& click, const Rebuff& rebuff,
    const std::optional<Request>& request, TimePoint now)
{
    Transaction change{now};
    AuditEvent row{"handover_refused", click.actor.id.str()};
    if (request) row.request = request->id;
    row.details.emplace_back("why", rebuff.why);
    change.audit.push_back(std::move(row));
    add_note(change, services, click, rebuff.words);
    return change;
}

}  // namespace

asio::awaitable<HandlerResult> show_password(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const RequestId id{click.value};
    for (int tries = 0; tries < tries_max; ++tries)
    {
        const TimePoint now = services.clock.now();
        const auto request = co_await services.store.find_request(id);
        const auto message = co_await services.store.find_post(id, PostKind::requester_dm);
        const auto freeze = co_await checks::frozen(services);
        const auto fault = fault_of(services, click, request, message, freeze, now);
        Transaction change = fault ? rebuffed(services, click, *fault, request, now) : Transaction{now};
        if (!fault) rules::advance(change, *request, rules::HandoverEvent::press, click.actor.id.str());
        change.unless_frozen = !fault;
        change.replay = replay;

        const auto receipt = co_await services.store.commit(std::move(change));
        if (receipt && fault) co_return acknowledge(click, "Not shown", fault->words);
        if (receipt)
        {
            OpenHandover then{id, std::move(click.trigger_id)};
            HandlerResult handled{slack::Acknowledged{}, std::move(then)};
            co_return handled;
        }
        if (receipt.error() == Errc::replayed) co_return slack::Rejected{Errc::replayed};
        if (receipt.error() != Errc::conflict) break;
    }
    co_return slack::Rejected{Errc::unavailable};
}

}  // namespace countersign::actions
