#include "handlers/handover/presses.hpp"
#include "handlers/handover/steps.hpp"

#include "handlers/decisions/guards.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/requests/admission.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/handover.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr int tries_max = 6;  // against the steps after the change, which write the same row

std::optional<Rebuff> fault_of(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request,
    const std::optional<Post>& message, const std::optional<NotNow>& freeze, TimePoint now)
{
    if (!request || !request->handover || !is_the_message(click, message))
        return Rebuff{"message_unknown", views::handover_unknown()};
    if (!is_served(click.origin, services.settings))
        return Rebuff{name_of(Denial::other_workspace), views::not_for_you()};
    if (!is_same(services.directory, click.actor.id, request->requester))
        return Rebuff{"not_the_requester", views::not_for_you()};
    // What is not known yet is no reason: Slack is asked once the window is open, before it shows anything.
    const auto who = services.directory.recall(click.actor.id);
    const auto denial = may_ask(who, *request, services.settings.approval.own_account_check);
    if (denial && *denial != Denial::rights_unknown && *denial != Denial::own_account_unknown)
        return Rebuff{name_of(*denial), views::not_allowed_to_see(*denial)};
    const Handover& handover = *request->handover;
    if (handover.state != HandoverState::ready && !may_open_again(handover, now))
        return Rebuff{"not_ready", views::not_ready(*request)};
    if (now >= handover.until) return Rebuff{"expired", views::not_ready(*request)};
    if (freeze) return Rebuff{freeze->code, views::frozen_handover(freeze->words)};
    return std::nullopt;
}

Change rebuffed(
    const Services& services, const slack::BlockAction& click, const Rebuff& rebuff,
    const std::optional<Request>& request, TimePoint now)
{
    Change change{now};
    AuditEvent row{"handover_refused", click.actor.id.str()};
    if (request) row.request = request->id;
    row.details.emplace_back("why", rebuff.why);
    change.audit.push_back(std::move(row));
    add_note(change, services, click, rebuff.words);
    return change;
}

}  // namespace

asio::awaitable<Handled> show_password(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const RequestId id{click.value};
    for (int tries = 0; tries < tries_max; ++tries)
    {
        const TimePoint now = services.clock.now();
        const auto request = co_await services.store.find_request(id);
        const auto message = co_await services.store.find_post(id, PostKind::requester_dm);
        const auto freeze = co_await frozen(services);
        const auto fault = fault_of(services, click, request, message, freeze, now);
        Change change = fault ? rebuffed(services, click, *fault, request, now) : Change{now};
        if (!fault) static_cast<void>(step(change, *request, HandoverEvent::press, click.actor.id.str()));
        change.unless_frozen = !fault;
        change.replay = replay;

        const auto receipt = co_await services.store.commit(std::move(change));
        if (receipt && fault) co_return acknowledge(click, "Not shown", fault->words);
        if (receipt)
        {
            OpenHandover then{id, std::move(click.trigger_id)};
            Handled handled{slack::Acknowledged{}, std::move(then)};
            co_return handled;
        }
        if (receipt.error() == make_error_code(Errc::replayed)) co_return slack::Rejected{Errc::replayed};
        if (receipt.error() != make_error_code(Errc::conflict)) break;
    }
    co_return slack::Rejected{Errc::unavailable};
}

}  // namespace countersign
