#include "handlers/effects/slack_refusal.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/views/refusal_words.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> tell_refusal(const Services& services, Job job, SlackRefusal refusal)
{
    const bool is_approvals = refusal.what == "approvals_channel";
    Spot spot{is_approvals ? services.settings.audit : services.settings.approvals};
    slack::Message message = views::slack_refuses(refusal.what, refusal.reason, refusal.since, services.settings);
    std::string uuid = "refusal-" + std::to_string(job.id);
    const auto sent = co_await say(services, job, std::move(spot), std::move(message), std::move(uuid));
    if (!sent) co_return JobResult::of_slack(sent.error());
    co_return co_await finish(services, std::move(job));
}

}  // namespace countersign::effects
