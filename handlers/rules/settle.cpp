#include "handlers/rules/settle.hpp"

#include "handlers/rules/risk_notes.hpp"

#include <algorithm>

namespace countersign::rules {

namespace {

using Kind = Settlement::Kind;

// Only one of the two signs is there: the log decides.
Settlement by_the_log(const LostChange& lost) noexcept
{
    if (lost.log == LogWord::not_asked) return {Kind::ask_the_log};
    if (lost.log == LogWord::found) return {Kind::proved};
    if (lost.elapsed < give_up_after) return {Kind::open};
    // Only the marker: where the time is not kept nobody else's change was seen.
    const bool by_someone = lost.trace == Trace::only_moved;
    return {Kind::given_up, by_someone ? Ending::changed_by_someone : Ending::answer_lost};
}

// Nothing of our change can be seen.
Settlement untouched(const LostChange& lost) noexcept
{
    if (lost.may_send_again) return {Kind::send_again};
    if (lost.elapsed < give_up_after) return {Kind::open};
    if (!lost.tells_of_changes) return {Kind::given_up, Ending::answer_lost};
    if (lost.log == LogWord::not_asked) return {Kind::ask_the_log};
    if (lost.log == LogWord::ruled_out) return {Kind::ruled_out, Ending::never_applied};
    if (lost.log == LogWord::no_answer_now && lost.elapsed < give_up_after + log_patience) return {Kind::open};
    return {Kind::given_up, Ending::answer_lost};
}

}  // namespace

Settlement settle(const LostChange& lost) noexcept
{
    switch (lost.trace)
    {
    case Trace::ours: return {Kind::proved};
    case Trace::gone: return {Kind::given_up, Ending::account_gone};
    // Somebody else's; or ours, whose marker was overwritten since: nothing tells them apart.
    case Trace::foreign: return {Kind::given_up, Ending::changed_by_someone};
    case Trace::only_moved:
    case Trace::only_marked: return by_the_log(lost);
    case Trace::none: return untouched(lost);
    // A second send would undo somebody's decision about the block.
    case Trace::other_block:
    case Trace::unreadable: break;
    }
    if (lost.elapsed < give_up_after) return {Kind::open};
    return {Kind::given_up, Ending::answer_lost};
}

bool moved(const Request& request, const Account& now)
{
    if (!now.last_password_reset) return false;
    return !request.intent->reset_before || *now.last_password_reset > *request.intent->reset_before;
}

bool marked(const Request& request, const Account& now) { return now.marker == request.id.str(); }

Trace trace_of_change(const Request& request, const Account& now)
{
    if (moved(request, now)) return marked(request, now) ? Trace::ours : Trace::only_moved;
    if (marked(request, now)) return Trace::only_marked;
    return now.blocked == request.intent->blocked_before ? Trace::none : Trace::other_block;
}

const Account* created_account(const Request& request, const std::vector<Account>& found)
{
    for (const Account& account : found)
    {
        const auto& databases = account.database_connections;
        if (std::find(databases.begin(), databases.end(), request.connection) != databases.end()) return &account;
    }
    return nullptr;
}

Trace trace_of_creation(const Request& request, const Account* created)
{
    if (created == nullptr) return Trace::none;
    return marked(request, *created) ? Trace::ours : Trace::foreign;
}

std::optional<Account> confirmed(const Request& request, const Account& answered, const Account* seen)
{
    const bool is_in_answer = moved(request, answered) || marked(request, answered);
    if (seen == nullptr || !(moved(request, *seen) || marked(request, *seen)))
        return is_in_answer ? std::optional{answered} : std::nullopt;
    Account account = *seen;
    // What is read now may be the owner's own change already; the answer is about ours.
    if (moved(request, answered)) account.last_password_reset = answered.last_password_reset;
    return account;
}

LogWord word_of(const Outcome<LogEvidence>& evidence)
{
    if (!evidence)
    {
        const Errc code = evidence.error().code;
        const bool passes = code == Errc::unavailable || code == Errc::rate_limited || code == Errc::unreachable;
        return passes ? LogWord::no_answer_now : LogWord::no_answer;
    }
    switch (*evidence)
    {
    case LogEvidence::found: return LogWord::found;
    case LogEvidence::absent: return LogWord::absent;
    case LogEvidence::ruled_out: return LogWord::ruled_out;
    }
    return LogWord::no_answer;
}

bool may_send_again(const Intent& intent, TimePoint now) noexcept
{
    return now - intent.started_at <= resend_within && intent.sends < sends_max && intent.sends - intent.answered < 2;
}

bool tells_of_changes(const Request& request)
{
    return std::none_of(request.risk_notes.begin(), request.risk_notes.end(), [](const RiskNote& risk) {
        return risk.code == risk_code::custom_database || risk.code == risk_code::policy_unknown;
    });
}

std::chrono::seconds look_after(const Intent& intent) noexcept
{
    const int doublings = std::clamp(intent.answered - 1, 0, 3);
    return settle_after * (1 << doublings);
}

}  // namespace countersign::rules
