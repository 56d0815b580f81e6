#include "handlers/actions/guards.hpp"

#include "handlers/effects/other_ways.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

bool is_served(const slack::Origin& origin, const Settings& settings)
{
    return !origin.org_install && origin.team && settings.teams.contains(*origin.team);
}

bool came_from_card_on_file(const slack::BlockAction& click, const std::optional<Post>& card, const Settings& settings)
{
    if (!click.channel || !click.message_ts || *click.channel != settings.approvals) return false;
    // While the answer to our post is lost the time stamp is not known yet; the channel is.
    return card && (!card->ts || *card->ts == *click.message_ts);
}

bool is_the_message(const slack::BlockAction& click, const std::optional<Post>& message)
{
    // No message could be sent: the button stands in the Home, and where the requester asked.
    if (effects::is_told_otherwise(message)) return true;
    if (!click.channel || !click.message_ts || !message || message->channel != click.channel) return false;
    return !message->ts || *message->ts == *click.message_ts;
}

namespace {

// By what is remembered. For an approval Slack is asked after the press, so that only what is known for certain speaks
// against it now.
std::optional<rules::Denial> deciding_denial(
    const Services& services, const SlackUserId& who, const Request& request, Event event)
{
    const bool is_asked = event == Event::approve;
    auto denial =
        rules::may_decide(services.directory.cached(who), who, request, services.settings.approval.own_account_check);
    if (denial == rules::Denial::rights_unknown && is_asked) denial.reset();
    if (!denial && rules::may_be_one(services.directory, who, request.requester)) denial = rules::Denial::own_request;
    if (denial) return denial;
    const ChannelSafety channel = services.directory.approvals_channel();
    if (channel == ChannelSafety::unknown && is_asked) return std::nullopt;
    return rules::channel_denial(channel);
}

}  // namespace

std::optional<Rebuff> decider_fault(
    const Services& services, const slack::Actor& actor, const slack::Origin& origin,
    const std::optional<Request>& request, Event event)
{
    if (!request) return Rebuff{"card_unknown", views::card_unknown()};
    if (!is_served(origin, services.settings))
        return Rebuff{
            name_of(rules::Denial::other_workspace), views::not_allowed_to_decide(rules::Denial::other_workspace)};
    if (const auto denial = deciding_denial(services, actor.id, *request, event))
        return Rebuff{name_of(*denial), views::not_allowed_to_decide(*denial)};
    const bool waits = request->state == State::pending || (event == Event::deny && request->is_cooling());
    if (!waits) return Rebuff{"decided_already", views::decided_already(*request)};
    return std::nullopt;
}

std::optional<Rebuff> requester_fault(
    const Services& services, const slack::Actor& actor, const slack::Origin& origin,
    const std::optional<Request>& request)
{
    if (!request) return Rebuff{"request_unknown", views::card_unknown()};
    if (!is_served(origin, services.settings))
        return Rebuff{
            name_of(rules::Denial::other_workspace), views::not_allowed_to_act(rules::Denial::other_workspace)};
    // Not whether they may still ask: what they asked for they may withdraw.
    if (const auto denial = rules::may_act(services.directory.cached(actor.id)))
        return Rebuff{name_of(*denial), views::not_allowed_to_act(*denial)};
    if (!rules::is_same(services.directory, actor.id, request->requester))
        return Rebuff{"not_the_requester", views::not_yours()};
    return std::nullopt;
}

std::optional<Rebuff> asker_fault(
    const Services& services, const slack::Actor& actor, const slack::Origin& origin,
    const std::optional<Request>& request)
{
    if (auto fault = requester_fault(services, actor, origin, request)) return fault;
    const auto who = services.directory.cached(actor.id);
    if (const auto denial = rules::may_ask(who, *request, services.settings.approval.own_account_check))
        return Rebuff{name_of(*denial), views::not_allowed_to_act(*denial)};
    return std::nullopt;
}

bool has_expired(const Request& request, TimePoint now)
{
    return next(request.state, Event::expire) && request.expires_at && now >= *request.expires_at &&
        !rules::awaits_claims(request, now);
}

void add_expiry(Transaction& change, Request request, const SlackUserId& by)
{
    // The requester's form or private line says that it is over.
    if (request.state == State::choosing && !request.asked)
        change.jobs.push_back(rules::request_job(job_kind::answer, request.id, change.at));
    rules::advance(change, std::move(request), Event::expire, by.str());
}

AuditEvent rebuff_row(
    const slack::Actor& actor, std::string_view what, const Rebuff& rebuff, const std::optional<Request>& request)
{
    AuditEvent row{"decision_not_accepted", actor.id.str()};
    if (request) row.request = request->id;
    row.details.emplace_back("action", std::string{what});
    row.details.emplace_back("why", rebuff.why);
    return row;
}

effects::Note note_to(const Services& services, const slack::BlockAction& click, std::string words)
{
    effects::Note note{click.actor.id, std::move(words)};
    note.channel = click.channel;
    if (click.response_url)
        note.response_url = services.vault.seal(*click.response_url, effects::note_context(click.actor.id));
    return note;
}

void add_note(Transaction& change, const Services& services, const slack::BlockAction& click, std::string words)
{
    if (!click.channel && !click.response_url) return;
    change.jobs.push_back(effects::note_job(note_to(services, click, std::move(words)), change.at));
}

bool is_in_line(const Services& services, const Request& request, const slack::BlockAction& click)
{
    return request.reply && click.response_url && click.channel == request.reply->channel &&
        rules::is_same(services.directory, click.actor.id, request.requester);
}

bool follow_line(Request& request, const Services& services, const slack::BlockAction& click, TimePoint now)
{
    if (!is_in_line(services, request, click)) return false;
    request.reply = ReplyPath{
        services.vault.seal(*click.response_url, effects::reply_context(request.id)), now + response_url_life,
        *click.channel};
    return true;
}

bool redraw_line(
    Transaction& change, const Services& services, const slack::BlockAction& click,
    const std::optional<Request>& request)
{
    if (!request) return false;
    Request followed = *request;
    if (!follow_line(followed, services, click, change.at)) return false;
    change.jobs.push_back(rules::request_job(job_kind::answer, followed.id, change.at));
    change.update.emplace(std::move(followed));
    return true;
}

FallbackTarget fallback(const slack::BlockAction& click)
{
    FallbackTarget back{click.channel, std::nullopt};
    if (click.response_url) back.response_url.emplace(click.response_url->expose());
    return back;
}

HandlerResult acknowledge(const slack::BlockAction& click, std::string_view title, std::string_view words)
{
    if (words.empty() || click.channel || click.response_url) return slack::Acknowledged{};
    OpenView view{click.actor.id, Secret{click.trigger_id.expose()}, views::explanation(title, words)};
    return HandlerResult{slack::Acknowledged{}, std::move(view)};
}

asio::awaitable<Attempt> attempt(const Services& services, Transaction change)
{
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) rules::log_move(*moved);
    if (receipt) co_return Attempt::done;
    if (receipt.error() == Errc::replayed) co_return Attempt::replayed;
    if (receipt.error() == Errc::conflict) co_return Attempt::again;
    if (receipt.error() == Errc::duplicate) co_return Attempt::duplicate;
    co_return Attempt::unavailable;
}

slack::Rejected rejection(Attempt attempt)
{
    return slack::Rejected{attempt == Attempt::replayed ? Errc::replayed : Errc::unavailable};
}

}  // namespace countersign::actions
