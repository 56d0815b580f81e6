#include "handlers/effects/release.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/freeze_notice.hpp"
#include "handlers/model/stored.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/notes.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

Result<LastRelease> release_of(const Job& job)
{
    const auto parsed = stored::parse(job.payload);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed};
    const std::int64_t pressed = fields.number("pressed");
    const std::string announcement = fields.text_or("announcement", "");
    Job carrier;
    carrier.payload = fields.text("by");
    auto by = note_from(carrier);
    if (!fields.is_sound() || !by) return Errc::corrupt;
    LastRelease release{std::move(*by), pressed};
    if (!announcement.empty()) release.announcement.emplace(announcement);
    return release;
}

asio::awaitable<Outcome<std::optional<rules::Denial>>> releasing_denial(const Services& services, SlackUserId who)
{
    std::set<Role> freezing{Role::approver};
    const auto member = co_await services.directory.fetch(std::move(who), std::move(freezing));
    if (!member) co_return member.error();
    auto denial = rules::may_freeze(*member);
    // Two have to release, and are told apart by their addresses, too.
    if (!denial) denial = rules::address_denial(*member, services.settings.approval.own_account_check);
    co_return denial;
}

asio::awaitable<JobResult> tell(const Services& services, Job job, Note note, Transaction change)
{
    change.jobs.push_back(note_job(note, change.at));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> turn_away(const Services& services, Job job, Note note, std::string why)
{
    Transaction change{services.clock.now()};
    AuditEvent row{"release_not_accepted", note.user.str()};
    row.details.emplace_back("why", std::move(why));
    change.audit.push_back(std::move(row));
    co_return co_await tell(services, std::move(job), std::move(note), std::move(change));
}

// Those before, whose release does not count any more.
asio::awaitable<Outcome<std::set<SlackUserId>>> lapsed_of(const Services& services, Freeze freeze)
{
    std::set<SlackUserId> lapsed;
    for (const Decision& release : freeze.releases)
    {
        const auto denial = co_await releasing_denial(services, release.by);
        if (!denial) co_return denial.error();
        if (*denial) lapsed.insert(release.by);
    }
    co_return lapsed;
}

}  // namespace

NewJob release_job(const LastRelease& release, TimePoint due)
{
    json::object payload;
    payload["by"] = stored::text_of(note_job(release.by, due).payload);
    payload["pressed"] = release.pressed;
    if (release.announcement) payload["announcement"] = stored::text_of(release.announcement->str());
    NewJob job{std::string{job_kind::release}, "freeze/release", due};
    job.payload = json::serialize(payload);
    return job;
}

rules::FreezeNotice add_release(
    Transaction& change, const FreezeSwitch& held, const SlackUserId& who, const std::set<SlackUserId>& lapsed,
    const std::optional<MessageTs>& announcement)
{
    for (const SlackUserId& user : lapsed)
    {
        AuditEvent row{"release_lapsed", system_actor};
        row.details.emplace_back("released_by", user.str());
        change.audit.push_back(std::move(row));
    }
    const Freeze freeze = rules::with_release(*held.freeze, who, change.at, lapsed);
    change.freeze = rules::released_by(held, freeze);
    rules::FreezeNotice notice = rules::notice_of(held, *change.freeze, freeze);
    AuditEvent row{change.freeze->freeze ? "freeze_half_released" : "freeze_released", who.str()};
    row.details.emplace_back("frozen_by", freeze.by.str());
    row.details.emplace_back("reason", freeze.reason);
    change.audit.push_back(std::move(row));
    add_freeze_jobs(change, notice, announcement);
    return notice;
}

bool has_released(const Services& services, const Freeze& freeze, const SlackUserId& who)
{
    return std::any_of(freeze.releases.begin(), freeze.releases.end(), [&](const Decision& release) {
        return rules::may_be_one(services.directory, release.by, who);
    });
}

asio::awaitable<JobResult> finish_release(const Services& services, Job job)
{
    const auto release = release_of(job);
    if (!release) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
    Note note = release->by;
    const auto denial = co_await releasing_denial(services, note.user);
    if (!denial) co_return JobResult::retry(denial.error());
    if (*denial)
    {
        note.text = views::not_allowed_to_freeze(**denial);
        std::string why{name_of(**denial)};
        co_return co_await turn_away(services, std::move(job), std::move(note), std::move(why));
    }
    const auto held = co_await services.store.find_freeze();
    if (const auto fault = rules::release_fault(held, release->pressed, note.user))
    {
        note.text = views::release_refused(*fault, held);
        std::string why{name_of(*fault)};
        co_return co_await turn_away(services, std::move(job), std::move(note), std::move(why));
    }
    const auto lapsed = co_await lapsed_of(services, *held.freeze);
    if (!lapsed) co_return JobResult::retry(lapsed.error());
    // Known for certain only now that Slack was asked about all of them.
    Freeze counting = *held.freeze;
    std::erase_if(counting.releases, [&lapsed](const Decision& each) { return lapsed->contains(each.by); });
    if (has_released(services, counting, note.user))
    {
        note.text = views::release_refused(rules::ReleaseFault::released_before, held);
        std::string why{name_of(rules::ReleaseFault::released_before)};
        co_return co_await turn_away(services, std::move(job), std::move(note), std::move(why));
    }

    Transaction change{services.clock.now()};
    const rules::FreezeNotice notice = add_release(change, held, note.user, *lapsed, release->announcement);
    note.text = views::release_done(notice, *lapsed);
    co_return co_await tell(services, std::move(job), std::move(note), std::move(change));
}

}  // namespace countersign::effects
