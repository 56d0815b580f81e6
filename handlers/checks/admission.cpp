#include "handlers/checks/admission.hpp"

#include "handlers/views/not_now.hpp"

#include <string>
#include <utility>
#include <vector>

namespace countersign::checks {

namespace asio = boost::asio;

namespace {

// Enough to find those before a request even when many came after it.
constexpr int later_requests_max = 5'000;

// Those of the 24 hours before `window.since`, as many as the limit looks at and `later` more.
asio::awaitable<std::vector<TimePoint>> times_of(
    const Services& services, RequestWindow window, Limit allowed, int later)
{
    const int rows = rules::rows_needed(allowed);
    if (rows <= 0) co_return std::vector<TimePoint>{};
    window.since -= rules::longest_window;
    co_return co_await services.store.request_times(std::move(window), rows + later);
}

asio::awaitable<rules::EarlierRequests> count(const Services& services, SlackUserId who, TimePoint at, int later)
{
    using Of = RequestWindow::Of;
    const LimitSettings& limits = services.settings.limits;
    RequestWindow of_look_ups{Of::look_ups, who.str(), at};
    auto look_ups = co_await times_of(services, std::move(of_look_ups), limits.look_ups, later);
    RequestWindow of_person{Of::person, who.str(), at};
    auto person = co_await times_of(services, std::move(of_person), limits.person, later);
    RequestWindow of_everybody{Of::everybody, {}, at};
    auto everybody = co_await times_of(services, std::move(of_everybody), limits.everybody, later);
    rules::EarlierRequests earlier{std::move(look_ups), std::move(person), std::move(everybody)};
    co_return earlier;
}

}  // namespace

asio::awaitable<rules::EarlierRequests> earlier_requests(const Services& services, SlackUserId who)
{
    return count(services, std::move(who), services.clock.now(), 0);
}

asio::awaitable<std::optional<Refusal>> frozen(const Services& services)
{
    const auto held = co_await services.store.find_freeze();
    if (!held.freeze) co_return std::nullopt;
    co_return views::frozen_refusal(*held.freeze);
}

asio::awaitable<std::optional<Refusal>> limits_passed(const Services& services, Request request)
{
    const TimePoint at = request.created_at;
    auto earlier = co_await count(services, std::move(request.requester), at, later_requests_max);
    earlier.look_ups = rules::before_request(std::move(earlier.look_ups), at);
    earlier.person = rules::before_request(std::move(earlier.person), at);
    earlier.everybody = rules::before_request(std::move(earlier.everybody), at);
    const auto limit = rules::reached_limit(services.settings.limits, earlier, at);
    if (!limit) co_return std::nullopt;
    co_return views::limit_refusal(*limit);
}

asio::awaitable<std::optional<Refusal>> account_limit(const Services& services, Request request)
{
    const TimePoint now = services.clock.now();
    const Limit& allowed = services.settings.limits.account;
    RequestWindow of_account{RequestWindow::Of::account, rules::account_key_of(request), now};
    const auto times = co_await times_of(services, std::move(of_account), allowed, 0);
    const auto full = rules::full_window(allowed, times, now);
    if (!full) co_return std::nullopt;
    rules::ReachedLimit limit{RequestWindow::Of::account, *full};
    co_return views::limit_refusal(limit);
}

}  // namespace countersign::checks
