#include "handlers/effects/freeze_notice.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/model/stored.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/freeze_view.hpp"

#include <boost/json/serialize.hpp>

namespace countersign::effects {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr int cards_max = 2'000;

// What one job tells to whom.
struct Telling
{
    Telling(rules::FreezeNotice notice_, bool to_audit_) : notice{std::move(notice_)}, to_audit{to_audit_} {}

    rules::FreezeNotice notice;
    bool to_audit;
    std::optional<MessageTs> edits;  // a message in the approvals channel
};

NewJob job_of(const Telling& telling, TimePoint due)
{
    json::object payload;
    payload["notice"] = stored::text_of(to_payload(telling.notice));
    payload["to_audit"] = telling.to_audit;
    if (telling.edits) payload["edits"] = stored::text_of(telling.edits->str());
    std::string lane = telling.to_audit ? "freeze/audit" : telling.edits ? "freeze/edit" : "freeze/approvals";
    NewJob job{std::string{job_kind::freeze_notice}, std::move(lane), due};
    job.payload = json::serialize(payload);
    return job;
}

Result<Telling> telling_of(const Job& job)
{
    const auto parsed = stored::parse(job.payload);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed};
    auto notice = rules::notice_from(fields.text("notice"));
    const bool to_audit = fields.flag("to_audit");
    const std::string edits = fields.text_or("edits", "");
    if (!fields.is_sound() || !notice) return Errc::corrupt;
    Telling telling{std::move(*notice), to_audit};
    if (!edits.empty()) telling.edits.emplace(edits);
    return telling;
}

// Whatever the reason, a freeze is told for as long as its job is tried.
JobResult until_told(const Problem& problem)
{
    return slack::is_final(problem) ? JobResult::retry(problem) : JobResult::of_slack(problem);
}

}  // namespace

void add_freeze_jobs(Transaction& change, const rules::FreezeNotice& notice, const std::optional<MessageTs>& clicked)
{
    rules::add_homes(change);
    Telling to_audit{notice, true};
    Telling to_approvers{notice, false};
    change.jobs.push_back(job_of(to_audit, change.at));
    // Editing notifies nobody. Half a release is no news for those who see the button anyway; the end of a freeze is.
    if (!clicked || notice.what != rules::FreezeNotice::What::half_released)
        change.jobs.push_back(job_of(to_approvers, change.at));
    if (clicked)
    {
        to_approvers.edits = clicked;
        change.jobs.push_back(job_of(to_approvers, change.at));
    }
    change.jobs.emplace_back(std::string{job_kind::redraw_cards}, "freeze/cards", change.at);
}

asio::awaitable<JobResult> announce_freeze(const Services& services, Job job)
{
    const auto telling = telling_of(job);
    if (!telling) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
    slack::Message message = views::freeze_announcement(telling->notice, telling->to_audit);
    const ChannelId channel = telling->to_audit ? services.settings.audit : services.settings.approvals;
    if (telling->edits)
    {
        const auto edited = co_await services.slack.update_message(channel, *telling->edits, std::move(message));
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
    {
        NewJob card = rules::request_job(job_kind::card, request.id, change.at);
        card.payload = std::string{rules::draw_again};
        change.jobs.push_back(std::move(card));
    }
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
