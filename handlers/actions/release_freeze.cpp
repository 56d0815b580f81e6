#include "handlers/actions/release_freeze.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/log.hpp"
#include "handlers/rules/freeze.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/notes.hpp"

#include <charconv>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::string_view modal_title = "Freeze";

std::int64_t version_in(const std::string& value)
{
    std::int64_t version = -1;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), version);
    return read.ec == std::errc{} && read.ptr == value.data() + value.size() ? version : -1;
}

std::optional<rules::Denial> releasing_denial(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (!is_served(press.source, settings)) return rules::Denial::other_workspace;
    const auto who = seen.member(press.by);
    if (const auto denial = rules::may_freeze(who)) return denial;
    // Two have to release, and are told apart by their addresses, too.
    return rules::address_denial(*who, settings.approval.own_account_check);
}

std::optional<rules::ReleaseFault> releasing_fault(const Press& press, const Snapshot& seen)
{
    if (const auto fault = rules::release_fault(seen.held, version_in(press.value), press.by)) return fault;
    if (rules::may_be_among(seen.people, seen.held.freeze->releases, press.by))
        return rules::ReleaseFault::released_before;
    return std::nullopt;
}

std::optional<Refusal> releasing_refusal(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (const auto denial = releasing_denial(press, seen, settings))
        return Refusal{name_of(*denial), views::not_allowed_to_freeze(*denial)};
    if (const auto fault = releasing_fault(press, seen))
        return Refusal{name_of(*fault), views::release_refused(*fault, seen.held)};
    return std::nullopt;
}

// The announcement that was clicked shows what became of it.
std::optional<MessageTs> announcement_of(const Press& press, const Settings& settings)
{
    if (press.channel && *press.channel == settings.approvals) return press.message;
    return std::nullopt;
}

// Gives the words for who pressed. What would end the freeze is done once Slack was asked, after our answer.
std::string add_release(Transaction& transaction, const Press& press, const Snapshot& seen, const Settings& settings)
{
    const auto announcement = announcement_of(press, settings);
    if (!rules::lacks_one_release(*seen.held.freeze))
        return views::release_done(rules::add_release(transaction, seen.held, press.by, {}, announcement), {});
    LastRelease last{note_to(press, {}), version_in(press.value)};
    last.announcement = announcement;
    transaction.audit.emplace_back("freeze_release_pressed", press.by.str());
    transaction.jobs.push_back(rules::release_job(last, transaction.at));
    return views::release_being_checked();
}

}  // namespace

Verdict release(const Press& press, const Snapshot& seen, const Settings& settings)
{
    Verdict verdict{seen.now};
    const auto refusal = releasing_refusal(press, seen, settings);
    if (refusal)
    {
        AuditEvent row{"release_not_accepted", press.by.str()};
        row.details.emplace_back("why", refusal->code);
        verdict.transaction->audit.push_back(std::move(row));
        tell(verdict, press, modal_title, refusal->words);
        return verdict;
    }
    const std::string words = add_release(*verdict.transaction, press, seen, settings);
    tell(verdict, press, modal_title, words);
    return verdict;
}

asio::awaitable<HandlerResult> release_freeze(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const SlackUserId by = click.actor.id;
    auto result = co_await perform(services, std::move(click), std::move(replay), release);
    if (!std::holds_alternative<slack::Rejected>(result.answer)) log::warn("freeze_release_pressed", {{"user", by}});
    co_return result;
}

}  // namespace countersign::actions
