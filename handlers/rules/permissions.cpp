#include "handlers/rules/permissions.hpp"

#include <algorithm>

namespace countersign::rules {

namespace {

std::optional<Denial> bad_standing(const Result<Member>& who)
{
    if (!who) return Denial::rights_unknown;
    switch (who->status)
    {
    case MemberStatus::member: return std::nullopt;
    case MemberStatus::deactivated: return Denial::deactivated;
    case MemberStatus::guest: return Denial::guest;
    case MemberStatus::bot: return Denial::bot;
    case MemberStatus::outsider: return Denial::other_workspace;
    }
    return Denial::rights_unknown;
}

// By the address that was asked for, the account's own, or that of any of its identities.
std::optional<Denial> owner_denial(const Member& who, const Request& request, OwnAccountCheck check)
{
    if (!who.email) return address_denial(who, check);
    const bool is_reached = request.account && request.account->is_reached_by(who.email->str());
    if (is_reached || *who.email == request.email) return Denial::own_account;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Denial denial) noexcept
{
    switch (denial)
    {
    case Denial::rights_unknown: return "rights_unknown";
    case Denial::other_workspace: return "other_workspace";
    case Denial::deactivated: return "deactivated";
    case Denial::guest: return "guest";
    case Denial::bot: return "bot";
    case Denial::not_a_requester: return "not_a_requester";
    case Denial::not_an_implementer: return "not_an_implementer";
    case Denial::not_an_auditor: return "not_an_auditor";
    case Denial::not_an_approver: return "not_an_approver";
    case Denial::own_request: return "own_request";
    case Denial::own_account: return "own_account";
    case Denial::own_account_unknown: return "own_account_unknown";
    case Denial::channel_shared: return "channel_shared";
    case Denial::channel_public: return "channel_public";
    case Denial::channel_unknown: return "channel_unknown";
    }
    return "corrupt";
}

StoredEnding ending_of(Denial denial) { return StoredEnding::named(name_of(denial)); }

std::optional<Denial> address_denial(const Member& who, OwnAccountCheck check)
{
    if (who.email || check == OwnAccountCheck::say) return std::nullopt;
    return Denial::own_account_unknown;
}

std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose)
{
    if (const auto denial = bad_standing(who)) return denial;
    if (who->holds(Role::implementation)) return std::nullopt;
    if (!who->holds(Role::support)) return Denial::not_a_requester;
    if (!row_of(purpose).support_may_ask) return Denial::not_an_implementer;
    return std::nullopt;
}

std::vector<Purpose> purposes_of(const Result<Member>& who)
{
    std::vector<Purpose> open;
    for (const Purpose purpose : purposes)
        if (!may_ask(who, purpose)) open.push_back(purpose);
    return open;
}

std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose, const Email& email, OwnAccountCheck check)
{
    if (const auto denial = may_ask(who, purpose)) return denial;
    // Both are lower case, as parsed.
    if (who->email == email) return Denial::own_account;
    return address_denial(*who, check);
}

std::optional<Denial> may_ask(const Result<Member>& who, const Request& request, OwnAccountCheck check)
{
    if (const auto denial = may_ask(who, request.purpose)) return denial;
    return owner_denial(*who, request, check);
}

std::optional<Denial> may_decide(
    const Result<Member>& who, const SlackUserId& id, const Request& request, OwnAccountCheck check)
{
    if (const auto denial = bad_standing(who)) return denial;
    const bool was_passed_on = request.escalated_at && who->holds(Role::escalation);
    if (!who->holds(Role::approver) && !was_passed_on) return Denial::not_an_approver;
    if (id == request.requester) return Denial::own_request;
    return owner_denial(*who, request, check);
}

bool uses_standard_format(const Settings& settings)
{
    const PasswordSettings& formats = settings.password;
    const auto is_standard = [](PasswordFormat format) { return format == PasswordFormat::sop; };
    return is_standard(formats.support.value_or(formats.format)) ||
        is_standard(formats.implementation.value_or(formats.format)) ||
        std::any_of(settings.tiers.begin(), settings.tiers.end(), [&](const Tier& tier) {
               return tier.format && is_standard(*tier.format);
           });
}

std::optional<Denial> channel_denial(ChannelSafety approvals)
{
    switch (approvals)
    {
    case ChannelSafety::safe: return std::nullopt;
    case ChannelSafety::shared_outside: return Denial::channel_shared;
    case ChannelSafety::open_to_workspace: return Denial::channel_public;
    case ChannelSafety::archived:
    case ChannelSafety::unknown: return Denial::channel_unknown;
    }
    return Denial::channel_unknown;
}

std::optional<Denial> may_act(const Result<Member>& who) { return bad_standing(who); }

std::optional<Denial> may_freeze(const Result<Member>& who)
{
    if (const auto denial = bad_standing(who)) return denial;
    if (!who->holds(Role::approver)) return Denial::not_an_approver;
    return std::nullopt;
}

std::optional<Denial> may_review(const Result<Member>& who)
{
    if (const auto denial = bad_standing(who)) return denial;
    if (!who->holds(Role::auditor)) return Denial::not_an_auditor;
    return std::nullopt;
}

std::optional<Denial> may_see(const Result<Member>& who, const SlackUserId& id, const Request& request)
{
    if (const auto denial = bad_standing(who)) return denial;
    const bool decides = who->holds(Role::approver) || who->holds(Role::escalation);
    if (decides || who->holds(Role::auditor)) return std::nullopt;
    // Slack is asked who people are only while they hold a role: a requester without one may be a guest by now.
    if (id == request.requester) return may_ask(who, request.purpose);
    return Denial::not_an_approver;
}

}  // namespace countersign::rules
