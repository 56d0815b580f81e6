#include "handlers/effects/follow_up.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/open_handover.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/jobs.hpp"
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

asio::awaitable<void> tell(const Services& services, SlackUserId user, FallbackTarget back, std::string words)
{
    Note note{user, std::move(words)};
    note.channel = std::move(back.channel);
    if (back.response_url) note.response_url = services.vault.seal(*back.response_url, note_context(user));
    Transaction change{services.clock.now()};
    change.jobs.push_back(rules::note_job(note, change.at));
    const auto receipt = co_await services.store.commit(std::move(change));
    if (!receipt) log::warn("note_not_stored", {{"user", user}, {"reason", receipt.error().message()}});
}

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
