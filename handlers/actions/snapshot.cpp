#include "handlers/actions/snapshot.hpp"

#include "handlers/checks/people.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

asio::awaitable<Snapshot> read_snapshot(const Services& services, SlackUserId who, std::optional<RequestId> about)
{
    Snapshot seen{TimePoint{}};
    if (about)
    {
        auto request = co_await services.store.find_request(*about);
        auto card = co_await services.store.find_post(*about, PostKind::card);
        auto direct_message = co_await services.store.find_post(*about, PostKind::requester_dm);
        seen.request = std::move(request);
        seen.card = std::move(card);
        seen.requester_dm = std::move(direct_message);
    }
    auto held = co_await services.store.find_freeze();
    seen.held = std::move(held);
    seen.now = services.clock.now();
    seen.approvals_channel = services.directory.approvals_channel();
    checks::remember(seen.people, services.directory, who);
    if (seen.request)
    {
        checks::remember(seen.people, services.directory, seen.request->requester);
        checks::remember(seen.people, services.directory, seen.request->approvals);
        checks::remember(seen.people, services.directory, seen.request->claims);
    }
    if (seen.held.freeze) checks::remember(seen.people, services.directory, seen.held.freeze->releases);
    co_return seen;
}

}  // namespace countersign::actions
