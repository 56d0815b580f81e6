#include "handlers/checks/admission.hpp"

#include "handlers/rules/limits.hpp"
#include "handlers/views/not_now.hpp"

#include <algorithm>

namespace countersign::checks {

namespace asio = boost::asio;

namespace {

// Enough to find those before a request even when many came after it.
constexpr int later_requests_max = 5'000;

std::optional<Refusal> not_now(RequestWindow::Of of, const std::optional<rules::FullWindow>& full)
{
    if (!full) return std::nullopt;
    std::string code = "limit_everybody";
    if (of == RequestWindow::Of::person) code = "limit_person";
    if (of == RequestWindow::Of::account) code = "limit_account";
    if (of == RequestWindow::Of::look_ups) code = std::string{limit_look_ups};
    Refusal refusal{code, views::limit_reached(code, *full)};
    refusal.again_at = full->until;
    return refusal;
}

asio::awaitable<std::optional<Refusal>> limit(const Services& services, RequestWindow window, Limit allowed)
{
    const int rows = rules::rows_needed(allowed);
    if (rows <= 0) co_return std::nullopt;
    const TimePoint now = services.clock.now();
    const RequestWindow::Of of = window.of;
    window.since = now - rules::longest_window;
    const auto times = co_await services.store.request_times(std::move(window), rows);
    co_return not_now(of, rules::full_window(allowed, times, now));
}

// As `limit`, at the moment of a request that is itself among those that are found.
asio::awaitable<std::optional<Refusal>> limit_before(
    const Services& services, RequestWindow window, Limit allowed, TimePoint at)
{
    const int rows = rules::rows_needed(allowed);
    if (rows <= 0) co_return std::nullopt;
    const RequestWindow::Of of = window.of;
    window.since = at - rules::longest_window;
    auto times = co_await services.store.request_times(std::move(window), rows + later_requests_max);
    std::erase_if(times, [at](TimePoint each) { return each > at; });
    if (!times.empty()) times.erase(times.begin());
    co_return not_now(of, rules::full_window(allowed, times, at));
}

}  // namespace

asio::awaitable<std::optional<Refusal>> frozen(const Services& services)
{
    const auto held = co_await services.store.find_freeze();
    if (!held.freeze) co_return std::nullopt;
    Refusal refusal{"frozen", views::frozen(*held.freeze)};
    co_return refusal;
}

asio::awaitable<std::optional<Refusal>> admission(const Services& services, SlackUserId who, Purpose purpose)
{
    static_cast<void>(purpose);  // Both kinds count together: either ends in a password.
    auto refusal = co_await frozen(services);
    if (refusal) co_return refusal;
    const LimitSettings& limits = services.settings.limits;
    RequestWindow of_look_ups{RequestWindow::Of::look_ups, who.str(), {}};
    refusal = co_await limit(services, std::move(of_look_ups), limits.look_ups);
    if (refusal) co_return refusal;
    RequestWindow of_person{RequestWindow::Of::person, who.str(), {}};
    refusal = co_await limit(services, std::move(of_person), limits.person);
    if (refusal) co_return refusal;
    RequestWindow of_everybody{RequestWindow::Of::everybody, {}, {}};
    co_return co_await limit(services, std::move(of_everybody), limits.everybody);
}

asio::awaitable<std::optional<Refusal>> limits_passed(const Services& services, Request request)
{
    const LimitSettings& limits = services.settings.limits;
    RequestWindow of_look_ups{RequestWindow::Of::look_ups, request.requester.str(), {}};
    auto refusal = co_await limit_before(services, std::move(of_look_ups), limits.look_ups, request.created_at);
    if (refusal) co_return refusal;
    RequestWindow of_person{RequestWindow::Of::person, request.requester.str(), {}};
    refusal = co_await limit_before(services, std::move(of_person), limits.person, request.created_at);
    if (refusal) co_return refusal;
    RequestWindow of_everybody{RequestWindow::Of::everybody, {}, {}};
    co_return co_await limit_before(services, std::move(of_everybody), limits.everybody, request.created_at);
}

asio::awaitable<std::optional<Refusal>> account_limit(const Services& services, Request request)
{
    std::string key = request.account ? account_key(request.account->id) : new_account_key(request.email);
    RequestWindow of_account{RequestWindow::Of::account, std::move(key), {}};
    co_return co_await limit(services, std::move(of_account), services.settings.limits.account);
}

}  // namespace countersign::checks
