#include "handlers/actions/home_tab.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/jobs.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::int64_t pages_max = 1000;

asio::awaitable<HandlerResult> show(const Services& services, SlackUserId user, std::int64_t page, ReplayMark replay)
{
    Performance performance{user, std::move(replay)};
    Decide decide = [user, page](const Snapshot& seen) { return show_home(user, page, seen.now); };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace

Verdict show_home(const SlackUserId& user, std::int64_t page, TimePoint now)
{
    Verdict verdict{now};
    // Without a digest it is published whatever was published before.
    verdict.transaction->viewer.emplace(HomeViewer{user, now, page, {}});
    verdict.transaction->jobs.push_back(rules::home_job(user, now));
    return verdict;
}

std::int64_t home_page(std::string_view value)
{
    std::int64_t page = 0;
    std::from_chars(value.data(), value.data() + value.size(), page);
    return std::clamp<std::int64_t>(page, 0, pages_max);
}

asio::awaitable<HandlerResult> open_home(const Services& services, slack::AppEvent event, ReplayMark replay)
{
    if (!is_served(event.source, services.settings) || !event.user || event.tab != "home")
        co_return slack::Acknowledged{};
    co_return co_await show(services, *event.user, 0, std::move(replay));
}

asio::awaitable<HandlerResult> turn_home_page(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    if (!is_served(click.source, services.settings)) co_return slack::Acknowledged{};
    const std::int64_t page = home_page(click.value);
    co_return co_await show(services, click.actor.id, page, std::move(replay));
}

}  // namespace countersign::actions
