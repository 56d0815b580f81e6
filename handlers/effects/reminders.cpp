#include "handlers/effects/reminders.hpp"

#include "handlers/effects/deliver.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/still_waiting.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/reminders.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> remind(Running running, ReminderNumber which)
{
    const auto held = co_await running.services.store.find_freeze();
    const ApprovalSettings& settings = running.services.settings.approval;
    auto decision = rules::reminder(running.request, which, held.freeze.has_value(), settings, running.now());
    co_return co_await carry_out(std::move(running), std::move(decision));
}

asio::awaitable<JobResult> escalate(Running running)
{
    auto decision = rules::escalation(running.request, running.now());
    return carry_out(std::move(running), std::move(decision));
}

asio::awaitable<JobResult> expire(Running running)
{
    auto decision = rules::expiry(running.request, running.now());
    return carry_out(std::move(running), std::move(decision));
}

asio::awaitable<JobResult> begin_change(Running running)
{
    auto decision = rules::end_of_cooling(running.request, running.now());
    return carry_out(std::move(running), std::move(decision));
}

asio::awaitable<JobResult> say_in_thread(Running running, ThreadLine line)
{
    if (rules::is_overtaken(line, running.job.created_at, running.request))
        co_return co_await finish(std::move(running));
    const auto standing = co_await look_for_card(running.services, running.request);
    if (!standing) co_return JobResult::of_slack(standing.error());
    if (!standing->stands()) co_return co_await wait_for_card(std::move(running), standing->is_gone);

    slack::Message message = views::thread_line(running.request, line, running.services.settings);
    Spot below{*standing->card->channel, standing->card->ts};
    std::string uuid = "line-" + std::to_string(running.job.id);
    const auto said =
        co_await say(running.services, running.job, std::move(below), std::move(message), std::move(uuid));
    if (!said) co_return JobResult::of_slack(said.error());
    co_return co_await finish(std::move(running));
}

asio::awaitable<JobResult> say_still_waiting(Running running)
{
    const auto held = co_await running.services.store.find_freeze();
    auto decision = rules::still_waiting(running.request, held.freeze.has_value(), running.now());
    co_return co_await carry_out(std::move(running), std::move(decision));
}

}  // namespace countersign::effects
