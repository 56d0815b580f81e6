#include "handlers/actions/guards.hpp"
#include "handlers/actions/request_presses.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace {

constexpr std::string_view modal_title = "Reminder";

// Of a request that waits for a decision.
std::optional<Refusal> reminding_refusal(const Snapshot& seen)
{
    if (seen.held.freeze) return Refusal{"frozen", "Nobody was reminded. " + views::frozen(*seen.held.freeze)};
    const auto& reminded_at = seen.request->reminded_at;
    if (!reminded_at || seen.now >= *reminded_at + rules::reminder_pause) return std::nullopt;
    Refusal refusal{"reminded_lately", views::reminded_lately(*reminded_at + rules::reminder_pause)};
    refusal.again_at = *reminded_at + rules::reminder_pause;
    return refusal;
}

}  // namespace

Verdict remind(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (const auto refusal = asker_refusal(press, seen, settings)) return refuse(press, seen, *refusal, modal_title);
    Verdict verdict{seen.now};
    const Request& request = *seen.request;
    if (request.state != State::pending)
    {
        // Decided meanwhile: nobody did anything wrong.
        redraw_line(*verdict.transaction, press, request, seen.people);
        tell(verdict, press, modal_title, views::cannot_be_reminded(request));
        return verdict;
    }
    if (const auto refusal = reminding_refusal(seen))
    {
        verdict = refuse(press, seen, *refusal, modal_title);
        // Who asks again so soon may do so because the card is gone.
        if (refusal->again_at) verdict.transaction->jobs.push_back(rules::card_check(request.id, seen.now));
        return verdict;
    }
    if (has_expired(request, seen.now))
    {
        add_expiry(*verdict.transaction, request, press.by);
        tell(verdict, press, modal_title, views::expired_before_press());
        return verdict;
    }
    Request reminded = request;
    follow_line(reminded, press, seen.people, seen.now);
    rules::add_reminder(*verdict.transaction, std::move(reminded), ThreadLine::asked_for_reminder, press.by.str());
    tell(verdict, press, modal_title, views::reminded());
    return verdict;
}

}  // namespace countersign::actions
