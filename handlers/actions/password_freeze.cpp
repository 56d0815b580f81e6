#include "handlers/actions/password_freeze.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/log.hpp"
#include "handlers/core/text.hpp"
#include "handlers/rules/freeze.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/freeze_view.hpp"
#include "handlers/views/notes.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

std::optional<rules::Denial> freezing_denial(const Action& action, const Snapshot& seen, const Settings& settings)
{
    if (!is_served(action.source, settings)) return rules::Denial::other_workspace;
    return rules::may_freeze(seen.member(action.by));
}

Verdict not_allowed(const Action& action, rules::Denial denial, TimePoint now)
{
    Verdict verdict{now};
    AuditEvent row{"freeze_not_allowed", action.by.str()};
    row.details.emplace_back("why", std::string{name_of(denial)});
    verdict.transaction->audit.push_back(std::move(row));
    return std::move(verdict).saying(slack::Message{views::not_allowed_to_freeze(denial)});
}

Verdict begun(const Action& action, std::string reason, const Snapshot& seen)
{
    Verdict verdict{seen.now};
    AuditEvent row{"frozen", action.by.str()};
    row.details.emplace_back("reason", reason);
    verdict.transaction->audit.push_back(std::move(row));
    const Freeze freeze{action.by, seen.now, std::move(reason), {}};
    verdict.transaction->freeze = rules::frozen_by(seen.held, freeze);
    const auto notice = rules::notice_of(seen.held, *verdict.transaction->freeze, freeze);
    rules::add_freeze_jobs(*verdict.transaction, notice, std::nullopt);
    return std::move(verdict).saying(views::freeze_begun(freeze));
}

}  // namespace

Verdict freeze(const Action& action, const std::string& text, const Snapshot& seen, const Settings& settings)
{
    if (const auto denial = freezing_denial(action, seen, settings)) return not_allowed(action, *denial, seen.now);
    if (seen.held.freeze) return Verdict{seen.now}.saying(views::frozen_already(seen.held));
    std::string reason = clean_line(decode_entities(text));
    if (reason.empty()) return Verdict{seen.now}.saying(views::freeze_needs_reason());
    if (utf16_units(reason) > reason_units_max) return Verdict{seen.now}.saying(views::freeze_reason_too_long());
    return begun(action, std::move(reason), seen);
}

asio::awaitable<HandlerResult> password_freeze(const Services& services, slack::SlashCommand command, ReplayMark replay)
{
    Performance performance{command.actor.id, std::move(replay)};
    bool freezes = false;
    Decide decide = [&command, &services, &freezes](const Snapshot& seen) {
        Verdict verdict = freeze(action_of(command), command.text, seen, services.settings);
        freezes = verdict.transaction->freeze.has_value();
        return verdict;
    };
    auto result = co_await perform(services, std::move(performance), std::move(decide));
    if (freezes && !std::holds_alternative<slack::Rejected>(result.answer))
        log::warn("frozen", {{"user", command.actor.id}});
    co_return result;
}

}  // namespace countersign::actions
