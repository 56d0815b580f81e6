#include "handlers/actions/home_tab.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/effects/home_tabs.hpp"

#include <algorithm>
#include <charconv>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::int64_t pages_max = 1000;

asio::awaitable<HandlerResult> show(const Services& services, SlackUserId user, std::int64_t page, ReplayMark replay)
{
    Transaction change{services.clock.now()};
    // Without a digest it is published whatever was published before.
    change.viewer.emplace(HomeViewer{user, change.at, page, {}});
    change.jobs.push_back(effects::home_job(user, change.at));
    change.replay = std::move(replay);
    const Attempt shown = co_await attempt(services, std::move(change));
    if (shown != Attempt::done) co_return rejection(shown);
    co_return slack::Acknowledged{};
}

}  // namespace

asio::awaitable<HandlerResult> open_home(const Services& services, slack::AppEvent event, ReplayMark replay)
{
    if (!is_served(event.origin, services.settings) || !event.user || event.tab != "home")
        co_return slack::Acknowledged{};
    co_return co_await show(services, *event.user, 0, std::move(replay));
}

asio::awaitable<HandlerResult> turn_home_page(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    if (!is_served(click.origin, services.settings)) co_return slack::Acknowledged{};
    std::int64_t page = 0;
    std::from_chars(click.value.data(), click.value.data() + click.value.size(), page);
    page = std::clamp<std::int64_t>(page, 0, pages_max);
    co_return co_await show(services, click.actor.id, page, std::move(replay));
}

}  // namespace countersign::actions
