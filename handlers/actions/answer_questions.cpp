#include "handlers/actions/answer_questions.hpp"

#include "handlers/actions/form_answers.hpp"
#include "handlers/actions/form_values.hpp"
#include "handlers/actions/guards.hpp"
#include "handlers/actions/intake.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/choose_form.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/form_fields.hpp"
#include "handlers/views/notes.hpp"
#include "handlers/views/waiting_view.hpp"

#include <utility>

namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// What is wrong with the answers to the questions of a request, at their fields.
FieldFaults faults_of_answers(
    const Request& request, const slack::ViewSubmission& form, const Draft& draft, const Settings& settings)
{
    const bool wants_verification = settings.verification.required || request.asks(question::verification);
    FieldFaults faults = faults_of(draft, settings, wants_verification);
    const std::string account{form.value(views::entered_at(views::account_field))};
    if (request.asks(question::account) && !views::choice_of(request, account))
        faults.emplace(std::string{views::account_field}, "Choose one of the accounts.");
    if (request.asks(question::names) && draft.given_name.empty() && draft.family_name.empty())
        faults.emplace(std::string{views::given_field}, "Both names are needed.");
    if (request.asks(question::person) && form.value(views::entered_at(views::person_field)) != views::is_person_value)
        faults.emplace(std::string{views::person_field}, "If it is somebody else's account, cancel the request.");
    return faults;
}

// The form has the external_id of the waiting view that replaces it. What the look-up finds is written there, and must
// not be overtaken by our answer to the form, which is still on its way.
constexpr std::chrono::milliseconds answer_travel{500};

Request with_answers(Request request, const slack::ViewSubmission& form, Draft draft)
{
    if (request.asks(question::account))
        request.choice = views::choice_of(request, form.value(views::entered_at(views::account_field)));
    if (request.asks(question::names)) request.names = GivenNames{draft.given_name, draft.family_name};
    request.names_were_split = false;
    if (request.asks(question::person)) request.person_confirmed = true;
    request.reason = std::move(draft.reason);
    request.reason_was_cut = false;
    request.case_number = std::move(draft.case_number);
    request.verification = std::move(draft.verification);
    request.in_modal = true;
    return request;
}

Verdict answered(const SlackUserId& by, Request request, TimePoint now)
{
    Verdict verdict{now};
    verdict.answer = slack::ViewReplaced{views::waiting_view(request)};
    Transaction& transaction = *verdict.transaction;
    transaction.jobs.push_back(rules::request_job(job_kind::look_up, request.id, now + answer_travel));
    transaction.jobs.push_back(rules::still_waiting_job(request.id, now));
    rules::advance(transaction, std::move(request), Event::resume, by.str());
    return verdict;
}

bool is_same(const std::optional<Verification>& one, const std::optional<Verification>& other)
{
    if (!one || !other) return !one && !other;
    return one->method == other->method && one->note == other->note;
}

// Whether a form says what the request was told already: then it is the same one, sent again.
bool is_same_answer(const Request& request, const slack::ViewSubmission& form)
{
    const Draft draft = draft_of(form);
    if (draft.reason != request.reason || draft.case_number != request.case_number) return false;
    if (!is_same(draft.verification, request.verification)) return false;
    if (draft.given_name != (draft.given_name.empty() ? "" : request.given_name())) return false;
    if (draft.family_name != (draft.family_name.empty() ? "" : request.family_name())) return false;
    const std::string_view account = form.value(views::entered_at(views::account_field));
    // Once the account is found the others are forgotten.
    if (account.empty() || request.candidates.empty()) return true;
    const auto chosen = views::choice_of(request, account);
    return chosen && request.choice && chosen->account == request.choice->account &&
        chosen->connection == request.choice->connection;
}

Verdict expired(const Action& action, const Snapshot& seen)
{
    Verdict verdict{seen.now};
    add_expiry(*verdict.transaction, *seen.request, action.by);
    return verdict;
}

