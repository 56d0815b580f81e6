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

slack::ViewReplaced explained(std::string_view words)
{
    return slack::ViewReplaced{views::explanation("Not denied", words)};
}

void add_denial(Transaction& transaction, const SlackUserId& by, Request request, std::string reason)
{
    request.decision = Decision{by, transaction.at};
    request.denial_reason = std::move(reason);
    rules::advance(transaction, std::move(request), Event::deny, by.str());
}

}  // namespace

Verdict ask_why_to_deny(const Press& press, const Snapshot& seen, const Settings& settings)
{
    auto refusal = decider_refusal(press, seen, settings, Event::deny);
    if (!came_from_card_on_file(press, seen.card, settings)) refusal.emplace("card_unknown", views::card_unknown());
    if (refusal) return refuse(press, seen, *refusal, {});
    Verdict verdict{seen.now};
    verdict.window = Modal{views::deny_form(*seen.request)};
    return verdict;
}

Verdict deny(const Action& action, std::string_view typed_reason, const Snapshot& seen, const Settings& settings)
{
    Verdict verdict{seen.now};
    if (const auto refusal = decider_refusal(action, seen, settings, Event::deny))
    {
        verdict.transaction->audit.push_back(refusal_row(action, refusal->code, seen.request));
        verdict.answer = explained(refusal->words);
        return verdict;
    }
    std::string reason = clean_line(typed_reason);
    // Nothing is remembered of it: the form is sent again.
    if (std::string fault = reason_fault(reason); !fault.empty())
        return Verdict::without_trace(at_the_reason(std::move(fault)));
    if (has_expired(*seen.request, seen.now))
    {
        add_expiry(*verdict.transaction, *seen.request, action.by);
        verdict.answer = explained(views::expired_before_decision());
    }
    else
        add_denial(*verdict.transaction, action.by, *seen.request, std::move(reason));
    return verdict;
}

asio::awaitable<HandlerResult> deny_request(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    Performance performance{form.actor.id, std::move(replay)};
    performance.about.emplace(form.private_metadata);
    std::string reason{form.value(views::denial_input)};
    Decide decide = [action = action_of(form), reason = std::move(reason), &services](const Snapshot& seen) {
        return deny(action, reason, seen, services.settings);
    };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace countersign::actions
