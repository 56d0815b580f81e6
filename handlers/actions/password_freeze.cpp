#include "handlers/actions/password_freeze.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/text.hpp"
#include "handlers/effects/freeze_notice.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

std::optional<rules::Denial> denial_of(const Services& services, const slack::SlashCommand& command)
{
    if (!is_served(command.origin, services.settings)) return rules::Denial::other_workspace;
    return rules::may_freeze(services.directory.cached(command.actor.id));
}

// What the command does to the switch as it was read, and what its author is told.
struct Answer
{
    Transaction change;
    slack::Message message;
};

Answer answer_of(
    const Services& services, const slack::SlashCommand& command, const FreezeSwitch& held, const std::string& reason)
{
    Transaction change{services.clock.now()};
    if (held.freeze) return Answer{std::move(change), views::frozen_already(held)};
    if (reason.empty()) return Answer{std::move(change), views::freeze_needs_reason()};
    if (utf16_units(reason) > reason_units_max) return Answer{std::move(change), views::freeze_reason_too_long()};

    Freeze freeze{command.actor.id, change.at, reason, {}};
    change.freeze = rules::frozen_by(held, freeze);
    AuditEvent row{"frozen", command.actor.id.str()};
    row.details.emplace_back("reason", reason);
    change.audit.push_back(std::move(row));
    effects::add_freeze_jobs(change, rules::notice_of(held, *change.freeze, freeze), std::nullopt);
    return Answer{std::move(change), views::freeze_begun(freeze)};
}

Answer refusal_of(const Services& services, const slack::SlashCommand& command, rules::Denial denial)
{
    Transaction change{services.clock.now()};
    AuditEvent row{"freeze_not_allowed", command.actor.id.str()};
    row.details.emplace_back("why", std::string{name_of(denial)});
    change.audit.push_back(std::move(row));
    return Answer{std::move(change), slack::Message{views::not_allowed_to_freeze(denial)}};
}

}  // namespace

asio::awaitable<HandlerResult> password_freeze(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    const std::string reason = clean_line(decode_entities(command.text));
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const auto denial = denial_of(services, command);
        const auto held = co_await services.store.find_freeze();
        Answer answer = denial ? refusal_of(services, command, *denial) : answer_of(services, command, held, reason);
        const bool freezes = answer.change.freeze.has_value();
        answer.change.replay = replay;
        outcome = co_await attempt(services, std::move(answer.change));
        if (outcome != Attempt::done) continue;
        if (freezes) log::warn("frozen", {{"user", command.actor.id}});
        co_return slack::PrivateReply{std::move(answer.message)};
    }
    co_return rejection(outcome);
}

}  // namespace countersign::actions
