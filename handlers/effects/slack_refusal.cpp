#include "handlers/effects/slack_refusal.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/model/stored.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/views/refusal_words.hpp"

#include <boost/json/serialize.hpp>

namespace countersign::effects {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

SlackRefusal read_refusal(const JsonReader& fields)
{
    return SlackRefusal{fields.text("what"), fields.text("reason"), fields.time("since")};
}

}  // namespace

NewJob slack_refusal_job(const SlackRefusal& refusal, TimePoint due)
{
    json::object payload;
    payload["what"] = stored::text_of(refusal.what);
    payload["reason"] = stored::text_of(refusal.reason);
    payload["since"] = to_unix_ms(refusal.since);
    NewJob job{std::string{job_kind::slack_refusal}, "slack_refusal/" + refusal.what, due};
    job.payload = json::serialize(payload);
    job.coalesce = true;
    return job;
}

asio::awaitable<JobResult> tell_refusal(const Services& services, Job job)
{
    const auto refusal = stored::read(job.payload, read_refusal);
    if (!refusal) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
    const bool is_approvals = refusal->what == "approvals_channel";
    Spot spot{is_approvals ? services.settings.audit : services.settings.approvals};
    slack::Message message = views::slack_refuses(refusal->what, refusal->reason, refusal->since, services.settings);
    std::string uuid = "refusal-" + std::to_string(job.id);
    const auto sent = co_await say(services, job, std::move(spot), std::move(message), std::move(uuid));
    if (!sent) co_return JobResult::of_slack(sent.error());
    co_return co_await finish(services, std::move(job));
}

}  // namespace countersign::effects
