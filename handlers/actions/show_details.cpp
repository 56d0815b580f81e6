#include "handlers/actions/show_details.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/details.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::string_view modal_title = "No details";

// By the id that stands in the request, where it is that person's.
SlackUserId viewer_of(const Services& services, const slack::BlockAction& click, const Request& request)
{
    return rules::is_same(services.directory, click.actor.id, request.requester) ? request.requester : click.actor.id;
}

std::optional<Rebuff> looking_fault(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request)
{
    if (!request) return Rebuff{"request_unknown", views::card_unknown()};
    if (!is_served(click.origin, services.settings))
        return Rebuff{name_of(rules::Denial::other_workspace), views::nothing_to_see(rules::Denial::other_workspace)};
    const auto who = services.directory.cached(click.actor.id);
    if (const auto denial = rules::may_see(who, viewer_of(services, click, *request), *request))
        return Rebuff{name_of(*denial), views::nothing_to_see(*denial)};
    return std::nullopt;
}

// Whoever decides has to compare the address, and whoever asked has typed it. Others review: they need not know it.
views::Visibility sight_of(const Services& services, const SlackUserId& id, const Request& request)
{
    const auto who = services.directory.cached(id);
    const bool decides = who && (who->holds(Role::approver) || who->holds(Role::escalation));
    return decides || rules::is_same(services.directory, id, request.requester) ? views::Visibility::whole
                                                                                : views::Visibility::masked;
}

}  // namespace

asio::awaitable<HandlerResult> show_details(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const RequestId id{click.value};
    const auto request = co_await services.store.find_request(id);
    const auto held = co_await services.store.find_freeze();
    const TimePoint now = services.clock.now();
    const auto fault = looking_fault(services, click, request);

    Transaction change{now};
    change.replay.emplace(std::move(replay));
    if (fault)
    {
        change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
        add_note(change, services, click, fault->words);
    }
    else
    {
        change.audit.emplace_back("details_shown", click.actor.id.str(), request->id);
        // Who looks for it in the Home may do so because the card is gone.
        if (request->asked && request->is_open() && click.channel != services.settings.approvals)
            change.jobs.push_back(rules::card_check(request->id, now));
    }
    const auto outcome = co_await attempt(services, std::move(change));
    if (outcome != Attempt::done) co_return rejection(outcome);
    if (fault) co_return acknowledge(click, modal_title, fault->words);
    const views::Visibility sight = sight_of(services, viewer_of(services, click, *request), *request);
    FallbackTarget back = fallback(click);
    OpenView view{
        click.actor.id, std::move(click.trigger_id), views::details(*request, services.settings, held.freeze, sight),
        std::move(back)};
    co_return HandlerResult{slack::Acknowledged{}, std::move(view)};
}

}  // namespace countersign::actions
