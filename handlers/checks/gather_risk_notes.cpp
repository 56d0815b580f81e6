#include "handlers/checks/gather_risk_notes.hpp"

#include "handlers/rules/risk_notes.hpp"

namespace countersign::checks {

namespace asio = boost::asio;

namespace {

constexpr int deciders_max = 500;
constexpr int requests_max = 1'000;

// Of this requester's requests, and of those of whoever usually decides them.
asio::awaitable<std::vector<RiskNote>> people_signals(const Services& services, SlackUserId requester, TimePoint since)
{
    const auto deciders = co_await services.store.deciders_of(requester, since, deciders_max);
    const auto usual = rules::usual_decider(deciders);
    rules::DecidedFor back{requester};
    if (usual)
    {
        const auto returned = co_await services.store.deciders_of(usual->by, since, deciders_max);
        back = rules::decided_by(requester, returned);
    }
    co_return rules::decider_risk_notes(usual, back);
}

}  // namespace

asio::awaitable<std::vector<RiskNote>> gather_risk_notes(const Services& services, Request request)
{
    const TimePoint now = services.clock.now();
    std::optional<Request> last;
    if (request.account) last = co_await services.store.last_change_of(request.account->id);
    auto risk_notes = rules::account_risk_notes(request, last, now);

    RequestWindow today{
        RequestWindow::Of::person, request.requester.str(), request.created_at - std::chrono::hours{24}};
    auto times = co_await services.store.request_times(std::move(today), requests_max);
    // This one is among them.
    std::erase_if(times, [&request](TimePoint at) { return at > request.created_at; });
    const int from = services.settings.limits.look_twice_from;
    if (from > 0 && times.size() >= static_cast<std::size_t>(from))
        risk_notes.push_back(rules::risk_note_of(rules::risk_code::many_requests, std::to_string(times.size())));

    auto of_people = co_await people_signals(services, request.requester, now - rules::deciders_within);
    for (RiskNote& each : of_people) risk_notes.push_back(std::move(each));
    co_return risk_notes;
}

}  // namespace countersign::checks
