#include "handlers/decisions/release_freeze.hpp"

#include "handlers/core/log.hpp"
#include "handlers/decisions/guards.hpp"
#include "handlers/effects/freeze_notice.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/views/freeze.hpp"
#include "handlers/views/notes.hpp"

#include <charconv>

namespace countersign {

namespace asio = boost::asio;

namespace {

std::int64_t version_in(const std::string& value)
{
    std::int64_t version = -1;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), version);
    return read.ec == std::errc{} && read.ptr == value.data() + value.size() ? version : -1;
}

std::string_view name_of_fault(ReleaseFault fault)
{
    switch (fault)
    {
    case ReleaseFault::not_frozen: return "not_frozen";
    case ReleaseFault::other_freeze: return "other_freeze";
    case ReleaseFault::released_before: return "released_before";
    }
    return "corrupt";
}

std::optional<Rebuff> releasing_fault(
    const Services& services, const slack::BlockAction& click, const FreezeSwitch& held)
{
    std::optional<Denial> denial = may_freeze(services.directory.recall(click.actor.id, services.clock.now()));
    if (is_foreign(click.actor, click.origin, services.settings)) denial = Denial::other_workspace;
    if (denial) return Rebuff{name_of(*denial), views::not_allowed_to_freeze(*denial)};
    if (const auto fault = release_fault(held, version_in(click.value), click.actor.id))
        return Rebuff{name_of_fault(*fault), views::release_refused(*fault, held)};
    return std::nullopt;
}

// The announcement that was clicked shows what became of it.
std::optional<MessageTs> announcement_of(const slack::BlockAction& click, const Settings& settings)
{
    if (click.channel && *click.channel == settings.approvals) return click.message_ts;
    return std::nullopt;
}

// What the click does; the words are for the person.
std::string release(Change& change, const Services& services, const slack::BlockAction& click, const FreezeSwitch& held)
{
    change.freeze = released_by(held, click.actor.id, change.at);
    Freeze freeze = *held.freeze;
    freeze.releases.push_back(Decision{click.actor.id, change.at});
    const FreezeNotice notice = notice_of(held, *change.freeze, freeze);
    AuditEvent row{change.freeze->freeze ? "freeze_half_released" : "freeze_released", click.actor.id.str()};
    row.details.emplace_back("frozen_by", freeze.by.str());
    row.details.emplace_back("reason", freeze.reason);
    change.audit.push_back(std::move(row));
    add_freeze_jobs(change, notice, announcement_of(click, services.settings));
    return views::release_done(notice);
}

}  // namespace

asio::awaitable<Handled> release_freeze(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    std::string words;
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const auto held = co_await services.store.find_freeze();
        const auto fault = releasing_fault(services, click, held);
        Change change{services.clock.now()};
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

}  // namespace countersign
