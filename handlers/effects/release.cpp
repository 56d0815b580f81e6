#include "handlers/effects/release.hpp"

#include "handlers/checks/people.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/rules/freeze.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/notes.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

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

asio::awaitable<JobResult> end_with_note(const Services& services, Job job, Note note, Transaction change)
{
    change.jobs.push_back(rules::note_job(note, change.at));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> turn_away(const Services& services, Job job, Note note, std::string why)
{
    Transaction change{services.clock.now()};
    AuditEvent row{"release_not_accepted", note.user.str()};
    row.details.emplace_back("why", std::move(why));
    change.audit.push_back(std::move(row));
    co_return co_await end_with_note(services, std::move(job), std::move(note), std::move(change));
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

asio::awaitable<JobResult> finish_release(const Services& services, Job job, LastRelease release)
{
    Note note = release.by;
    const auto denial = co_await releasing_denial(services, note.user);
    if (!denial) co_return JobResult::retry(denial.error());
    if (*denial)
    {
        note.text = views::not_allowed_to_freeze(**denial);
        std::string why{name_of(**denial)};
        co_return co_await turn_away(services, std::move(job), std::move(note), std::move(why));
    }
    const auto held = co_await services.store.find_freeze();
    auto fault = rules::release_fault(held, release.pressed, note.user);
    std::set<SlackUserId> lapsed;
    if (!fault)
    {
        auto asked = co_await lapsed_of(services, *held.freeze);
        if (!asked) co_return JobResult::retry(asked.error());
        lapsed = std::move(*asked);
        // Known for certain only now that Slack was asked about all of them.
        People people;
        checks::remember(people, services.directory, note.user);
        checks::remember(people, services.directory, held.freeze->releases);
        fault = rules::repeated_release(*held.freeze, note.user, lapsed, people);
    }
    if (fault)
    {
        note.text = views::release_refused(*fault, held);
        std::string why{name_of(*fault)};
        co_return co_await turn_away(services, std::move(job), std::move(note), std::move(why));
    }
    Transaction change{services.clock.now()};
    const FreezeNotice notice = rules::add_release(change, held, note.user, lapsed, release.announcement);
    note.text = views::release_done(notice, lapsed);
    co_return co_await end_with_note(services, std::move(job), std::move(note), std::move(change));
}

}  // namespace countersign::effects
