#include "handlers/actions/remind_approvers.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::string_view reminded_lately = "reminded_lately";

std::optional<Rebuff> reminding_fault(
    const Services& services, const slack::BlockAction& click, const std::optional<Request>& request,
    const FreezeSwitch& held, TimePoint now)
{
    if (auto fault = asker_fault(services, click.actor, click.origin, request)) return fault;
    if (request->state != State::pending) return std::nullopt;
    if (held.freeze) return Rebuff{"frozen", "Nobody was reminded. " + views::frozen(*held.freeze)};
    if (request->reminded_at && now < *request->reminded_at + rules::reminder_pause)
        return Rebuff{reminded_lately, views::reminded_lately(*request->reminded_at + rules::reminder_pause)};
    return std::nullopt;
}

}  // namespace

asio::awaitable<HandlerResult> remind_approvers(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    std::string words;
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{click.value};
        const auto request = co_await services.store.find_request(id);
        const auto held = co_await services.store.find_freeze();
        const TimePoint now = services.clock.now();
        const auto fault = reminding_fault(services, click, request, held, now);
        Transaction change{now};
        words = fault ? fault->words : views::reminded();
        if (fault)
        {
            change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
            // Who asks again so soon may do so because the card is gone.
            if (fault->why == reminded_lately) change.jobs.push_back(rules::card_check(id, now));
        }
        else if (request->state != State::pending)
        {
            // Decided meanwhile: nobody did anything wrong.
            words = views::cannot_be_reminded(*request);
            redraw_line(change, services, click, request);
        }
        else if (has_expired(*request, now))
        {
            words = views::expired_before_press();
            add_expiry(change, *request, click.actor.id);
        }
        else
        {
            Request reminded = *request;
            follow_line(reminded, services, click, now);
            rules::add_reminder(
                change, std::move(reminded), rules::ThreadLine::asked_for_reminder, click.actor.id.str());
        }
        add_note(change, services, click, words);
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    co_return acknowledge(click, "Reminder", words);
}

}  // namespace countersign::actions
