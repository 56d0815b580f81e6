#include "handlers/effects/freeze_notice.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/views/freeze_view.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr int cards_max = 2'000;

// Whatever the reason, a freeze is told for as long as its job is tried.
JobResult until_told(const Problem& problem)
{
    return slack::is_final(problem) ? JobResult::retry(problem) : JobResult::of_slack(problem);
}

}  // namespace

asio::awaitable<JobResult> announce_freeze(const Services& services, Job job, FreezeTelling telling)
{
    slack::Message message = views::freeze_announcement(telling.notice, telling.to_audit);
    const ChannelId channel = telling.to_audit ? services.settings.audit : services.settings.approvals;
    if (telling.edits)
    {
        const auto edited = co_await services.slack.update_message(channel, *telling.edits, std::move(message));
        // What is gone cannot be edited, and need not be.
        if (!edited && !slack::is_gone(edited.error())) co_return until_told(edited.error());
        co_return co_await finish(services, std::move(job));
    }
    Spot spot{channel};
    std::string uuid = "freeze-" + std::to_string(job.id);
    const auto sent = co_await say(services, job, std::move(spot), std::move(message), std::move(uuid));
    if (!sent) co_return until_told(sent.error());
    co_return co_await finish(services, std::move(job));
}

asio::awaitable<JobResult> redraw_cards(const Services& services, Job job)
{
    const auto held = co_await services.store.held_requests(cards_max);
    Transaction change{services.clock.now()};
    for (const Request& request : held)
        change.jobs.push_back(rules::redraw_job(job_kind::card, request.id, Redraw::in_any_case, change.at));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
