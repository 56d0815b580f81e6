#include "handlers/decisions/decide_request.hpp"

#include "handlers/effects/private_words.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/requests/steps.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/notes.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr int tries_max = 4;  // against others who decide at the same moment

// A click that decides nothing: its audit row, and a note to the person.
struct Rebuff
{
    Rebuff(std::string why_, std::string words_) : why{std::move(why_)}, words{std::move(words_)} {}

    std::string why;    // code for the audit row
    std::string words;  // for the person
};

// The card that was clicked must be the one on file: a button's value alone proves nothing.
bool is_the_card(const slack::BlockAction& click, const std::optional<Post>& card, const Settings& settings)
{
    if (!click.channel || !click.message_ts || *click.channel != settings.approvals) return false;
    // While the answer to our post is lost the time stamp is not known yet; the channel is.
    return card && (!card->ts || *card->ts == *click.message_ts);
}

void add_note(Change& change, const Services& services, const slack::BlockAction& click, std::string words)
{
    Note note{click.actor.id, std::move(words)};
    note.channel = click.channel;
    if (click.response_url) note.response_url = services.vault.seal(*click.response_url, note_context(click.actor.id));
    change.jobs.push_back(note_job(note, change.at));
}

Change rebuffed(
    const Services& services, const slack::BlockAction& click, const Rebuff& rebuff,
    const std::optional<Request>& request, TimePoint now)
{
    Change change{now};
    AuditEvent row{"decision_not_accepted", click.actor.id.str()};
    if (request) row.request = request->id;
    row.details.emplace_back("action", click.action_id);
    row.details.emplace_back("why", rebuff.why);
    change.audit.push_back(std::move(row));
    add_note(change, services, click, rebuff.words);
    return change;
}

std::optional<Rebuff> fault_of(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request,
    const std::optional<Post>& card, TimePoint now)
{
    const auto who = services.directory.recall(click.actor.id, now);
    if (!request || !is_the_card(click, card, services.settings)) return Rebuff{"card_unknown", views::card_unknown()};
    const auto& teams = services.settings.teams;
    const bool foreign = (click.actor.team && !teams.contains(*click.actor.team)) || !click.origin.team ||
        !teams.contains(*click.origin.team);
    if (foreign)
        return Rebuff{
            std::string{name_of(Denial::other_workspace)}, views::not_allowed_to_decide(Denial::other_workspace)};
    if (const auto denial = may_decide(who, click.actor.id, *request))
        return Rebuff{std::string{name_of(*denial)}, views::not_allowed_to_decide(*denial)};
    if (request->state != State::pending) return Rebuff{"decided_already", views::decided_already(*request)};
    return std::nullopt;
}

// What the click does to a pending request that this person may decide.
Change decided(const slack::BlockAction& click, Request request, TimePoint now)
{
    Change change{now};
    Event event = click.action_id == approve_action ? Event::approve : Event::deny;
    if (request.expires_at && now >= *request.expires_at) event = Event::expire;
    if (event != Event::expire) request.decision.emplace(Decision{click.actor.id, now});
    if (event == Event::approve) change.jobs.push_back(request_job(job_kind::change, request.id, now));
    static_cast<void>(step(change, std::move(request), event, click.actor.id.str()));
    return change;
}

}  // namespace

asio::awaitable<Handled> decide_request(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    for (int tries = 0; tries < tries_max; ++tries)
    {
        const TimePoint now = services.clock.now();
        const RequestId id{click.value};
        const auto request = co_await services.store.find_request(id);
        const auto card = co_await services.store.find_post(id, PostKind::card);
        const auto fault = fault_of(services, click, request, card, now);
        Change change = fault ? rebuffed(services, click, *fault, request, now) : decided(click, *request, now);
        if (!fault && request->expires_at && now >= *request->expires_at)
            add_note(change, services, click, views::expired_before_decision());
        change.replay = replay;

        const auto moved = moved_request(change);
        const auto receipt = co_await services.store.commit(std::move(change));
        if (receipt && moved) log_move(*moved);
        if (receipt) co_return slack::Acknowledged{};
        if (receipt.error() == make_error_code(Errc::replayed)) co_return slack::Rejected{Errc::replayed};
        if (receipt.error() != make_error_code(Errc::conflict)) break;
        // Somebody else decided between our reading and our commit: read again, and tell this one so.
    }
    co_return slack::Rejected{Errc::unavailable};
}

}  // namespace countersign
