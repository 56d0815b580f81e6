#include "handlers/effects/follow_up.hpp"

#include "handlers/core/log.hpp"
#include "handlers/handover/open.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

asio::awaitable<void> open_view(const Services& services, OpenView then)
{
    const SlackUserId user = then.user;
    const auto opened = co_await services.slack.open_view(std::move(then.trigger_id), std::move(then.view));
    if (!opened) log::warn("view_not_opened", {{"user", user}, {"reason", opened.error().reason}});
}

}  // namespace

asio::awaitable<void> follow_up(const Services& services, FollowUp then)
{
    if (auto* view = std::get_if<OpenView>(&then)) co_await open_view(services, std::move(*view));
    if (auto* handover = std::get_if<OpenHandover>(&then)) co_await open_handover(services, std::move(*handover));
}

}  // namespace countersign
