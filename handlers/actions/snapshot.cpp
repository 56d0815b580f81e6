#include "handlers/actions/snapshot.hpp"

#include "handlers/checks/people.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

asio::awaitable<Snapshot> read_snapshot(const Services& services, SlackUserId who, std::optional<RequestId> about)
{
    Snapshot seen{TimePoint{}};
    if (about)
    {
        seen.request = co_await services.store.find_request(*about);
        seen.card = co_await services.store.find_post(*about, PostKind::card);
        seen.requester_dm = co_await services.store.find_post(*about, PostKind::requester_dm);
    }
    seen.held = co_await services.store.find_freeze();
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
