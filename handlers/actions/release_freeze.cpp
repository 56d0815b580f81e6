#include "handlers/actions/release_freeze.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/release.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/notes.hpp"

#include <charconv>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

std::int64_t version_in(const std::string& value)
{
    std::int64_t version = -1;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), version);
    return read.ec == std::errc{} && read.ptr == value.data() + value.size() ? version : -1;
}

std::optional<Rebuff> releasing_fault(
    const Services& services, const slack::BlockAction& click, const FreezeSwitch& held)
{
    const auto who = services.directory.cached(click.actor.id);
    std::optional<rules::Denial> denial = rules::may_freeze(who);
    // Two have to release, and are told apart by their addresses, too.
    if (!denial) denial = rules::address_denial(*who, services.settings.approval.own_account_check);
    if (!is_served(click.origin, services.settings)) denial = rules::Denial::other_workspace;
    if (denial) return Rebuff{name_of(*denial), views::not_allowed_to_freeze(*denial)};
    auto fault = rules::release_fault(held, version_in(click.value), click.actor.id);
    if (!fault && effects::has_released(services, *held.freeze, click.actor.id)) fault = rules::ReleaseFault::released_before;
    if (fault) return Rebuff{name_of(*fault), views::release_refused(*fault, held)};
    return std::nullopt;
}

// The announcement that was clicked shows what became of it.
std::optional<MessageTs> announcement_of(const slack::BlockAction& click, const Settings& settings)
{
    if (click.channel && *click.channel == settings.approvals) return click.message_ts;
    return std::nullopt;
}

// What the click does; the words are for the person. What would end the freeze is done once Slack was asked, after our
// answer: handlers/effects/release.
std::string release(
    Transaction& change, const Services& services, const slack::BlockAction& click, const FreezeSwitch& held)
{
    const auto announcement = announcement_of(click, services.settings);
    if (!rules::lacks_one_release(*held.freeze))
        return views::release_done(effects::add_release(change, held, click.actor.id, {}, announcement), {});
    effects::LastRelease last{note_to(services, click, {}), version_in(click.value)};
    last.announcement = announcement;
    change.audit.emplace_back("freeze_release_pressed", click.actor.id.str());
    change.jobs.push_back(effects::release_job(last, change.at));
    return views::release_being_checked();
}

}  // namespace

asio::awaitable<HandlerResult> release_freeze(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    std::string words;
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const auto held = co_await services.store.find_freeze();
        const auto fault = releasing_fault(services, click, held);
        Transaction change{services.clock.now()};
        if (fault)
        {
            AuditEvent row{"release_not_accepted", click.actor.id.str()};
            row.details.emplace_back("why", fault->why);
            change.audit.push_back(std::move(row));
            words = fault->words;
        }
        else
            words = release(change, services, click, held);
        add_note(change, services, click, words);
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    log::warn("freeze_release_pressed", {{"user", click.actor.id}});
    co_return acknowledge(click, "Freeze", words);
}

}  // namespace countersign::actions
