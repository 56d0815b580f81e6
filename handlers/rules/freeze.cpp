#include "handlers/rules/freeze.hpp"

#include "handlers/rules/jobs.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/rules/transitions.hpp"

#include <algorithm>

namespace countersign::rules {

std::string_view name_of(ReleaseFault fault) noexcept
{
    switch (fault)
    {
    case ReleaseFault::not_frozen: return "not_frozen";
    case ReleaseFault::other_freeze: return "other_freeze";
    case ReleaseFault::released_before: return "released_before";
    }
    return "corrupt";
}

std::optional<ReleaseFault> release_fault(const FreezeSwitch& held, std::int64_t pressed, const SlackUserId& who)
{
    if (!held.freeze) return ReleaseFault::not_frozen;
    const auto& releases = held.freeze->releases;
    // Each release raised the version by one.
    const std::int64_t began_with = held.version - static_cast<std::int64_t>(releases.size()) - held.freeze->lapsed;
    if (pressed < began_with || pressed > held.version) return ReleaseFault::other_freeze;
    const bool before =
        std::any_of(releases.begin(), releases.end(), [&who](const Decision& release) { return release.by == who; });
    if (before) return ReleaseFault::released_before;
    return std::nullopt;
}

std::optional<ReleaseFault> repeated_release(
    const Freeze& freeze, const SlackUserId& who, const std::set<SlackUserId>& lapsed, const People& people)
{
    std::vector<Decision> counting = freeze.releases;
    std::erase_if(counting, [&lapsed](const Decision& each) { return lapsed.contains(each.by); });
    if (may_be_among(people, counting, who)) return ReleaseFault::released_before;
    return std::nullopt;
}

FreezeSwitch frozen_by(const FreezeSwitch& held, Freeze freeze)
{
    FreezeSwitch next;
    next.version = held.version;
    next.freeze.emplace(std::move(freeze));
    return next;
}

Freeze with_release(Freeze freeze, const SlackUserId& who, TimePoint at, const std::set<SlackUserId>& lapsed)
{
    const auto gone =
        std::erase_if(freeze.releases, [&lapsed](const Decision& release) { return lapsed.contains(release.by); });
    freeze.lapsed += static_cast<int>(gone);
    freeze.releases.push_back(Decision{who, at});
    return freeze;
}

FreezeSwitch released_by(const FreezeSwitch& held, const Freeze& freeze)
{
    FreezeSwitch next;
    next.version = held.version;
    if (freeze.releases.size() < releases_needed) next.freeze = freeze;
    return next;
}

bool lacks_one_release(const Freeze& freeze) { return freeze.releases.size() + 1 >= releases_needed; }

FreezeNotice notice_of(const FreezeSwitch& held, const FreezeSwitch& next, const Freeze& freeze)
{
    auto what = FreezeNotice::What::released;
    if (next.freeze) what = held.freeze ? FreezeNotice::What::half_released : FreezeNotice::What::frozen;
    return FreezeNotice{what, freeze, held.version + 1};
}

namespace {

NewJob telling_job(const FreezeTelling& telling, TimePoint due)
{
    std::string lane = telling.to_audit ? "freeze/audit" : telling.edits ? "freeze/edit" : "freeze/approvals";
    NewJob job{std::string{job_kind::freeze_notice}, std::move(lane), due};
    job.payload = to_payload(telling);
    return job;
}

}  // namespace

void add_freeze_jobs(Transaction& change, const FreezeNotice& notice, const std::optional<MessageTs>& clicked)
{
    add_homes(change);
    FreezeTelling to_approvers{notice, false};
    change.jobs.push_back(telling_job(FreezeTelling{notice, true}, change.at));
    // Editing notifies nobody. Half a release is no news for those who see the button anyway; the end of a freeze is.
    if (!clicked || notice.what != FreezeNotice::What::half_released)
        change.jobs.push_back(telling_job(to_approvers, change.at));
    if (clicked)
    {
        to_approvers.edits = clicked;
        change.jobs.push_back(telling_job(to_approvers, change.at));
    }
    change.jobs.emplace_back(std::string{job_kind::redraw_cards}, "freeze/cards", change.at);
}

FreezeNotice add_release(
    Transaction& change, const FreezeSwitch& held, const SlackUserId& who, const std::set<SlackUserId>& lapsed,
    const std::optional<MessageTs>& announcement)
{
    for (const SlackUserId& user : lapsed)
    {
        AuditEvent row{"release_lapsed", system_actor};
        row.details.emplace_back("released_by", user.str());
        change.audit.push_back(std::move(row));
    }
    const Freeze freeze = with_release(*held.freeze, who, change.at, lapsed);
    change.freeze = released_by(held, freeze);
    FreezeNotice notice = notice_of(held, *change.freeze, freeze);
    AuditEvent row{change.freeze->freeze ? "freeze_half_released" : "freeze_released", who.str()};
    row.details.emplace_back("frozen_by", freeze.by.str());
    row.details.emplace_back("reason", freeze.reason);
    change.audit.push_back(std::move(row));
    add_freeze_jobs(change, notice, announcement);
    return notice;
}

}  // namespace countersign::rules
