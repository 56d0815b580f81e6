#include "handlers/actions/submit_request.hpp"

#include "handlers/actions/form_answers.hpp"
#include "handlers/actions/form_values.hpp"
#include "handlers/actions/intake.hpp"
#include "handlers/core/email.hpp"
#include "handlers/rules/ids.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/waiting_view.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// The same form is the same request, however often it is sent: where its answer is lost, or late, Slack has people
// press Submit again, with another trigger. nullopt: nothing tells one form from another.
std::optional<RequestId> request_of_form(const Vault& vault, const slack::ViewSubmission& form)
{
    if (form.view_id.empty() || form.view_hash.empty()) return std::nullopt;
    return rules::request_id_named(vault.pseudonym("view/" + form.view_id + "/" + form.view_hash));
}

std::optional<Email> address_in(const slack::ViewSubmission& form)
{
    const auto email = parse_email(form.value(views::entered_at(views::email_field)));
    if (email) return *email;
    return std::nullopt;
}

FieldFaults all_faults_of(const Draft& draft, const Settings& settings)
{
    FieldFaults faults = faults_of(draft, settings, settings.verification.required);
    const auto email = parse_email(draft.email);
    if (!email) faults.emplace(std::string{views::email_field}, views::email_fault(email.error()));
    return faults;
}

}  // namespace

Verdict ask_by_form(
    const slack::ViewSubmission& form, const RequestId& id, const Snapshot& seen, const Settings& settings)
{
    if (seen.request && rules::is_same(seen.people, form.actor.id, seen.request->requester))
        return answered_again(*seen.request, seen.now, settings);
    const Action action = action_of(form);
    const Draft draft = draft_of(form);
    FieldFaults faults = all_faults_of(draft, settings);
    // Whose account it is counts once the form is complete.
    std::optional<Email> email;
    if (faults.empty()) email = address_in(form);
    if (const auto refusal = refusal_to_ask(action, draft.purpose, email, seen, settings))
        return explained(turned_away(action, *refusal, seen.now), refusal->words);
    // Not remembered as a replay: the corrected form is another body.
    if (!email) return Verdict::without_trace(slack::FieldErrors{std::move(faults)});
    Request request = request_of(id, action.by, *email, draft, seen.now);
    request.in_modal = true;
    slack::ViewReplaced waiting{views::waiting_view(request)};
    Verdict verdict = accepted(action, std::move(request), seen);
    verdict.answer = std::move(waiting);
    return verdict;
}

asio::awaitable<HandlerResult> submit_request(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    Performance performance{form.actor.id, std::move(replay)};
    performance.may_begin = true;
    performance.address = address_in(form);
    performance.about = request_of_form(services.vault, form);
    const RequestId id = performance.about ? *performance.about : rules::new_request_id(services.random);
    Decide decide = [&form, &id, &services](const Snapshot& seen) {
        return ask_by_form(form, id, seen, services.settings);
    };
    co_return co_await perform(services, std::move(performance), std::move(decide));
}

}  // namespace countersign::actions
