#include "handlers/actions/guards.hpp"

#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/posts.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

bool is_served(const slack::Source& source, const Settings& settings)
{
    return !source.org_install && source.team && settings.teams.contains(*source.team);
}

bool came_from_card_on_file(const Press& press, const std::optional<Post>& card, const Settings& settings)
{
    if (!press.channel || !press.message || *press.channel != settings.approvals) return false;
    // While the answer to our post is lost the time stamp is not known yet; the channel is.
    return card && (!card->ts || *card->ts == *press.message);
}

bool is_the_message(const Press& press, const std::optional<Post>& message)
{
    // No message could be sent: the button stands in the Home, and where the requester asked.
    if (rules::is_told_otherwise(message)) return true;
    if (!press.channel || !press.message || !message || message->channel != press.channel) return false;
    return !message->ts || *message->ts == *press.message;
}

namespace {

Refusal not_to_decide(rules::Denial denial) { return Refusal{name_of(denial), views::not_allowed_to_decide(denial)}; }

Refusal not_to_act(rules::Denial denial) { return Refusal{name_of(denial), views::not_allowed_to_act(denial)}; }

// By what is remembered. For an approval Slack is asked after the press, so that only what is known for certain speaks
// against it now.
std::optional<rules::Denial> deciding_denial(
    const SlackUserId& who, const Snapshot& seen, const Settings& settings, Event event)
{
    const bool is_asked = event == Event::approve;
    auto denial = rules::may_decide(seen.member(who), who, *seen.request, settings.approval.own_account_check);
    if (denial == rules::Denial::rights_unknown && is_asked) denial.reset();
    if (!denial && rules::may_be_one(seen.people, who, seen.request->requester)) denial = rules::Denial::own_request;
    if (denial) return denial;
    if (seen.approvals_channel == ChannelSafety::unknown && is_asked) return std::nullopt;
    return rules::channel_denial(seen.approvals_channel);
}

}  // namespace

std::optional<Refusal> decider_refusal(
    const Action& action, const Snapshot& seen, const Settings& settings, Event event)
{
    if (!seen.request) return Refusal{"card_unknown", views::card_unknown()};
    if (!is_served(action.source, settings)) return not_to_decide(rules::Denial::other_workspace);
    if (const auto denial = deciding_denial(action.by, seen, settings, event)) return not_to_decide(*denial);
    const Request& request = *seen.request;
    const bool waits = request.state == State::pending || (event == Event::deny && request.is_cooling());
    if (!waits) return Refusal{"decided_already", views::decided_already(request)};
    return std::nullopt;
}

std::optional<Refusal> requester_refusal(const Action& action, const Snapshot& seen, const Settings& settings)
{
    if (!seen.request) return Refusal{"request_unknown", views::card_unknown()};
    if (!is_served(action.source, settings)) return not_to_act(rules::Denial::other_workspace);
    // Not whether they may still ask: what they asked for they may withdraw.
    if (const auto denial = rules::may_act(seen.member(action.by))) return not_to_act(*denial);
    if (!rules::is_same(seen.people, action.by, seen.request->requester))
        return Refusal{"not_the_requester", views::not_yours()};
    return std::nullopt;
}

std::optional<Refusal> asker_refusal(const Action& action, const Snapshot& seen, const Settings& settings)
{
    if (auto refusal = requester_refusal(action, seen, settings)) return refusal;
    const auto who = seen.member(action.by);
    if (const auto denial = rules::may_ask(who, *seen.request, settings.approval.own_account_check))
        return not_to_act(*denial);
    return std::nullopt;
}

bool has_expired(const Request& request, TimePoint now)
{
    return next(request.state, Event::expire) && request.expires_at && now >= *request.expires_at &&
        !rules::awaits_claims(request, now);
}

void add_expiry(Transaction& transaction, Request request, const SlackUserId& by)
{
    rules::add_expiry(transaction, std::move(request), by.str());
}

}  // namespace countersign::actions
