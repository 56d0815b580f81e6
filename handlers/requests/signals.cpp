#include "handlers/requests/signals.hpp"

#include <algorithm>
#include <map>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr int deciders_max = 500;
constexpr int requests_max = 1'000;

Signal signal_of(std::string_view code, std::string detail = {})
{
    return Signal{std::string{code}, std::move(detail)};
}

}  // namespace

std::vector<Signal> account_signals(const Request& request, const std::optional<Request>& last_change, TimePoint now)
{
    std::vector<Signal> signals;
    if (!request.account) return signals;
    const Account& account = *request.account;
    if (account.blocked) signals.push_back(signal_of(signal::blocked));
    const auto& reset = account.last_password_reset;
    if (reset && now - *reset < reset_lately_within)
        signals.push_back(signal_of(signal::reset_lately, std::to_string(to_unix_ms(*reset))));
    if (last_change && last_change->account)
    {
        const Account& before = *last_change->account;
        if (before.email != account.email) signals.push_back(signal_of(signal::email_changed));
        if (before.phone_number != account.phone_number) signals.push_back(signal_of(signal::phone_changed));
    }
    if (!account.email_verified) signals.push_back(signal_of(signal::not_verified));
    // Expected of whoever gets their first password.
    if (!account.has_signed_in() && request.purpose == Purpose::reset)
        signals.push_back(signal_of(signal::never_signed_in));
    if (!request.lookalikes.empty())
        signals.push_back(signal_of(signal::other_accounts, std::to_string(request.lookalikes.size())));
    return signals;
}

std::vector<Signal> decider_signals(const std::vector<DecidedBy>& deciders)
{
    std::map<SlackUserId, int> decided;
    for (const DecidedBy& decision : deciders) ++decided[decision.by];
    const auto most = std::max_element(
        decided.begin(), decided.end(), [](const auto& left, const auto& right) { return left.second < right.second; });
    const int all = static_cast<int>(deciders.size());
    if (most == decided.end() || most->second < same_decider_from || most->second * 2 <= all) return {};
    return {signal_of(
        signal::same_decider, most->first.str() + " " + std::to_string(most->second) + " " + std::to_string(all))};
}

asio::awaitable<std::vector<Signal>> signals_of(const Services& services, Request request)
{
    const TimePoint now = services.clock.now();
    std::optional<Request> last;
    if (request.account) last = co_await services.store.last_change_of(request.account->id);
    auto signals = account_signals(request, last, now);

    RequestWindow today{
        RequestWindow::Of::person, request.requester.str(), request.created_at - std::chrono::hours{24}};
    auto times = co_await services.store.request_times(std::move(today), requests_max);
    // This one is among them.
    std::erase_if(times, [&request](TimePoint at) { return at > request.created_at; });
    if (times.size() >= static_cast<std::size_t>(many_requests_from))
        signals.push_back(signal_of(signal::many_requests, std::to_string(times.size())));

    const auto deciders = co_await services.store.deciders_of(request.requester, now - deciders_within, deciders_max);
    for (Signal& each : decider_signals(deciders)) signals.push_back(std::move(each));
    co_return signals;
}

}  // namespace countersign