Verdict refused(const Action& action, const Snapshot& seen, const Refusal& refusal)
{
    Verdict verdict{seen.now};
    verdict.transaction->audit.push_back(refusal_row(action, refusal.code, seen.request));
    return verdict;
}

Refusal answered_before(const Request& request) { return Refusal{"answered_before", views::answered_before(request)}; }

Verdict shown(Verdict verdict, std::string_view words)
{
    verdict.window = Modal{views::explanation("Nothing was done", words)};
    return verdict;
}

}  // namespace

Verdict answer(const slack::ViewSubmission& form, const Snapshot& seen, const Settings& settings)
{
    const Action action = action_of(form);
    if (const auto refusal = requester_refusal(action, seen, settings))
        return explained(refused(action, seen, *refusal), refusal->words);
    const Request& request = *seen.request;
    if (request.state != State::choosing)
    {
        if (is_same_answer(request, form)) return answered_again(request, seen.now, settings);
        const Refusal refusal = answered_before(request);
        return explained(refused(action, seen, refusal), refusal.words);
    }
    if (has_expired(request, seen.now)) return explained(expired(action, seen), views::expired_before_press());
    // The limits counted this request when it came in; a freeze ends it at the look-up, in its own words.
    if (const auto refusal = no_right(action, request.purpose, request.email, seen, settings))
        return explained(turned_away(action, *refusal, seen.now), refusal->words);
    Draft draft = draft_of(form);
    FieldFaults faults = faults_of_answers(request, form, draft, settings);
    if (!faults.empty()) return Verdict::without_trace(slack::FieldErrors{std::move(faults)});
    return answered(action.by, with_answers(request, form, std::move(draft)), seen.now);
}

Verdict open_questions(const Press& press, const Snapshot& seen, const Settings& settings)
{
    auto refusal = asker_refusal(press, seen, settings);
    if (!refusal && seen.request->state != State::choosing) refusal = answered_before(*seen.request);
    if (refusal) return shown(refused(press, seen, *refusal), refusal->words);
    if (has_expired(*seen.request, seen.now)) return shown(expired(press, seen), views::expired_before_press());
    Verdict verdict{seen.now};
    verdict.window = Modal{views::choose_form(*seen.request, settings)};
    Request request = *seen.request;
    follow_line(request, press, seen.people, seen.now);
    // From now on what becomes of the request is shown there, too.
    request.in_modal = true;
    verdict.transaction->update.emplace(std::move(request));
    return verdict;
}

Verdict put_off_answer(const Action& action, const Snapshot& seen, const Settings& settings)
{
    if (!is_served(action.source, settings)) return Verdict::without_trace();
    // Nothing waits for the answer: it was given, or the form was somebody else's.
    if (!seen.request || !rules::is_same(seen.people, action.by, seen.request->requester) ||
        seen.request->state != State::choosing)
        return Verdict::without_trace();
    Verdict verdict{seen.now};
    Request left = *seen.request;
    left.in_modal = false;
    if (has_expired(left, seen.now))
        add_expiry(*verdict.transaction, std::move(left), action.by);
    else
    {
        // A slip of the finger cancels nothing: the private line, or a direct message, offers to go on.
        verdict.transaction->jobs.push_back(rules::request_job(job_kind::answer, left.id, seen.now));
        verdict.transaction->update.emplace(std::move(left));
    }
    return verdict;
}

asio::awaitable<HandlerResult> submit_choice(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    Performance performance{form.actor.id, std::move(replay)};
    performance.about.emplace(form.private_metadata);
    Decide decide = [&form, &services](const Snapshot& seen) { return answer(form, seen, services.settings); };
    co_return co_await perform(services, std::move(performance), std::move(decide));
}

asio::awaitable<HandlerResult> close_choice(const Services& services, slack::ViewClosed closed, ReplayMark replay)
{
    Performance performance{closed.actor.id, std::move(replay)};
    performance.about.emplace(closed.private_metadata);
    Decide decide = [action = action_of(closed), &services](const Snapshot& seen) {
        return put_off_answer(action, seen, services.settings);
    };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace countersign::actions
