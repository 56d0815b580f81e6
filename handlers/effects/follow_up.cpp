#include "handlers/effects/follow_up.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/open_handover.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

asio::awaitable<void> open_view(const Services& services, OpenView then)
{
    const SlackUserId user = then.user;
    const auto opened = co_await services.slack.open_view(std::move(then.trigger_id), std::move(then.view));
    if (opened) co_return;
    log::warn("view_not_opened", {{"user", user}, {"reason", opened.error().reason}});
    if (!then.fallback) co_return;
    const bool is_certain = opened.error().code != Errc::answer_lost;
    std::string words = views::window_not_opened(is_certain);
    co_await tell(services, user, std::move(*then.fallback), std::move(words));
}

asio::awaitable<void> replace_view(const Services& services, ReplaceView then)
{
    const auto replaced = co_await services.slack.update_view(std::move(then.external_id), std::move(then.view));
    if (!replaced) log::warn("view_not_replaced", {{"user", then.user}, {"reason", replaced.error().reason}});
}

}  // namespace

asio::awaitable<void> follow_up(const Services& services, FollowUp then)
{
    if (auto* view = std::get_if<OpenView>(&then)) co_await open_view(services, std::move(*view));
    if (auto* view = std::get_if<ReplaceView>(&then)) co_await replace_view(services, std::move(*view));
    if (auto* handover = std::get_if<OpenHandover>(&then)) co_await open_handover(services, std::move(*handover));
}

asio::awaitable<void> drop_follow_up(const Services& services, FollowUp then)
{
    auto* view = std::get_if<OpenView>(&then);
    if (view == nullptr || !view->fallback) co_return;
    std::string words = views::window_not_opened(true);
    co_await tell(services, view->user, std::move(*view->fallback), std::move(words));
}

}  // namespace countersign::effects
