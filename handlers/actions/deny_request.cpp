#include "handlers/actions/deny_request.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/core/text.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

constexpr std::string_view modal_title = "Not denied";

// What is wrong with the reason, for the field; empty: nothing.
std::string reason_fault(std::string_view reason)
{
    if (reason.empty()) return "Say why: the requester is shown your words.";
    if (utf16_units(reason) > reason_units_max) return "That is too long. Please use fewer words.";
    return {};
}

slack::FieldErrors at_the_reason(std::string words)
{
    std::map<std::string, std::string> errors;
    errors.emplace(std::string{views::denial_block}, std::move(words));
    return slack::FieldErrors{std::move(errors)};
}

Transaction denied(const slack::ViewSubmission& form, Request request, std::string reason, TimePoint now)
{
    Transaction change{now};
    request.decision = Decision{form.actor.id, now};
    request.denial_reason = std::move(reason);
    rules::advance(change, std::move(request), Event::deny, form.actor.id.str());
    return change;
}

}  // namespace

asio::awaitable<HandlerResult> open_deny_form(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const RequestId id{click.value};
    const auto request = co_await services.store.find_request(id);
    const auto card = co_await services.store.find_post(id, PostKind::card);
    const TimePoint now = services.clock.now();
    auto fault = decider_fault(services, click.actor, click.origin, request, Event::deny);
    if (!came_from_card_on_file(click, card, services.settings)) fault.emplace("card_unknown", views::card_unknown());

    Transaction change{now};
    change.replay.emplace(std::move(replay));
    if (fault)
    {
        change.audit.push_back(rebuff_row(click.actor, click.action_id, *fault, request));
        add_note(change, services, click, fault->words);
    }
    const auto outcome = co_await attempt(services, std::move(change));
    if (outcome != Attempt::done) co_return rejection(outcome);
    if (fault) co_return slack::Acknowledged{};
    FallbackTarget back = fallback(click);
    OpenView form{click.actor.id, std::move(click.trigger_id), views::deny_form(*request), std::move(back)};
    co_return HandlerResult{slack::Acknowledged{}, std::move(form)};
}

asio::awaitable<HandlerResult> deny_request(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    const std::string reason = clean_line(form.value(views::denial_input));
    std::string explained;
    Attempt outcome = Attempt::again;
    for (int tries = 0; tries < decision_tries_max && outcome == Attempt::again; ++tries)
    {
        const RequestId id{form.private_metadata};
        const auto request = co_await services.store.find_request(id);
        const TimePoint now = services.clock.now();
        const auto fault = decider_fault(services, form.actor, form.origin, request, Event::deny);
        // Whoever may not decide is not asked for better words. Nothing is committed: the form is sent again.
        const std::string wrong = fault ? std::string{} : reason_fault(reason);
        if (!wrong.empty()) co_return at_the_reason(wrong);

        Transaction change{now};
        explained.clear();
        if (fault)
        {
            explained = fault->words;
            change.audit.push_back(rebuff_row(form.actor, form.callback_id, *fault, request));
        }
        else if (has_expired(*request, now))
        {
            explained = views::expired_before_decision();
            add_expiry(change, *request, form.actor.id);
        }
        else
            change = denied(form, *request, reason, now);
        change.replay = replay;
        outcome = co_await attempt(services, std::move(change));
    }
    if (outcome != Attempt::done) co_return rejection(outcome);
    if (explained.empty()) co_return slack::Acknowledged{};
    co_return slack::ViewReplaced{views::explanation(modal_title, explained)};
}

}  // namespace countersign::actions
